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
        tables.load(pack.text("bodies.json"), """
            insert into seat_labels (body_key, seat, label)
            select x.key, l.seat, l.label
            from jsonb_to_recordset(?::jsonb -> 'items') as x(key text, "seatLabels" jsonb)
            cross join jsonb_array_elements_text(coalesce(x."seatLabels", '[]')) with ordinality l (label, seat)
            on conflict (body_key, seat) do update set label = excluded.label\
            """);
        tables.load(pack.text("rules.json"), """
            insert into rules_of_procedure (body_kind, body_key, valid_from, quorum_numerator, quorum_denominator,
                after_bias_numerator, after_bias_denominator, second_session_quorum, majority, tie_is, abstentions_count,
                without_statement_cents, notice_days, lead_working_days, minutes_days, source, is_default, default_fields)
            select "bodyKind", body, "validFrom", split_part("quorumFraction", '/', 1)::int, split_part("quorumFraction", '/', 2)::int,
                   split_part("quorumFractionAfterBias", '/', 1)::int, split_part("quorumFractionAfterBias", '/', 2)::int,
                   "quorumMinimum", majority, "tieIs", "abstentionsCount",
                   coalesce("withoutStatementUpToCents", 0), coalesce("noticeDays", 0),
                   coalesce("applicationLeadWorkingDays", 0), "minutesDays", source, "isDefault", coalesce("defaultFields", '{}')
            from jsonb_to_recordset(?::jsonb -> 'items')
                as x("bodyKind" text, body text, "validFrom" date, "quorumFraction" text, "quorumFractionAfterBias" text,
                     "quorumMinimum" int, majority text, "tieIs" text, "abstentionsCount" boolean,
                     "withoutStatementUpToCents" bigint, "noticeDays" int, "applicationLeadWorkingDays" int, "minutesDays" int,
                     source text, "isDefault" boolean, "defaultFields" text[])
            on conflict (body_kind, body_key, valid_from) where recorded_at is null
            do update set quorum_numerator = excluded.quorum_numerator,
                quorum_denominator = excluded.quorum_denominator, after_bias_numerator = excluded.after_bias_numerator,
                after_bias_denominator = excluded.after_bias_denominator,
                second_session_quorum = excluded.second_session_quorum, majority = excluded.majority, tie_is = excluded.tie_is,
                abstentions_count = excluded.abstentions_count, without_statement_cents = excluded.without_statement_cents,
                notice_days = excluded.notice_days, lead_working_days = excluded.lead_working_days,
                minutes_days = excluded.minutes_days, source = excluded.source, is_default = excluded.is_default,
                default_fields = excluded.default_fields\
            """);
        tables.load(pack.text("holidays.json"), """
            insert into holidays (date, name)
            select date, name from jsonb_to_recordset(?::jsonb -> 'items') as x(date date, name text)
            on conflict (date) do update set name = excluded.name\
            """);
    }
}
