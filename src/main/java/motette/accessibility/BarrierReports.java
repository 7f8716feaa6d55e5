package motette.accessibility;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Refusal;
import motette.shared.Texts;
import motette.shared.Time;

/** People tell of barriers, the administration answers within the period that the statement promises. */
@Singleton
class BarrierReports {

    /** Reports that the list shows at most, the ones that wait first. */
    private static final int MOST = 200;

    private final JdbcOperations jdbc;
    private final Roles roles;
    private final Outbox outbox;
    private final Audit audit;
    private final Texts texts;
    private final WorkingDays workingDays;
    private final Clock clock;
    private final String home;
    private final Statement statement;

    BarrierReports(
            JdbcOperations jdbc,
            Roles roles,
            Outbox outbox,
            Audit audit,
            Texts texts,
            WorkingDays workingDays,
            Clock clock,
            CityPack city,
            JsonMapper json,
            @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.outbox = outbox;
        this.audit = audit;
        this.texts = texts;
        this.workingDays = workingDays;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
        try {
            this.statement = json.readValue(city.text("accessibility.json"), Argument.of(Statement.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Statement statement() {
        return statement;
    }

    /** The last working day on which whoever writes today is answered in time. */
    LocalDate answerBy() {
        var day = LocalDate.now(clock.withZone(Time.ZONE)).plus(statement.answerWithin());
        while (!workingDays.isWorkingDay(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    /**
     * Keeps a report, and confirms it to whoever left an address.
     *
     * @param odd looked like sent by a program: it is kept, but nobody gets a mail
     */
    @Transactional
    void report(ReportForm form, boolean odd, Locale language) {
        var until = answerBy();
        long id = jdbc.prepareStatement(
                "insert into barrier_reports (page, problem, email, language, odd, received_at, answer_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?) returning id",
                row -> {
                    row.setString(1, form.page());
                    row.setString(2, form.problem());
                    row.setString(3, form.email());
                    row.setString(4, Languages.tag(language));
                    row.setBoolean(5, odd);
                    row.setTimestamp(6, now());
                    row.setObject(7, until);
                    try (var key = row.executeQuery()) {
                        key.next();
                        return key.getLong(1);
                    }
                });
        audit.record(0, "barrier.report", "barrier-report:" + id, "");
        if (!odd && !form.email().isEmpty()) {
            outbox.post(
                    "barrier-report-" + id,
                    form.email(),
                    texts.get(language, "barrier.mail.received.subject"),
                    texts.get(
                            language,
                            "barrier.mail.received.text",
                            String.valueOf(id),
                            texts.day(language, until),
                            form.problem(),
                            home + "/accessibility"));
        }
    }

    /**
     * Answers a report once; false when there is no such report or somebody was faster. The answer goes out by mail where there is
     * an address.
     */
    @Transactional
    boolean answer(Visitor visitor, long id, String answer) {
        demand(reading(visitor));
        var asked = jdbc.prepareStatement(
                "update barrier_reports set answer = ?, answered_at = ?, answered_by = ? where id = ? and answered_at"
                        + " is null returning email, language, problem",
                row -> {
                    row.setString(1, answer);
                    row.setTimestamp(2, now());
                    row.setLong(3, visitor.personId());
                    row.setLong(4, id);
                    try (var found = row.executeQuery()) {
                        return found.next()
                                ? Optional.of(new Asked(found.getString(1), found.getString(2), found.getString(3)))
                                : Optional.<Asked>empty();
                    }
                });
        asked.ifPresent(it -> {
            audit.record(visitor.personId(), "barrier.answer", "barrier-report:" + id, "");
            if (!it.email().isEmpty()) {
                var language = Languages.find(it.language()).orElse(Languages.standard());
                outbox.post(
                        "barrier-answer-" + id,
                        it.email(),
                        texts.get(language, "barrier.mail.answer.subject"),
                        texts.get(
                                language,
                                "barrier.mail.answer.text",
                                String.valueOf(id),
                                answer,
                                it.problem(),
                                home + "/accessibility"));
            }
        });
        return asked.isPresent();
    }

    private record Asked(String email, String language, String problem) {}

    /** Those that wait first, by the day until which they are to be answered, what looks odd after the others. */
    @Transactional(readOnly = true)
    List<BarrierReport> latest() {
        return jdbc.prepareStatement(
                "select id, page, problem, email <> '', odd, received_at, answer_by, answer, answered_at, answered_at"
                        + " is null and answer_by < ? from barrier_reports order by answered_at is not null, odd, case"
                        + " when answered_at is null then answer_by end, answered_at desc, id limit ?",
                row -> {
                    row.setObject(1, LocalDate.now(clock.withZone(Time.ZONE)));
                    row.setInt(2, MOST);
                    var reports = new ArrayList<BarrierReport>();
                    try (var found = row.executeQuery()) {
                        while (found.next()) {
                            reports.add(read(found));
                        }
                    }
                    return reports;
                });
    }

    private static BarrierReport read(ResultSet row) throws SQLException {
        var answered = row.getTimestamp(9);
        return new BarrierReport(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getTimestamp(6).toInstant(),
                row.getObject(7, LocalDate.class),
                row.getString(8),
                answered == null ? null : answered.toInstant(),
                row.getBoolean(10));
    }

    /** May they read and answer reports? The city administration and the platform's. */
    @Transactional(readOnly = true)
    Optional<Refusal> reading(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.OFFICER, "")
                        || roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "barrier.no-term"));
    }

    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(reason -> {
            throw new Denied(reason);
        });
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
