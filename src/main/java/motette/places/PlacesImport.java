package motette.places;

import jakarta.inject.Singleton;

/** What the pack no longer names of the sets of quarters is taken out: with a quarter goes the power over it. */
@Singleton
class PlacesImport implements PackImport {

    private final PackTables tables;

    PlacesImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 10;
    }

    @Override
    public void importFrom(CityPack pack) {
        tables.loadAll(pack, "districts.json", "districts", """
            insert into districts (key, slug, name, population)
            select key, slug, name, population
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, slug text, name text, population int)
            on conflict (key) do update set slug = excluded.slug, name = excluded.name, population = excluded.population\
            """);
        tables.loadAll(pack, "quarters.json", "quarters", """
            insert into quarters (key, district_key, name, population, label_lon, label_lat)
            select key, district, name, population, ("labelPoint" ->> 0)::float8, ("labelPoint" ->> 1)::float8
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x(key text, district text, name text, population int, "labelPoint" jsonb)
            on conflict (key) do update set district_key = excluded.district_key, name = excluded.name,
                population = excluded.population, label_lon = excluded.label_lon, label_lat = excluded.label_lat\
            """);
        tables.loadAll(pack, "communities.json", "communities", """
            insert into communities (key, name, shared, population)
            select key, name, shared, population
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, name text, shared boolean, population int)
            on conflict (key) do update set name = excluded.name, shared = excluded.shared, population = excluded.population\
            """);
        tables.load(pack.text("communities.json"), """
            delete from community_quarters c
            where not exists (select from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, quarters jsonb)
                              where x.key = c.community_key and x.quarters ?? c.quarter_key)\
            """);
        tables.load(pack.text("communities.json"), """
            insert into community_quarters (community_key, quarter_key)
            select x.key, quarter
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, quarters jsonb),
                 jsonb_array_elements_text(x.quarters) quarter
            on conflict do nothing\
            """);
        tables.loadAll(pack, "areas.json", "areas", """
            insert into areas (key, kind, name, approximate)
            select key, kind, name, approximate
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, kind text, name text, approximate boolean)
            on conflict (key) do update set kind = excluded.kind, name = excluded.name, approximate = excluded.approximate\
            """);
        tables.load(pack.text("areas.json"), """
            delete from area_quarters a using quarters q
            where q.key = a.quarter_key
              and not exists (select from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, quarters jsonb, districts jsonb)
                              where x.key = a.area_key and (x.quarters ?? q.key or x.districts ?? q.district_key))\
            """);
        tables.load(pack.text("areas.json"), """
            insert into area_quarters (area_key, quarter_key)
            select x.key, q.key
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, quarters jsonb, districts jsonb), quarters q
            where x.quarters ?? q.key or x.districts ?? q.district_key
            on conflict do nothing\
            """);
    }
}
