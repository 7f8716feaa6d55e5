package motette.applications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Applications as rows; their state follows from the rows that refer to them, here and nowhere else. */
@Singleton
class ApplicationRepository {

    private static final String STATE = """
        case when w.application_id is not null then 'withdrawn'
             when v.version is null then 'draft'
             when s.application_id is not null or i.state in ('granted', 'granted-in-part', 'not-granted') then 'decided'
             when c.application_id is not null then 'complete'
             when r.application_id is not null then 'returned'
             else 'received' end\
        """;

    private static final String FROM = """
        from applications a
        left join lateral (select * from application_versions x where x.application_id = a.id order by x.version desc limit 1) v on true
        left join application_completions c on c.application_id = a.id
        left join application_returns r on r.application_id = a.id and r.version = v.version
        left join application_withdrawals w on w.application_id = a.id
        left join ideas i on i.number = a.idea_number
        left join standing_resolutions s on s.application_id = a.id
        """;

    private static final String SELECT = "select a.id, coalesce(a.applicant_id, 0), coalesce(a.entered_by, 0),"
            + " coalesce(a.idea_number, 0), a.fields, a.changed_at, " + STATE + ", coalesce(v.version, 0),"
            + " coalesce(v.body_key, ''), coalesce(v.quarter_key, ''), v.received_on, c.at " + FROM;

    private final Sql sql;
    private final JsonMapper json;

    ApplicationRepository(Sql sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Connectable
    Optional<Application> find(long id) {
        return sql.one(SELECT + " where a.id = ?", this::application, id);
    }

    /** Locks the application until the transaction ends, so that deeds on it follow each other, and reads it then. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Application> lock(long id) {
        sql.lockRow("applications", id);
        return find(id);
    }

    /** An application from the same idea that was not sent yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Long> begun(long personId, long idea) {
        return sql.one(
                "select id from applications a where applicant_id = ? and idea_number = ? and not exists (select from"
                        + " application_versions v where v.application_id = a.id) order by id desc limit 1",
                row -> row.getLong(1),
                personId,
                idea);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    long insert(
            Optional<Long> applicant,
            Optional<Long> enteredBy,
            Optional<Long> idea,
            Map<String, String> fields,
            Instant now) {
        return sql.number(
                "insert into applications (applicant_id, entered_by, idea_number, fields, begun_at, changed_at) values"
                        + " (?::bigint, ?::bigint, ?::bigint, ?::jsonb, ?, ?) returning id",
                applicant,
                enteredBy,
                idea,
                write(fields),
                now,
                now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void write(long id, Map<String, String> changes, Instant now) {
        sql.change(
                "update applications set fields = fields || ?::jsonb, changed_at = ? where id = ?",
                write(changes),
                now,
                id);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void delete(long id) {
        sql.change(
                "delete from applications a where id = ? and not exists (select from application_versions v where"
                        + " v.application_id = a.id)",
                id);
    }

    /** What is frozen when an application is sent. */
    record Version(
            int version,
            String title,
            String kind,
            String bodyKey,
            String quarterKey,
            String fundKey,
            int year,
            String organisation,
            Plan plan,
            Map<String, String> fields,
            LocalDate receivedOn,
            Instant sentAt) {}

    @Transactional(propagation = Propagation.MANDATORY)
    void freeze(long id, Version version) {
        sql.change(
                "insert into application_versions (application_id, version, title, kind, body_key, quarter_key,"
                        + " fund_key, year, organisation, total_cents, requested_cents, fields, received_on, sent_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
                id,
                version.version(),
                version.title(),
                version.kind(),
                version.bodyKey(),
                version.quarterKey(),
                version.fundKey(),
                version.year(),
                version.organisation(),
                version.plan().cost(),
                version.plan().asked(),
                write(version.fields()),
                version.receivedOn(),
                version.sentAt());
        var rows = new ArrayList<Object[]>();
        for (var side : List.of(Plan.COST, Plan.FINANCE)) {
            int position = 0;
            for (var line : version.plan().side(side)) {
                position++;
                rows.add(new Object[] {
                    id,
                    version.version(),
                    side,
                    position,
                    line.source(),
                    line.what(),
                    line.cents().orElseThrow()
                });
            }
        }
        sql.changeAll(
                "insert into application_lines (application_id, version, side, position, source, what, amount_cents)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                rows);
        sql.change(
                "insert into application_version_documents (application_id, version, document_id) select"
                        + " application_id, ?, id from application_documents where application_id = ? and dropped_at is"
                        + " null",
                version.version(),
                id);
    }

    /** A version as pages show it. */
    @Introspected
    record Sent(
            int version,
            String title,
            String kind,
            String fundKey,
            int year,
            String organisation,
            long totalCents,
            long requestedCents,
            Map<String, String> fields,
            LocalDate receivedOn,
            Instant sentAt,
            @Nullable Instant returnedAt,
            String returnNote) {}

    /** The newest first. */
    @Connectable
    List<Sent> versions(long id) {
        return sql.list(
                """
                select v.version, v.title, v.kind, v.fund_key, v.year, v.organisation, v.total_cents, v.requested_cents, v.fields,
                       v.received_on, v.sent_at, r.at, coalesce(r.note, '')
                from application_versions v left join application_returns r using (application_id, version)
                where v.application_id = ? order by v.version desc\
                """,
                row -> new Sent(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getLong(8),
                        read(row.getString(9)),
                        row.getDate(10).toLocalDate(),
                        row.getTimestamp(11).toInstant(),
                        Sql.instant(row, "at").orElse(null),
                        row.getString(13)),
                id);
    }

    /** A frozen line. */
    @Introspected
    record SentLine(String side, String source, String what, long cents) {}

    @Connectable
    List<SentLine> lines(long id, int version) {
        return sql.list(
                "select side, source, what, amount_cents from application_lines where application_id = ? and version ="
                        + " ? order by side, position",
                row -> new SentLine(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                id,
                version);
    }

    /**
     * An item of the check list and where it stands.
     *
     * @param tickedBy pseudonym of whoever ticked it; empty where nobody did
     * @param gap      sentence of what is missing; empty where nothing is named
     */
    @Introspected
    record Item(
            String key,
            String source,
            String tickedBy,
            @Nullable Instant tickedAt,
            boolean missing,
            String gap) {

        boolean ticked() {
            return tickedAt != null;
        }
    }

    @Connectable
    List<Item> items(long id, int version) {
        return sql.list(
                """
                select c.item_key, c.source, coalesce(p.pseudonym, ''), t.at, g.item_key is not null, coalesce(g.note, '')
                from application_versions v
                join application_checks c on c.fund_key = v.fund_key and c.kind = v.kind
                left join application_ticks t on (t.application_id, t.version, t.item_key) = (v.application_id, v.version, c.item_key)
                left join persons p on p.id = t.person_id
                left join application_gaps g on (g.application_id, g.version, g.item_key) = (v.application_id, v.version, c.item_key)
                where v.application_id = ? and v.version = ? order by c.position\
                """,
                row -> new Item(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Sql.instant(row, "at").orElse(null),
                        row.getBoolean(5),
                        row.getString(6)),
                id,
                version);
    }

    /** What a fund asks of applications. */
    @Introspected
    record Rules(int ownSharePercent, int minimumAge, int checkWorkingDays, boolean isDefault) {}

    @Connectable
    Rules rules(String fundKey, LocalDate day) {
        return sql.one(
                        "select own_share_percent, minimum_age, check_working_days, is_default from application_rules"
                                + " where fund_key = ? and valid_from <= ? order by valid_from desc limit 1",
                        row -> new Rules(row.getInt(1), row.getInt(2), row.getInt(3), row.getBoolean(4)),
                        fundKey,
                        day)
                .orElseThrow(() -> new IllegalStateException(
                        "The city pack says nothing of applications to the fund '" + fundKey + "'"));
    }

    /** True for the one who ticked it; an item that is ticked already stays as it is. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean tick(Application application, String item, long person, Instant now) {
        return sql.change(
                        "insert into application_ticks (application_id, version, item_key, person_id, at) values (?, ?,"
                                + " ?, ?, ?) on conflict do nothing",
                        application.id(),
                        application.version(),
                        item,
                        person,
                        now)
                == 1;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    boolean untick(Application application, String item) {
        return sql.change(
                        "delete from application_ticks where application_id = ? and version = ? and item_key = ?",
                        application.id(),
                        application.version(),
                        item)
                == 1;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void complete(Application application, long person, Instant now) {
        sql.change(
                "insert into application_completions (application_id, version, person_id, at) values (?, ?, ?, ?)",
                application.id(),
                application.version(),
                person,
                now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void giveBack(Application application, long person, String note, Map<String, String> gaps, Instant now) {
        sql.change(
                "insert into application_returns (application_id, version, person_id, at, note) values (?, ?, ?, ?, ?)",
                application.id(),
                application.version(),
                person,
                now,
                note);
        gaps.forEach((item, gap) -> sql.change(
                "insert into application_gaps (application_id, version, item_key, note) values (?, ?, ?, ?)",
                application.id(),
                application.version(),
                item,
                gap));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void withdraw(long id, Instant now) {
        sql.change(
                "insert into application_withdrawals (application_id, at) values (?, ?) on conflict do nothing",
                id,
                now);
    }

    /** Sent by somebody and not decided. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Long> undecidedOf(long personId) {
        return sql.list(
                "select a.id " + FROM + " where a.applicant_id = ? and " + STATE
                        + " in ('received', 'returned', 'complete') order by a.id",
                row -> row.getLong(1),
                personId);
    }

    /** Where mails about an application go; on paper, the address that stands in it. */
    record Address(String email, String language, String name) {}

    @Connectable
    Optional<Address> address(long id) {
        return sql.one("""
            select coalesce(p.email, nullif(a.fields ->> 'email', '')), coalesce(p.language, 'de'), coalesce(p.pseudonym, a.fields ->> 'name')
            from applications a left join persons p on p.id = a.applicant_id
            where a.id = ? and coalesce(p.email, nullif(a.fields ->> 'email', '')) is not null\
            """, row -> new Address(row.getString(1), row.getString(2), row.getString(3)), id);
    }

    /** Lines of "my applications". */
    @Connectable
    List<MyApplication> mine(long personId) {
        return sql.list(
                "select a.id, coalesce(v.title, nullif(a.fields ->> 'title', ''), ''), " + STATE
                        + ", coalesce(v.requested_cents, 0) " + FROM
                        + " where a.applicant_id = ? order by a.changed_at desc, a.id desc",
                row -> new MyApplication(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
                personId);
    }

    /** A row of the desk. */
    @Introspected
    record Waiting(
            long id,
            String title,
            String bodyName,
            String quarterName,
            String state,
            long requestedCents,
            String organisation,
            LocalDate receivedOn,
            int version,
            int checkDays,
            boolean paper) {}

    /**
     * Those that lie on a desk, the ones that wait longest for an answer of the office first.
     *
     * @param all    of every body
     * @param areas  of quarters in these areas
     * @param bodies of these bodies
     * @param body   of this body alone; empty for all of those
     * @param state  in this state alone; empty for every one that is not over
     */
    @Connectable
    List<Waiting> desk(boolean all, List<String> areas, List<String> bodies, String body, String state) {
        return sql.list(
                """
                select a.id, v.title, b.name, q.name, %s, v.requested_cents, v.organisation, v.received_on, v.version,
                       coalesce((select ru.check_working_days from application_rules ru where ru.fund_key = v.fund_key
                                  and ru.valid_from <= v.received_on order by ru.valid_from desc limit 1), 0), a.entered_by is not null
                %s join bodies b on b.key = v.body_key join quarters q on q.key = v.quarter_key
                where (? or v.body_key = any (?) or exists (select from area_quarters aq where aq.quarter_key = v.quarter_key
                                                             and aq.area_key = any (?)))
                  and (? = '' or v.body_key = ?)
                  and case when ? = '' then %s in ('received', 'returned', 'complete') else %s = ? end
                order by (%s) <> 'received', v.received_on, a.id limit 500\
                """.formatted(STATE, FROM, STATE, STATE, STATE),
                row -> new Waiting(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getDate(8).toLocalDate(),
                        row.getInt(9),
                        row.getInt(10),
                        row.getBoolean(11)),
                all,
                bodies.toArray(String[]::new),
                areas.toArray(String[]::new),
                body,
                body,
                state,
                state);
    }

    /** What everybody reads of an application whose papers are complete: no person's name, an organisation's once it is decided. */
    @Introspected
    record Open(
            long id,
            String title,
            String bodyName,
            int year,
            String state,
            long totalCents,
            long requestedCents,
            String organisation) {}

    @Connectable
    List<Open> open(String body) {
        return sql.list(
                """
                select a.id, v.title, b.name, v.year, %s, v.total_cents, v.requested_cents,
                       case when s.application_id is not null or i.state in ('granted', 'granted-in-part', 'not-granted') then v.organisation else '' end
                %s join bodies b on b.key = v.body_key
                where c.application_id is not null and w.application_id is null and (? = '' or v.body_key = ?)
                order by c.at desc, a.id desc limit 200\
                """.formatted(STATE, FROM),
                row -> new Open(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8)),
                body,
                body);
    }

    /** Titles of those that are public, by number. */
    @Connectable
    Map<Long, String> publicTitles(List<Long> ids) {
        return sql
                .list(
                        "select a.id, v.title " + FROM
                                + " where a.id = any (?) and c.application_id is not null and w.application_id is null",
                        row -> Map.entry(row.getLong(1), row.getString(2)),
                        (Object) ids.toArray(Long[]::new))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Ideas for which money is asked at the moment. */
    @Connectable
    Set<Long> asked() {
        return Set.copyOf(sql.list(
                "select distinct a.idea_number " + FROM + " where a.idea_number is not null and " + STATE
                        + " in ('received', 'returned', 'complete')",
                row -> row.getLong(1)));
    }

    private Application application(ResultSet row) throws SQLException {
        var received = row.getDate(11);
        var complete = row.getTimestamp(12);
        return new Application(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                read(row.getString(5)),
                row.getTimestamp(6).toInstant(),
                row.getString(7),
                row.getInt(8),
                row.getString(9),
                row.getString(10),
                received == null ? null : received.toLocalDate(),
                complete == null ? null : complete.toInstant());
    }

    private Map<String, String> read(String fields) {
        try {
            return json.readValue(fields, Argument.mapOf(String.class, String.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Map<String, String> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
