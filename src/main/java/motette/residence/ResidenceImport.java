package motette.residence;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class ResidenceImport implements PackImport {

    private final PackTables tables;

    ResidenceImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 25;
    }

    @Override
    public void importFrom(CityPack pack) {
        tables.load(pack.text("residence.json"), """
            insert into residence_rules (valid_from, minimum_age, valid_months, by_letter, at_desk, by_provider, by_register,
                letters_per_year, code_days, address_days, provider_level, source, is_default)
            select "validFrom", "minimumAge", "validMonths", jsonb_exists(ways, 'letter'), jsonb_exists(ways, 'desk'),
                   jsonb_exists(ways, 'provider'), jsonb_exists(ways, 'register'), "lettersPerYear", "codeDays",
                   "addressDays", "providerLevel", source, "isDefault"
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x("validFrom" date, "minimumAge" smallint, "validMonths" smallint, ways jsonb, "lettersPerYear" smallint,
                     "codeDays" smallint, "addressDays" smallint, "providerLevel" text, source text, "isDefault" boolean)
            on conflict (valid_from) do update set minimum_age = excluded.minimum_age, valid_months = excluded.valid_months,
                by_letter = excluded.by_letter, at_desk = excluded.at_desk, by_provider = excluded.by_provider,
                by_register = excluded.by_register, letters_per_year = excluded.letters_per_year,
                code_days = excluded.code_days, address_days = excluded.address_days,
                provider_level = excluded.provider_level, source = excluded.source, is_default = excluded.is_default\
            """);
    }
}
