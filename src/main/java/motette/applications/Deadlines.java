package motette.applications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.bodies.RulesOfProcedure;
import motette.places.WorkingDays;
import org.jspecify.annotations.Nullable;

/** By when an application must be complete for a session, in working days of the calendar of holidays and the rules of the body. */
@Singleton
class Deadlines {

    /** A body that planned further than this has another next session by then. */
    private static final int MOST_SESSIONS = 40;

    private final Bodies bodies;
    private final Collection<SessionDates> sessions;
    private final WorkingDays days;
    private final Clock clock;

    Deadlines(Bodies bodies, Collection<SessionDates> sessions, WorkingDays days, Clock clock) {
        this.bodies = bodies;
        this.sessions = sessions;
        this.days = days;
        this.clock = clock;
    }

    /**
     * Which session an application comes to.
     *
     * @param session  the first it is in time for; null where none is planned
     * @param lastDay  the last day on which it may be complete for that session; null with it
     * @param missed   the next session of the body where the application is too late for it; null otherwise
     * @param leadDays working days between the last day and the session
     */
    @Introspected
    record Outlook(
            @Nullable LocalDate session,
            @Nullable LocalDate lastDay,
            @Nullable LocalDate missed,
            int leadDays) {

        boolean isFixed() {
            return session != null;
        }
    }

    /** @param complete the day on which it was complete, or today while it is not */
    @Connectable
    Outlook outlook(Body body, LocalDate complete) {
        var today = LocalDate.now(clock);
        int lead = bodies.rulesOf(body.key(), today)
                .map(RulesOfProcedure::leadWorkingDays)
                .orElse(0);
        LocalDate missed = null;
        var session = next(body.key(), today.minusDays(1));
        for (int i = 0; session.isPresent() && i < MOST_SESSIONS; i++) {
            if (days.refusal(session.get().getYear()).isPresent()) {
                break;
            }
            var last = days.lastDayBefore(session.get(), lead);
            if (!complete.isAfter(last)) {
                return new Outlook(session.get(), last, missed, lead);
            }
            missed = missed == null ? session.get() : missed;
            session = next(body.key(), session.get());
        }
        return new Outlook(null, null, missed, lead);
    }

    /** The day by which something that came on a day is to be done, and how many days that is from today. */
    @Connectable
    Promise promise(LocalDate from, int workingDays) {
        return promises().of(from, workingDays);
    }

    /** For many. */
    @Connectable
    Promises promises() {
        return new Promises(days, LocalDate.now(clock));
    }

    record Promises(WorkingDays days, LocalDate today) {

        Promise of(LocalDate from, int workingDays) {
            var by = days.after(from, workingDays);
            return new Promise(by, ChronoUnit.DAYS.between(today, by));
        }
    }

    /** @param daysLeft negative when overdue */
    @Introspected
    record Promise(LocalDate by, long daysLeft) {

        boolean overdue() {
            return daysLeft < 0;
        }
    }

    private Optional<LocalDate> next(String bodyKey, LocalDate after) {
        return sessions.stream()
                .flatMap(dates -> dates.next(bodyKey, after).stream())
                .min(LocalDate::compareTo);
    }
}
