package motette.council;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Optional;
import motette.applications.SessionDates;
import motette.shared.Time;

/** Applications ask which session they are in time for. */
@Singleton
class PlannedDates implements SessionDates {

    private final SessionRepository sessions;

    PlannedDates(SessionRepository sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<LocalDate> next(String bodyKey, LocalDate after) {
        return sessions.next(bodyKey, after.plusDays(1).atStartOfDay(Time.ZONE).toInstant())
                .map(CouncilSession::day);
    }
}
