package motette.budgets;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class BudgetsImport implements PackImport {

    private final PackTables tables;

    BudgetsImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 30;
    }

    @Override
    public void importFrom(CityPack pack) {
        tables.load(pack.text("funds.json"), """
            insert into funds (key, name, body_kind, per, opens_on, closes_on, source)
            select key, name, "bodyKind", per, "window" ->> 'opens', "window" ->> 'closes', source
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x(key text, name text, "bodyKind" text, per text, "window" jsonb, source text)
            on conflict (key) do update set name = excluded.name, body_kind = excluded.body_kind, per = excluded.per,
                opens_on = excluded.opens_on, closes_on = excluded.closes_on, source = excluded.source\
            """);
        tables.load(pack.text("funds.json"), """
            insert into fund_rates (fund_key, valid_from, amount_cents, source, is_default)
            select f.key, (r ->> 'validFrom')::date, (r ->> 'amountCents')::bigint, coalesce(r ->> 'source', f.source),
                   coalesce((r ->> 'isDefault')::boolean, f."isDefault", false)
            from jsonb_to_recordset(?::jsonb -> 'items') as f(key text, rates jsonb, source text, "isDefault" boolean),
                 jsonb_array_elements(f.rates) r
            on conflict (fund_key, valid_from) do update set amount_cents = excluded.amount_cents, source = excluded.source,
                is_default = excluded.is_default\
            """);
    }
}
