package motette.statements;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

/** Offices and deadlines of the city pack. An office that is gone from it stays: what was said bears its key. */
@Singleton
class StatementsImport implements PackImport {

    private final PackTables tables;

    StatementsImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 46;
    }

    @Override
    public void importFrom(CityPack pack) {
        var file = pack.text("statements.json");
        tables.load(file, """
            insert into offices (key, name, position, source, is_default)
            select x ->> 'key', x ->> 'name', n::int, x ->> 'source', (x ->> 'isDefault')::boolean
            from jsonb_array_elements(?::jsonb -> 'offices') with ordinality as i(x, n)
            on conflict (key) do update set name = excluded.name, position = excluded.position, source = excluded.source,
                is_default = excluded.is_default\
            """);
        tables.load(file, """
            insert into statement_rules (body_kind, body_key, valid_from, answer_working_days, remind_working_days, appeal_days,
                                         source, is_default)
            select "bodyKind", "bodyKey", "validFrom", "answerWorkingDays", "remindWorkingDays", "appealDays", source, "isDefault"
            from jsonb_to_recordset(?::jsonb -> 'rules')
                as x("bodyKind" text, "bodyKey" text, "validFrom" date, "answerWorkingDays" int, "remindWorkingDays" int,
                     "appealDays" int, source text, "isDefault" boolean)
            on conflict (body_kind, body_key, valid_from) do update set answer_working_days = excluded.answer_working_days,
                remind_working_days = excluded.remind_working_days, appeal_days = excluded.appeal_days,
                source = excluded.source, is_default = excluded.is_default\
            """);
    }
}
