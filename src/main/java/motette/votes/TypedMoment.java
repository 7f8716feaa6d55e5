package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.shared.Problems;
import motette.shared.Time;

/**
 * A day and a time of day as typed, on the wall clock of the city. When clocks go forward an hour is missing, when they go back one
 * comes twice: a time in either is no time, and the sentence says so.
 *
 * @param day  as a browser sends it, 2027-03-28, or as people write it, 28.3.2027
 * @param time 18:00, 18.00 or 18
 */
@Introspected
record TypedMoment(String day, String time) {

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    private static final Pattern GERMAN = Pattern.compile("(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})(?:[:.](\\d\\d))?(?:\\s?Uhr)?");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    static TypedMoment of(Instant at) {
        var local = LocalDateTime.ofInstant(at, Time.ZONE);
        return new TypedMoment(local.toLocalDate().toString(), HOUR.format(local));
    }

    /** Empty where there is no such moment or two of them. */
    Optional<Instant> instant() {
        return local().filter(local -> offsets(local) == 1)
                .map(local -> local.atZone(Time.ZONE).toInstant());
    }

    /** Says what is wrong with it, if anything. */
    void check(Problems problems, String field) {
        if (readDay().isEmpty()) {
            problems.add(field, "votes.desk.problem.day");
        } else if (readTime().isEmpty()) {
            problems.add(field, "votes.desk.problem.time");
        } else {
            local().ifPresent(local -> {
                if (offsets(local) == 0) {
                    problems.add(field, "votes.desk.problem.gap", local.toLocalDate(), HOUR.format(local));
                } else if (offsets(local) > 1) {
                    problems.add(field, "votes.desk.problem.overlap", local.toLocalDate(), HOUR.format(local));
                }
            });
        }
    }

    private static int offsets(LocalDateTime local) {
        return Time.ZONE.getRules().getValidOffsets(local).size();
    }

    private Optional<LocalDateTime> local() {
        return readDay().flatMap(date -> readTime().map(date::atTime));
    }

    private Optional<LocalDate> readDay() {
        try {
            var iso = ISO.matcher(day);
            var german = GERMAN.matcher(day);
            if (iso.matches()) {
                return sensible(LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3))));
            } else if (german.matches()) {
                return sensible(
                        LocalDate.of(number(german.group(3)), number(german.group(2)), number(german.group(1))));
            } else {
                return Optional.empty();
            }
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> sensible(LocalDate day) {
        return day.getYear() >= 2000 && day.getYear() < 2100 ? Optional.of(day) : Optional.empty();
    }

    private Optional<LocalTime> readTime() {
        var typed = TIME.matcher(time);
        if (typed.matches()) {
            int hour = number(typed.group(1));
            int minute = typed.group(2) == null ? 0 : number(typed.group(2));
            return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
        } else {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
