package motette.town;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.shared.Time;
import motette.votes.SampleRounds;

/** A voting round is open in two districts, for about three weeks from the first start on. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoRounds implements PackImport {

    /** Mitte and Ost. */
    private static final List<String> DISTRICTS = List.of("0", "2");

    private static final long EACH_CENTS = 1_500_000;

    private final SampleRounds rounds;
    private final Clock clock;

    DemoRounds(SampleRounds rounds, Clock clock) {
        this.rounds = rounds;
        this.clock = clock;
    }

    @Override
    public int storey() {
        return 93;
    }

    @Override
    public void importFrom(CityPack pack) {
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        rounds.announce(
                new SampleRounds.Sample(
                        "mitte-und-ost",
                        "Was soll in Mitte und Ost zuerst kommen?",
                        "In jedem der beiden Stadtbezirke ist Geld für einen Teil der Ideen da. Welche sollen es sein?",
                        DISTRICTS,
                        EACH_CENTS,
                        at(today.minusDays(9), 10),
                        at(today.minusDays(2), 8),
                        at(today.plusDays(21), 18)),
                Town.administrator());
    }

    private static java.time.Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(Time.ZONE).toInstant();
    }
}
