package motette.signin;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Sign-ins are deleted some time after their end, their tokens at once. Many copies may do it at once: each row goes once. */
@Singleton
class SignInsForgetting {

    private final SignInRows rows;
    private final SignInLife life;
    private final Clock clock;

    SignInsForgetting(SignInRows rows, SignInLife life, Clock clock) {
        this.rows = rows;
        this.life = life;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "3m")
    void forget() {
        rows.forget(clock.instant().minus(life.kept()));
    }
}
