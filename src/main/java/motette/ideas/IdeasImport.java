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
            insert into categories (key, label_de, label_en, icon, color, forwarded, position)
            select x ->> 'key', x -> 'labels' ->> 'de', x -> 'labels' ->> 'en', x ->> 'icon', x ->> 'color',
                   (x ->> 'isForwarded')::boolean, position
            from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, position)
            on conflict (key) do update set label_de = excluded.label_de, label_en = excluded.label_en, icon = excluded.icon,
                color = excluded.color, forwarded = excluded.forwarded, position = excluded.position\
            """);
        tables.loadAll(pack, "target-groups.json", "target_groups", """
            insert into target_groups (key, label_de, label_en, position)
            select x ->> 'key', x -> 'labels' ->> 'de', x -> 'labels' ->> 'en', position
            from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, position)
            on conflict (key) do update set label_de = excluded.label_de, label_en = excluded.label_en,
                position = excluded.position\
            """);
    }
}
