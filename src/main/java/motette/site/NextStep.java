package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import motette.shared.Message;

/**
 * What happens next in a district, who does it and by when.
 *
 * @param state of the timeline: now or next
 */
@Introspected
record NextStep(String state, Message what, Message when) {

    /** A year's money is spent within the year; after the closing day new ideas count for the next one. */
    static List<NextStep> of(DistrictRow district, LocalDate today) {
        var steps = new ArrayList<NextStep>();
        var end = LocalDate.of(today.getYear(), 12, 31);
        var left = daysLeft(today);
        if (district.open() && district.money().available() > 0) {
            steps.add(new NextStep(
                    "now",
                    Message.of("district.next.decide", district.bodyName(), district.waiting()),
                    Message.of("district.next.until", String.valueOf(end.getYear()), end, left)));
        } else {
            steps.add(new NextStep(
                    "now",
                    Message.of("district.next.decide", district.bodyName(), district.waiting()),
                    Message.of(
                            district.open() ? "district.next.spent" : "district.next.no-budget",
                            String.valueOf(today.getYear()))));
        }
        if (district.closesOn().isEmpty()) {
            steps.add(new NextStep(
                    "next", Message.of("district.next.all-year"), Message.of("district.next.all-year.when")));
        } else {
            var closing = MonthDay.parse("--" + district.closesOn());
            var late = MonthDay.from(today).isAfter(closing);
            var closes = closing.atYear(today.getYear() + (late ? 1 : 0));
            steps.add(new NextStep(
                    "next",
                    Message.of("district.next.propose", String.valueOf(closes.getYear())),
                    Message.of("district.next.propose.when", closes)));
        }
        return steps;
    }

    static long daysLeft(LocalDate today) {
        return ChronoUnit.DAYS.between(today, LocalDate.of(today.getYear(), 12, 31));
    }
}
