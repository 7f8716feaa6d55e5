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

/**
 * A voting round is open in two districts, for about three weeks from the first start on; one in two others was published before it,
 * so that a result can be looked at and recounted.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoRounds implements PackImport {

    /** Mitte and Ost. */
    private static final List<String> DISTRICTS = List.of("0", "2");

    private static final long EACH_CENTS = 1_500_000;

    /** Süd and Alt-West. */
    private static final List<String> COUNTED = List.of("4", "7");

    private static final long COUNTED_CENTS = 1_200_000;

    private static final int VOTERS = 412;

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
                        "budget",
                        "votes",
                        DISTRICTS,
                        EACH_CENTS,
                        at(today.minusDays(9), 10),
                        at(today.minusDays(2), 8),
                        at(today.plusDays(21), 18)),
                Town.administrator());
        rounds.publish(
                new SampleRounds.Sample(
                        "sued-und-alt-west",
                        "Was tut Süd und Alt-West am meisten gut?",
                        "Eine Woche lang wurde abgestimmt. Alle Stimmen sind ausgedacht, damit Sie ein Ergebnis"
                                + " ansehen und nachzählen können.",
                        "approval",
                        "shares",
                        COUNTED,
                        COUNTED_CENTS,
                        at(today.minusDays(10), 10),
                        at(today.minusDays(9), 8),
                        at(today.minusDays(2), 18)),
                VOTERS,
                Town.administrator(),
                Town.officer());
    }

    private static java.time.Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(Time.ZONE).toInstant();
    }
}
