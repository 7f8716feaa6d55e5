package motette.statements;

import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.places.WorkingDays;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Time;

/** Statements of the demo city, as if officers had given them, without mails and deeds. */
@Singleton
@Requires(property = "motette.demo", value = "true")
public class SampleStatements {

    private final StatementRepository statements;
    private final WorkingDays days;
    private final Sql sql;
    private final Clock clock;

    SampleStatements(StatementRepository statements, WorkingDays days, Sql sql, Clock clock) {
        this.statements = statements;
        this.days = days;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @param office   key
     * @param daysAgo  days since the office was asked
     * @param days     working days that it has
     * @param said     the answer; empty for none
     * @param estimate of the answer
     * @param appeal   reason of the author's appeal; empty for none
     */
    public record Sample(
            String office, String question, int daysAgo, int days, String said, Money estimate, String appeal) {}

    /** Ideas of the body that wait for a decision and bear an author's demo key, the first first. */
    @Transactional
    public List<Subject> waiting(String bodyKey) {
        return sql.list(
                "select i.number from ideas i where i.body_key = ? and i.state = 'published' order by i.number",
                row -> Subject.idea(row.getLong(1)),
                bodyKey);
    }

    /** Applications of the body that are complete. */
    @Transactional
    public List<Subject> complete(String bodyKey) {
        return sql.list(
                "select distinct c.application_id from application_completions c join application_versions v on"
                        + " (v.application_id, v.version) = (c.application_id, c.version) where v.body_key = ? and not"
                        + " exists (select from resolutions r where r.application_id = c.application_id) order by 1",
                row -> Subject.application(row.getLong(1)),
                bodyKey);
    }

    /** Lets an officer work for all offices of the pack. */
    @Transactional
    public void assign(String officer) {
        sql.change(
                "insert into office_officers (office_key, person_id, assigned_at) select o.key, p.id, ? from offices o,"
                        + " persons p where p.demo_key = ? on conflict do nothing",
                clock.instant(),
                officer);
    }

    /** Nothing where the administration was asked on it before. */
    @Transactional
    public void keep(Subject subject, Sample sample, String officer) {
        if (statements.file(subject).isEmpty()) {
            var matter = statements.matter(subject).orElseThrow();
            var at = clock.instant().minus(Duration.ofDays(sample.daysAgo()));
            var asked = LocalDate.ofInstant(at, Time.ZONE);
            long person = sql.number("select id from persons where demo_key = ?", officer);
            long file = statements.open(subject, at);
            long request = statements
                    .ask(
                            file,
                            sample.office(),
                            sample.question(),
                            asked,
                            days.after(asked, sample.days()),
                            person,
                            at,
                            UUID.randomUUID(),
                            Optional.empty(),
                            Optional.empty())
                    .orElseThrow();
            if (!sample.said().isEmpty()) {
                statements.answer(request, 1, answer(sample), person, at.plus(Duration.ofDays(1)));
            }
            if (!sample.appeal().isEmpty() && matter.authorId() != 0) {
                appeal(file, matter, sample.appeal(), at.plus(Duration.ofDays(2)));
            }
        }
    }

    private void appeal(long file, Matter matter, String reason, Instant at) {
        var day = LocalDate.ofInstant(at, Time.ZONE);
        statements.appeal(
                file,
                matter.authorId(),
                reason,
                at,
                day.plusDays(statements.rules(matter.bodyKey(), day).appealDays()));
    }

    private static AnswerForm answer(Sample sample) {
        return new AnswerForm(
                UUID.randomUUID().toString(),
                1,
                "conditions",
                "city",
                "city",
                "120",
                sample.estimate().typed(),
                "Nach den Preisen ähnlicher Vorhaben.",
                sample.said());
    }
}
