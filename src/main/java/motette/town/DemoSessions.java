package motette.town;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;
import motette.council.SampleSessions;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.Places;
import motette.shared.Time;

/** Every district council meets on the second Wednesday of a month; in Ost the first has an agenda, one is moved and one cancelled. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoSessions implements PackImport {

    private static final int MONTHS = 7;

    private final SampleSessions sessions;
    private final Places places;
    private final Clock clock;

    DemoSessions(SampleSessions sessions, Places places, Clock clock) {
        this.sessions = sessions;
        this.places = places;
        this.clock = clock;
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
        }
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
