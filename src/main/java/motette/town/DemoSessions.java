package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;
import motette.council.HeldSessions;
import motette.council.SampleSessions;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.Places;
import motette.shared.Time;

/**
 * Every district council meets on the second Wednesday of a month; in Ost the first has an agenda, one is moved and one cancelled, and of
 * last month there are signed minutes.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoSessions implements PackImport {

    private static final int MONTHS = 7;

    private final SampleSessions sessions;
    private final HeldSessions held;
    private final Places places;
    private final Clock clock;
    private final boolean someWait;

    DemoSessions(
            SampleSessions sessions,
            HeldSessions held,
            Places places,
            Clock clock,
            @Value("${motette.demo-waiting}") boolean someWait) {
        this.sessions = sessions;
        this.held = held;
        this.places = places;
        this.clock = clock;
        this.someWait = someWait;
    }

    @Override
    public int storey() {
        return 94;
    }

    @Override
    public void importFrom(CityPack pack) {
        places.districts().forEach(district -> plan(district.slug()));
    }

    private void plan(String district) {
        var days = secondWednesdays(LocalDate.now(clock.withZone(Time.ZONE)));
        var body = "sbb-" + district;
        var planned = sessions.plan(body, days, Town.chair(district));
        if (district.equals("ost") && !planned.isEmpty()) {
            sessions.invited(
                    body,
                    LocalDate.now(clock.withZone(Time.ZONE)),
                    List.of("Eröffnung und Feststellung der Beschlussfähigkeit"),
                    List.of("Verschiedenes"),
                    Town.chair(district));
            sessions.agenda(
                    body,
                    planned.getFirst(),
                    List.of(
                            "Eröffnung und Feststellung der Beschlussfähigkeit",
                            "Fragen der Einwohnerinnen und Einwohner"),
                    List.of("Bericht aus der Verwaltung", "Verschiedenes"),
                    Town.chair(district));
            sessions.move(
                    body,
                    planned.get(2),
                    days.get(2).plusDays(1),
                    "Der Saal ist an diesem Abend von der Schule belegt.",
                    Town.chair(district));
            sessions.cancel(
                    planned.get(4), "In den Ferien wäre das Gremium nicht beschlussfähig.", Town.chair(district));
            if (someWait) {
                held.hold(
                        body,
                        lastMonth(LocalDate.now(clock.withZone(Time.ZONE))),
                        Town.chair(district),
                        Town.administrator(),
                        IntStream.rangeClosed(1, 9)
                                .mapToObj(seat -> Town.councillor(district, seat))
                                .toList());
            }
        }
    }

    private static LocalDate lastMonth(LocalDate today) {
        return today.withDayOfMonth(1).minusMonths(1).with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.WEDNESDAY));
    }

    private static List<LocalDate> secondWednesdays(LocalDate today) {
        return IntStream.rangeClosed(0, MONTHS)
                .mapToObj(today.withDayOfMonth(1)::plusMonths)
                .map(first -> first.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.WEDNESDAY)))
                .filter(day -> day.isAfter(today.plusDays(3)))
                .limit(MONTHS - 1)
                .toList();
    }
}
