package motette.grants;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class GrantsImport implements PackImport {

    private final PackTables tables;

    GrantsImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 47;
    }

    @Override
    public void importFrom(CityPack pack) {
        var file = pack.text("grants.json");
        tables.load(file, """
            insert into grant_rules (fund_key, valid_from, single_payout_cents, first_percent, simple_proof_cents, proof_days, repay_days,
                                     carries_over, source, is_default)
            select fund, "validFrom", "singlePayoutCents", "firstPercent", "simpleProofCents", "proofDays", "repayDays", "carriesOver",
                   source, "isDefault"
            from jsonb_to_recordset(?::jsonb -> 'rules')
                as x(fund text, "validFrom" date, "singlePayoutCents" bigint, "firstPercent" int, "simpleProofCents" bigint,
                     "proofDays" int, "repayDays" int, "carriesOver" boolean, source text, "isDefault" boolean)
            on conflict (fund_key, valid_from) do update set single_payout_cents = excluded.single_payout_cents,
                first_percent = excluded.first_percent, simple_proof_cents = excluded.simple_proof_cents,
                proof_days = excluded.proof_days, repay_days = excluded.repay_days, carries_over = excluded.carries_over,
                source = excluded.source, is_default = excluded.is_default\
            """);
        tables.load(file, """
            insert into grant_texts (piece, valid_from, words, source)
            select piece, "validFrom", words, source
            from jsonb_to_recordset(?::jsonb -> 'texts') as x(piece text, "validFrom" date, words text, source text)
            on conflict (piece, valid_from) do update set words = excluded.words, source = excluded.source\
            """);
    }
}
