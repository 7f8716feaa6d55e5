package motette.statements;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import motette.ideas.IdeaState;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Requests, answers and appeals as rows. */
@Singleton
class StatementRepository {

    /** Ideas and applications that were sent, with what statements need of them. */
    private static final String MATTERS = """
        (select 'idea' as kind, i.number, i.title, i.body_key, coalesce(i.author_id, 0) as author_id, i.cost_cents as cents,
                i.state in %s as is_public, i.state in ('published', 'postponed') as is_open
           from ideas i
         union all
         select 'application', a.id, v.title, v.body_key, coalesce(a.applicant_id, 0), v.requested_cents,
                c.application_id is not null and w.application_id is null,
                c.application_id is not null and w.application_id is null
                  and coalesce(i.state not in ('granted', 'granted-in-part', 'not-granted'), true)
                  and not exists (select from standing_resolutions s where s.application_id = a.id)
           from applications a
           join lateral (select * from application_versions x where x.application_id = a.id order by x.version desc limit 1) v on true
           left join application_completions c on c.application_id = a.id
           left join application_withdrawals w on w.application_id = a.id
           left join ideas i on i.number = a.idea_number)\
        """.formatted(IdeaState.PUBLIC_SQL);

    private static final String STATE = """
        case when h.kind is not null then h.kind
             when exists (select from statement_requests later where later.renews = r.id) then 'renewed'
             when exists (select from statement_answers a where a.request_id = r.id) then 'answered' else 'open' end\
        """;

    private static final String REQUESTS = """
        select r.id, r.file_id, r.office_key, o.name, r.question, r.asked_on, r.due_on, r.asked_by, %s, coalesce(h.comment, ''),
               h.at as passed_at, coalesce(n.name, ''), f.idea_number, f.application_id
          from statement_requests r
          join statement_files f on f.id = r.file_id
          join offices o on o.key = r.office_key
          left join statement_handovers h on h.request_id = r.id
          left join statement_requests t on t.forwarded_from = r.id
          left join offices n on n.key = t.office_key\
        """.formatted(STATE);

    private final Sql sql;

    StatementRepository(Sql sql) {
        this.sql = sql;
    }

    /** Empty for what is not there, and for applications that nobody has sent. */
    @Connectable
    Optional<Matter> matter(Subject subject) {
        return sql.one(
                "select m.title, m.body_key, b.name, m.author_id, m.cents, m.is_public, m.is_open from " + MATTERS
                        + " m join bodies b on b.key = m.body_key where m.kind = ? and m.number = ?",
                row -> new Matter(
                        subject,
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, Long.class),
                        row.getBoolean(6),
                        row.getBoolean(7)),
                subject.kind(),
                subject.number());
    }

    /** Deadlines that hold for a body. */
    @Introspected
    record Rules(int answerDays, int remindDays, int appealDays, boolean isDefault) {}

    @Connectable
    Rules rules(String bodyKey, LocalDate day) {
        return sql.one(
                        "select answer_working_days, remind_working_days, appeal_days, is_default from"
                                + " statement_rules_of(?, ?)",
                        row -> new Rules(row.getInt(1), row.getInt(2), row.getInt(3), row.getBoolean(4)),
                        bodyKey,
                        day)
                .orElseThrow(() -> new IllegalStateException(
                        "The city pack says nothing of statements for the body '" + bodyKey + "'"));
    }

    @Connectable
    Optional<Long> file(Subject subject) {
        return sql.one(
                "select id from statement_files where " + column(subject) + " = ?",
                row -> row.getLong(1),
                subject.number());
    }

    /** The file of a subject, opened where there is none, and locked until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    long open(Subject subject, Instant now) {
        sql.change(
                "insert into statement_files (" + column(subject) + ", opened_at) values (?, ?) on conflict do nothing",
                subject.number(),
                now);
        return lock(subject).orElseThrow();
    }

    /** Deeds on a file follow each other. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Long> lock(Subject subject) {
        var file = file(subject);
        file.ifPresent(id -> sql.lockRow("statement_files", id));
        return file;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void lockPerson(long personId) {
        sql.list("select from persons where id = ? for key share", row -> true, personId);
    }

    private static String column(Subject subject) {
        return subject.isIdea() ? "idea_number" : "application_id";
    }

    /** In the order in which offices were asked. */
    @Connectable
    List<Request> requests(long fileId) {
        return sql.list(REQUESTS + " where r.file_id = ? order by r.id", StatementRepository::request, fileId);
    }

    /** A request with what it is about. */
    record Found(Request request, Subject subject) {}

    @Connectable
    Optional<Found> request(long id) {
        return sql.one(REQUESTS + " where r.id = ?", row -> new Found(request(row), subject(row, 13)), id);
    }

    /** The newest version of each request first. */
    @Connectable
    List<Answer> answers(long fileId) {
        return sql.list(
                """
                select a.request_id, a.version, a.feasibility, a.competence, a.ownership, a.running_cents, a.estimate_cents,
                       a.estimate_reason, a.said, a.by, a.at
                  from statement_answers a join statement_requests r on r.id = a.request_id
                 where r.file_id = ? order by a.request_id, a.version desc\
                """,
                row -> new Answer(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9),
                        row.getLong(10),
                        row.getTimestamp(11).toInstant()),
                fileId);
    }

    /** Whether a form that comes again has done its work. */
    @Connectable
    boolean wasAsked(UUID sendId) {
        return sql.holds("select from statement_requests where send_id = ?", sendId);
    }

    @Connectable
    boolean wasAnswered(UUID sendId) {
        return sql.holds("select from statement_answers where send_id = ?", sendId);
    }

    /**
     * Asks an office.
     *
     * @param forwardedFrom the request that is passed on; empty where none is
     * @param renews        the answered request that is asked again; empty where none is
     * @return empty where the office is asked already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Long> ask(
            long fileId,
            String officeKey,
            String question,
            LocalDate today,
            LocalDate due,
            long by,
            Instant now,
            UUID sendId,
            Optional<Long> forwardedFrom,
            Optional<Long> renews) {
        return sql.holds("select from statement_open where file_id = ? and office_key = ?", fileId, officeKey)
                ? Optional.empty()
                : Optional.of(sql.number(
                        "insert into statement_requests (file_id, office_key, question, asked_on, due_on, asked_by,"
                                + " asked_at, send_id, forwarded_from, renews) values (?, ?, ?, ?, ?, ?, ?, ?,"
                                + " ?::bigint, ?::bigint) returning id",
                        fileId,
                        officeKey,
                        question,
                        today,
                        due,
                        by,
                        now,
                        sendId,
                        forwardedFrom,
                        renews));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void handOver(long requestId, String kind, String comment, long by, Instant now) {
        sql.change(
                "insert into statement_handovers (request_id, kind, comment, by, at) values (?, ?, ?, ?, ?)",
                requestId,
                kind,
                comment,
                by,
                now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void answer(long requestId, int version, AnswerForm form, long by, Instant now) {
        sql.change(
                "insert into statement_answers (request_id, version, feasibility, competence, ownership, running_cents,"
                        + " estimate_cents, estimate_reason, said, by, at, send_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?)",
                requestId,
                version,
                form.feasibility(),
                form.competence(),
                form.ownership(),
                form.runningMoney().orElseThrow().cents(),
                form.estimateMoney().orElseThrow().cents(),
                form.estimateReason(),
                form.said(),
                by,
                now,
                form.send().orElseThrow());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    boolean skip(long fileId, long cents, long threshold, String reason, long by, Instant now) {
        return sql.change(
                        "insert into statement_skips (file_id, cents, threshold_cents, reason, by, at) select ?, ?, ?,"
                                + " ?, ?, ? where not exists (select from statement_skips where file_id = ?)",
                        fileId,
                        cents,
                        threshold,
                        reason,
                        by,
                        now,
                        fileId)
                == 1;
    }

    /** Why none is needed, as the office said. */
    @Connectable
    Optional<String> skipReason(long fileId) {
        return sql.one("select reason from statement_skips where file_id = ?", row -> row.getString(1), fileId);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void appeal(long fileId, long personId, String reason, Instant now, LocalDate until) {
        sql.change(
                "insert into statement_appeals (file_id, person_id, reason, at, until) values (?, ?, ?, ?, ?)",
                fileId,
                personId,
                reason,
                now,
                until);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void decide(long fileId, String outcome, String reason, long by, Instant now) {
        sql.change(
                "insert into statement_appeal_decisions (file_id, outcome, reason, by, at) values (?, ?, ?, ?, ?)",
                fileId,
                outcome,
                reason,
                by,
                now);
    }

    @Connectable
    Optional<Appeal> appeal(long fileId) {
        return sql.one(
                """
                select coalesce(a.person_id, 0), a.reason, a.at, coalesce(d.outcome, ''), coalesce(d.reason, ''), d.at as decided_at,
                       e.file_id is not null, coalesce(e.withdrawn, false)
                  from statement_appeals a
                  left join statement_appeal_decisions d on d.file_id = a.file_id
                  left join statement_appeal_endings e on e.file_id = a.file_id
                 where a.file_id = ?\
                """,
                row -> new Appeal(
                        row.getLong(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        Sql.instant(row, "decided_at").orElse(null),
                        row.getBoolean(7),
                        row.getBoolean(8)),
                fileId);
    }

    /** Of somebody who goes: appeals that nobody has decided, in the order of their files. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Long> openAppealsOf(long personId) {
        return sql.list("""
            select a.file_id from statement_appeals a
             where a.person_id = ? and not exists (select from statement_appeal_decisions d where d.file_id = a.file_id)
               and not exists (select from statement_appeal_endings e where e.file_id = a.file_id) order by a.file_id\
            """, row -> row.getLong(1), personId);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void endAppeal(long fileId, boolean withdrawn, Instant now) {
        sql.change(
                "insert into statement_appeal_endings (file_id, withdrawn, at) select ?, ?, ? where not exists (select"
                        + " from statement_appeal_decisions where file_id = ?) on conflict do nothing",
                fileId,
                withdrawn,
                now,
                fileId);
    }

    /** In one statement, whatever their number; those on which nothing was said are left out. */
    @Connectable
    Map<Subject, Given> given(Collection<Subject> subjects) {
        return sql
                .list(
                        """
                        select s.given, s.skipped, s.open_appeal, s.asked, s.answered, s.next_due_on, s.feasibility, s.estimate_cents,
                               s.running_cents, s.idea_number, s.application_id
                          from statement_standing s where s.idea_number = any (?) or s.application_id = any (?)\
                        """,
                        row -> new Given(
                                subject(row, 10),
                                row.getBoolean(1),
                                row.getBoolean(2),
                                row.getBoolean(3),
                                row.getInt(4),
                                row.getInt(5),
                                day(row, 6),
                                row.getString(7),
                                row.getLong(8),
                                row.getLong(9)),
                        numbers(subjects, Subject.IDEA),
                        numbers(subjects, Subject.APPLICATION))
                .stream()
                .collect(Collectors.toMap(Given::subject, Function.identity()));
    }

    private static Object numbers(Collection<Subject> subjects, String kind) {
        return subjects.stream()
                .filter(subject -> subject.kind().equals(kind))
                .map(Subject::number)
                .toArray(Long[]::new);
    }

    /** A row of the desk and of the public list. */
    @Introspected
    record Waiting(
            Subject subject,
            String title,
            long requestId,
            String officeKey,
            String officeName,
            String bodyName,
            LocalDate asked,
            LocalDate due,
            String state,
            boolean openAppeal) {}

    private static final String WAITING = """
        select f.idea_number, f.application_id, m.title, r.id, r.office_key, o.name, b.name, r.asked_on, r.due_on, %s, exists (
                   select from statement_appeals a where a.file_id = f.id
                      and not exists (select from statement_appeal_decisions d where d.file_id = f.id)
                      and not exists (select from statement_appeal_endings e where e.file_id = f.id))
          from statement_requests r
          join statement_files f on f.id = r.file_id
          join offices o on o.key = r.office_key
          join %s m on m.kind = case when f.idea_number is null then 'application' else 'idea' end
               and m.number = coalesce(f.idea_number, f.application_id)
          join bodies b on b.key = m.body_key
          left join statement_handovers h on h.request_id = r.id\
        """.formatted(STATE, MATTERS);

    /**
     * Requests of one office or of all, what is late first.
     *
     * @param office key; empty for all
     * @param state  open, answered, forwarded or returned
     */
    @Connectable
    List<Waiting> desk(String office, String state) {
        return sql.list(
                WAITING + " where (? = '' or r.office_key = ?) and " + STATE + " = ? order by r.due_on"
                        + (state.equals(Request.OPEN) ? "" : " desc") + ", r.id limit 300",
                StatementRepository::waiting,
                office,
                office,
                state);
    }

    /** What everybody may know of, and is late. */
    @Connectable
    List<Waiting> overdue(LocalDate today) {
        return sql.list(
                WAITING
                        + " join statement_open p on p.request_id = r.id where m.is_public and m.is_open and r.due_on"
                        + " < ? order by r.due_on, r.id limit 500",
                StatementRepository::waiting,
                today);
    }

    /** A file with an appeal that waits for a decision. */
    @Introspected
    record Appealed(Subject subject, String title, Instant at) {}

    @Connectable
    List<Appealed> appealed() {
        return sql.list(
                """
                select f.idea_number, f.application_id, m.title, a.at
                  from statement_appeals a join statement_files f on f.id = a.file_id
                  join %s m on m.kind = case when f.idea_number is null then 'application' else 'idea' end
                       and m.number = coalesce(f.idea_number, f.application_id)
                 where not exists (select from statement_appeal_decisions d where d.file_id = f.id)
                   and not exists (select from statement_appeal_endings e where e.file_id = f.id) order by a.at limit 100\
                """.formatted(MATTERS),
                row -> new Appealed(
                        subject(row, 1), row.getString(3), row.getTimestamp(4).toInstant()));
    }

    /** An application on which nobody was asked. */
    @Introspected
    record Unasked(Subject subject, String title, String bodyName, long cents) {}

    /** Complete applications on which no office was asked and nothing was said. */
    @Connectable
    List<Unasked> unasked() {
        return sql.list(
                """
                select m.number, m.title, b.name, m.cents from %s m join bodies b on b.key = m.body_key
                 where m.kind = 'application' and m.is_open
                   and not exists (select from statement_files f where f.application_id = m.number) order by m.number limit 100\
                """.formatted(MATTERS),
                row -> new Unasked(
                        Subject.application(row.getLong(1)), row.getString(2), row.getString(3), row.getLong(4)));
    }

    /** Ideas on which offices were asked. */
    @Connectable
    Set<Long> ideas() {
        return Set.copyOf(sql.list(
                "select idea_number from statement_files where idea_number is not null", row -> row.getLong(1)));
    }

    /** An open request with the days before its deadline on which its office is reminded. */
    record Deadline(long requestId, LocalDate due, int remindDays) {}

    @Connectable
    List<Deadline> deadlines(LocalDate today) {
        return sql.list(
                """
                select r.id, r.due_on, u.remind_working_days
                  from statement_open p
                  join statement_requests r on r.id = p.request_id
                  join statement_files f on f.id = r.file_id
                  join %s m on m.kind = case when f.idea_number is null then 'application' else 'idea' end
                       and m.number = coalesce(f.idea_number, f.application_id)
                  cross join lateral statement_rules_of(m.body_key, ?) u
                 where m.is_open
                   and not exists (select from statement_reminders t where t.request_id = r.id
                                      and t.kind = case when r.due_on < ? then 'overdue' else 'soon' end)
                 order by r.id\
                """.formatted(MATTERS),
                row -> new Deadline(row.getLong(1), row.getDate(2).toLocalDate(), row.getInt(3)),
                today,
                today);
    }

    /** True for the one who writes of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean remind(long requestId, String kind, Instant now) {
        return sql.change(
                        "insert into statement_reminders (request_id, kind, at) values (?, ?, ?) on conflict do"
                                + " nothing",
                        requestId,
                        kind,
                        now)
                == 1;
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                subject(row, 1),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getDate(8).toLocalDate(),
                row.getDate(9).toLocalDate(),
                row.getString(10),
                row.getBoolean(11));
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getDate(6).toLocalDate(),
                row.getDate(7).toLocalDate(),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                Sql.instant(row, "passed_at").orElse(null),
                row.getString(12));
    }

    /** From two columns of which one is null: the idea, then the application. */
    private static Subject subject(ResultSet row, int column) throws SQLException {
        var idea = row.getObject(column, Long.class);
        return idea == null ? Subject.application(row.getLong(column + 1)) : Subject.idea(idea);
    }

    private static @Nullable LocalDate day(ResultSet row, int column) throws SQLException {
        Date day = row.getDate(column);
        return day == null ? null : day.toLocalDate();
    }
}
