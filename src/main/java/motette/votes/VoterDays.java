package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many people voted on each day, as far as the public reads it. Days of fewer than ten are joined with those after them. While the
 * round runs, the last days that could be told wait for the next ten people, because fewer than ten who come after them must be joined
 * with them at the end; so nothing that stood here is ever told apart by subtraction.
 *
 * @param spans earliest first
 */
@Introspected
record VoterDays(List<Span> spans) {

    static final VoterDays NOTHING = new VoterDays(List.of());

    /**
     * @param to     the same day as from, or the last of several that are told together
     * @param people at least ten
     * @param width  of its bar: percent of the largest
     */
    @Introspected
    record Span(LocalDate from, LocalDate to, long people, int width) {

        boolean isOneDay() {
            return from.equals(to);
        }
    }

    /**
     * @param people who voted on a day; none where it is missing
     * @param first  day of the round
     * @param last   day that is over
     * @param ended  nobody can vote after it any more
     */
    static VoterDays of(Map<LocalDate, Long> people, LocalDate first, LocalDate last, boolean ended) {
        var spans = new ArrayList<Span>();
        var from = first;
        long waiting = 0;
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            waiting += people.getOrDefault(day, 0L);
            if (waiting >= Groups.LEAST) {
                spans.add(new Span(from, day, waiting, 0));
                from = day.plusDays(1);
                waiting = 0;
            }
        }
        if (!spans.isEmpty()) {
            var end = spans.removeLast();
            if (ended) {
                spans.add(new Span(end.from(), last, end.people() + waiting, 0));
            }
        }
        return withWidths(spans);
    }

    private static VoterDays withWidths(List<Span> spans) {
        long most = spans.stream().mapToLong(Span::people).max().orElse(1);
        return new VoterDays(spans.stream()
                .map(span ->
                        new Span(span.from(), span.to(), span.people(), (int) Math.ceilDiv(span.people() * 100, most)))
                .toList());
    }
}
