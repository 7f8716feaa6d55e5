package motette.signin;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** How long sign-ins last: {@code motette.sign-in.*}. Staff is whoever holds a role on the day. */
@Singleton
record SignInLife(
        @Value("${motette.sign-in.strong}") Duration strong,
        @Value("${motette.sign-in.grace}") Duration grace,
        @Value("${motette.sign-in.resident-life}") Duration residentLife,
        @Value("${motette.sign-in.resident-idle}") Duration residentIdle,
        @Value("${motette.sign-in.staff-life}") Duration staffLife,
        @Value("${motette.sign-in.staff-idle}") Duration staffIdle,
        @Value("${motette.sign-in.kept}") Duration kept) {

    /** The last moment of a sign-in, however often somebody comes. */
    Instant lastEnd(Instant startedAt, boolean staff) {
        return startedAt.plus(staff ? staffLife : residentLife);
    }

    /** Until when a sign-in waits for somebody who does not come. */
    Instant end(Instant startedAt, Instant now, boolean staff) {
        var idle = now.plus(staff ? staffIdle : residentIdle);
        var last = lastEnd(startedAt, staff);
        return idle.isBefore(last) ? idle : last;
    }
}
