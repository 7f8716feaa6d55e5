package motette.applications;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class ApplicationsImport implements PackImport {

    private final PackTables tables;

    ApplicationsImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 45;
    }

    @Override
    public void importFrom(CityPack pack) {
        var file = pack.text("applications.json");
        tables.load(file, """
            insert into application_rules (fund_key, valid_from, own_share_percent, minimum_age, check_working_days, source, is_default)
            select fund, "validFrom", "ownSharePercent", "minimumAge", "checkWorkingDays", source, "isDefault"
            from jsonb_to_recordset(?::jsonb -> 'rules')
                as x(fund text, "validFrom" date, "ownSharePercent" int, "minimumAge" int, "checkWorkingDays" int, source text,
                     "isDefault" boolean)
            on conflict (fund_key, valid_from) do update set own_share_percent = excluded.own_share_percent,
                minimum_age = excluded.minimum_age, check_working_days = excluded.check_working_days, source = excluded.source,
                is_default = excluded.is_default\
            """);
        tables.load(file, """
            with wanted as (
                select x ->> 'key' as item_key, f.key as fund_key, k as kind, n::int as position, x ->> 'source' as source
                from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, n)
                cross join lateral jsonb_array_elements_text(x -> 'kinds') k
                join funds f on x -> 'funds' is null or jsonb_exists(x -> 'funds', f.key)),
            gone as (
                delete from application_checks c where not exists (select from wanted w
                    where (w.item_key, w.fund_key, w.kind) = (c.item_key, c.fund_key, c.kind)))
            insert into application_checks (item_key, fund_key, kind, position, source)
            select item_key, fund_key, kind, position, source from wanted
            on conflict (fund_key, kind, item_key) do update set position = excluded.position, source = excluded.source\
            """);
    }
}
