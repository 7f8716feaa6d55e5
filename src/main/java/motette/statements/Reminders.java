package motette.statements;

import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import motette.places.WorkingDays;
import motette.shared.Time;

/** Reminds offices once before a deadline and once after it. What is late is late without this job; it only writes. */
@Singleton
class Reminders {

    private final StatementRepository statements;
    private final StatementMails mails;
    private final WorkingDays days;
    private final Clock clock;

    Reminders(StatementRepository statements, StatementMails mails, WorkingDays days, Clock clock) {
        this.statements = statements;
        this.mails = mails;
        this.days = days;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "30m", initialDelay = "4m")
    @Transactional
    public void look() {
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        for (var deadline : statements.deadlines(today)) {
            var late = deadline.due().isBefore(today);
            if ((late || !days.after(today, deadline.remindDays()).isBefore(deadline.due()))
                    && statements.remind(deadline.requestId(), late ? "overdue" : "soon", clock.instant())) {
                statements
                        .request(deadline.requestId())
                        .ifPresent(found -> statements
                                .matter(found.subject())
                                .ifPresent(matter -> mails.remind(late ? "overdue" : "soon", found.request(), matter)));
            }
        }
    }
}
