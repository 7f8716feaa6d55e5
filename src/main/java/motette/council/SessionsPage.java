package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import motette.bodies.Body;
import motette.shared.Problems;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/**
 * When bodies meet, by months.
 *
 * @param body  whose sessions; null for all
 * @param year  of the sessions of one body; 0 for what comes
 * @param years those that can be chosen
 * @param form  what was typed by who plans; null for who only reads
 * @param said  what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record SessionsPage(
        @Nullable Body body,
        int year,
        List<Integer> years,
        List<Month> months,
        List<Body> bodies,
        @Nullable SessionForm form,
        Problems problems,
        String said) {

    @Introspected
    record Month(YearMonth month, List<Line> lines) {}

    /** @param over whether it has begun */
    @Introspected
    record Line(CouncilSession session, boolean over) {}

    static List<Month> months(List<CouncilSession> sessions, Instant now) {
        return sessions.stream()
                .collect(Collectors.groupingBy(
                        session -> YearMonth.from(session.startsAt().atZone(Time.ZONE)),
                        TreeMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(month -> month(month, now))
                .toList();
    }

    private static Month month(Map.Entry<YearMonth, List<CouncilSession>> month, Instant now) {
        return new Month(
                month.getKey(),
                month.getValue().stream()
                        .map(session -> new Line(session, session.isOver(now)))
                        .toList());
    }

    boolean isEmpty() {
        return months.isEmpty();
    }

    /** Empty for all. */
    String bodyName() {
        return body == null ? "" : body.name();
    }

    /** Where a calendar follows these sessions. */
    String feed() {
        return body == null ? "/council/sessions.ics" : "/council/" + body.key() + "/sessions.ics";
    }
}
