package motette.grants;

import io.micronaut.context.annotation.Value;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Texts;

/** Mails of a proof of use that is due: two weeks before and once after, each once for each day on which it is due, whichever copy of the portal comes first. */
@Singleton
class GrantReminders {

    private static final int DAYS_BEFORE = 14;

    private final Outbox outbox;
    private final Texts texts;
    private final Sql sql;
    private final Clock clock;
    private final String home;

    GrantReminders(Outbox outbox, Texts texts, Sql sql, Clock clock, @Value("${motette.base-url}") String home) {
        this.outbox = outbox;
        this.texts = texts;
        this.sql = sql;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    private record Due(long resolution, String kind, LocalDate day, String title, String email, Locale language) {}

    @Scheduled(fixedDelay = "1h", initialDelay = "4m")
    @Transactional
    public void remind() {
        var today = LocalDate.now(clock);
        sql.list(
                        """
                        with due as (
                            insert into grant_reminders (resolution_id, kind, sent_at, proof_due)
                            select n.resolution_id, case when t.proof_due < ? then 'after' else 'before' end, ?, t.proof_due
                              from grant_notices n join grant_balances b on b.resolution_id = n.resolution_id, grant_terms(n.resolution_id) t
                             where b.paid_cents > 0 and t.amount_cents > 0 and t.proof_due <= ? and not resolution_rests(n.resolution_id)
                               and not exists (select from grant_ends e where e.resolution_id = n.resolution_id)
                               and not exists (select from grant_proofs p left join grant_proof_answers a
                                       on (a.resolution_id, a.version) = (p.resolution_id, p.version)
                                       where p.resolution_id = n.resolution_id and p.kind = 'final' and a.outcome is distinct from 'returned')
                            on conflict do nothing returning resolution_id, kind, proof_due)
                        select d.resolution_id, d.kind, d.proof_due, v.title, p.email, p.language
                          from due d
                          join resolutions r on r.id = d.resolution_id
                          join applications a on a.id = r.application_id
                          join application_versions v on (v.application_id, v.version) = (r.application_id, r.application_version)
                          join persons p on p.id = a.applicant_id
                         where p.email is not null and p.erased_at is null\
                        """,
                        row -> new Due(
                                row.getLong(1),
                                row.getString(2),
                                row.getDate(3).toLocalDate(),
                                row.getString(4),
                                row.getString(5),
                                Languages.find(row.getString(6)).orElse(Languages.standard())),
                        today,
                        clock.instant(),
                        today.plusDays(DAYS_BEFORE))
                .forEach(due -> outbox.post(
                        "grant-" + due.resolution() + "-" + due.kind() + "-" + due.day(),
                        due.email(),
                        texts.get(due.language(), "grants.mail.subject", due.title()),
                        texts.get(
                                due.language(),
                                "grants.mail." + due.kind(),
                                due.title(),
                                due.day(),
                                home + "/grants/" + due.resolution() + "/file")));
    }
}
