package motette.bodies;

import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

@Singleton
class BodiesImport implements PackImport {

    private final PackTables tables;

    BodiesImport(PackTables tables) {
        this.tables = tables;
    }

    @Override
    public int storey() {
        return 20;
    }

    @Override
    public void importFrom(CityPack pack) {
        tables.loadAll(pack, "bodies.json", "bodies", """
            insert into bodies (key, kind, name, district_key, community_key, seats, chair_votes, venue, address, information_system_id)
            select key, kind, name, district, community, coalesce(seats, 0), "chairVotes", coalesce(venue, ''), coalesce(address, ''),
                   coalesce("informationSystemId", '')
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x(key text, kind text, name text, district text, community text, seats int, "chairVotes" boolean,
                     venue text, address text, "informationSystemId" text)
            on conflict (key) do update set kind = excluded.kind, name = excluded.name, seats = excluded.seats,
                chair_votes = excluded.chair_votes, venue = excluded.venue, address = excluded.address,
                information_system_id = excluded.information_system_id\
            """);
        tables.load(pack.text("rules.json"), """
            insert into rules_of_procedure (body_kind, valid_from, quorum_numerator, quorum_denominator,
                without_statement_cents, notice_days, lead_working_days, source, is_default)
            select "bodyKind", "validFrom", split_part("quorumFraction", '/', 1)::int, split_part("quorumFraction", '/', 2)::int,
                   coalesce("withoutStatementUpToCents", 0), coalesce("noticeDays", 0),
                   coalesce("applicationLeadWorkingDays", 0), source, "isDefault"
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x("bodyKind" text, "validFrom" date, "quorumFraction" text, "withoutStatementUpToCents" bigint,
                     "noticeDays" int, "applicationLeadWorkingDays" int, source text, "isDefault" boolean)
            on conflict (body_kind, valid_from) do update set quorum_numerator = excluded.quorum_numerator,
                quorum_denominator = excluded.quorum_denominator, without_statement_cents = excluded.without_statement_cents,
                notice_days = excluded.notice_days, lead_working_days = excluded.lead_working_days,
                source = excluded.source, is_default = excluded.is_default\
            """);
        tables.load(pack.text("holidays.json"), """
            insert into holidays (date, name)
            select date, name from jsonb_to_recordset(?::jsonb -> 'items') as x(date date, name text)
            on conflict (date) do update set name = excluded.name\
            """);
    }
}
