package motette.ideas;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class IdeasImport implements PackImport {

    private final PackTables tables;

    IdeasImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 40;
    }

    @Override
    public void importFrom(CityPack pack) {
        tables.loadAll(pack, "categories.json", "categories", """
            insert into categories (key, icon, color, forwarded, position)
            select x ->> 'key', x ->> 'icon', x ->> 'color', (x ->> 'isForwarded')::boolean, position
            from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, position)
            on conflict (key) do update set icon = excluded.icon, color = excluded.color, forwarded = excluded.forwarded,
                position = excluded.position\
            """);
        tables.loadAll(pack, "target-groups.json", "target_groups", """
            insert into target_groups (key, position)
            select x ->> 'key', position from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, position)
            on conflict (key) do update set position = excluded.position\
            """);
    }
}
