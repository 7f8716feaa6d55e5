package motette.signin;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long sign-ins last: {@code motette.sign-in.*}. Staff is whoever holds a role on the day. */
@Singleton
record SignInLife(
        @Value("${motette.sign-in.strong}") Duration strong,
        @Value("${motette.sign-in.resident-life}") Duration residentLife,
        @Value("${motette.sign-in.resident-idle}") Duration residentIdle,
        @Value("${motette.sign-in.staff-life}") Duration staffLife,
        @Value("${motette.sign-in.staff-idle}") Duration staffIdle) {

    /** From the start to the last end, however often somebody comes. */
    Duration life(boolean staff) {
        return staff ? staffLife : residentLife;
    }

    /** How long a sign-in waits for somebody who does not come. */
    Duration idle(boolean staff) {
        return staff ? staffIdle : residentIdle;
    }
}
