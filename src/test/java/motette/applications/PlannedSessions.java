package motette.applications;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import motette.Waiting;

/** Sessions that a test plans. */
@Singleton
public class PlannedSessions {

    private final Waiting town;

    PlannedSessions(Waiting town) {
        this.town = town;
    }

    /** These and no others: what the body had planned is cancelled. */
    public void plan(String body, LocalDate... days) {
        town.change("insert into council_session_cancellations (session_id, reason, at, by) select c.id,"
                + " 'Der Test plant anders.', now(), p.id from council_calendar c, persons p where c.body_key = '"
                + body
                + "' and c.cancelled = '' and p.demo_key = 'admin'");
        for (var day : days) {
            town.change("insert into council_sessions (body_key, planned_at, planned_by) select '" + body
                    + "', now(), id from persons where demo_key = 'admin'");
            town.change("insert into council_session_times (session_id, version, starts_at, venue, at, by) select"
                    + " max(s.id), 1,"
                    + " timestamp"
                    + " '" + day + " 18:00' at time zone 'Europe/Berlin', 'Saal', now(), p.id"
                    + " from council_sessions s, persons p where p.demo_key = 'admin' group by p.id");
        }
    }
}
