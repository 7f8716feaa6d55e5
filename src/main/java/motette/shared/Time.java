package motette.shared;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;

/** The one clock. Deadlines are days and hours of this wall clock. */
@Factory
public final class Time {

    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Bean
    @Singleton
    Clock clock() {
        return Clock.system(ZONE);
    }
}
