package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.shared.Problems;
import motette.shared.Time;

/**
 * A plan as it was typed.
 *
 * @param days    one or many, each in a line
 * @param urgency why another day cannot leave the usual notice
 */
@Introspected
record SessionForm(String days, String time, String venue, String address, String reason, String urgency) {

    /** So many sessions are planned at once at most: one a week. */
    static final int MOST_DAYS = 53;

    private static final int LONGEST_PLACE = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;
    private static final Pattern GERMAN = Pattern.compile("(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

    static SessionForm at(String venue, String address) {
        return new SessionForm("", "", venue, address, "", "");
    }

    static SessionForm of(CouncilSession session) {
        var starts = session.startsAt().atZone(Time.ZONE);
        return new SessionForm(
                starts.toLocalDate().toString(),
                starts.toLocalTime().toString(),
                session.venue(),
                session.address(),
                "",
                "");
    }

    static SessionForm of(Map<String, String> fields) {
        return new SessionForm(
                text(fields, "days", 2000),
                text(fields, "time", 20),
                line(fields, "venue"),
                line(fields, "address"),
                text(fields, "reason", 2 * LONGEST_REASON),
                text(fields, "urgency", 2 * LONGEST_REASON));
    }

    SessionForm because(String words) {
        return new SessionForm(days, time, venue, address, words, urgency);
    }

    /** The lines that say something. */
    List<String> typedDays() {
        return days.lines()
                .flatMap(line -> List.of(line.split("[,;]")).stream())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** A day as people or browsers write it: 14.01.2027 or 2027-01-14. */
    static Optional<LocalDate> day(String typed) {
        var german = GERMAN.matcher(typed);
        var iso = ISO.matcher(typed);
        try {
            if (german.matches()) {
                return Optional.of(
                        LocalDate.of(number(german.group(3)), number(german.group(2)), number(german.group(1))));
            } else if (iso.matches()) {
                return Optional.of(LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3))));
            } else {
                return Optional.empty();
            }
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    Optional<LocalTime> clock() {
        var typed = time.replace('.', ':');
        try {
            return typed.matches("\\d{1,2}:\\d{2}")
                    ? Optional.of(LocalTime.of(number(typed.split(":")[0]), number(typed.split(":")[1])))
                    : Optional.empty();
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** What can be said without looking at other sessions. */
    Problems problems(Instant now, boolean asksReason) {
        var problems = Problems.none();
        var typed = typedDays();
        if (typed.isEmpty()) {
            problems.add("days", "sessions.problem.days.missing");
        } else if (typed.size() > MOST_DAYS) {
            problems.add("days", "sessions.problem.days.many", MOST_DAYS);
        }
        typed.stream()
                .filter(each -> day(each).isEmpty())
                .findFirst()
                .ifPresent(each -> problems.add("days", "sessions.problem.days.unreadable", each));
        if (clock().isEmpty()) {
            problems.add("time", "sessions.problem.time");
        }
        if (length(venue) < 2) {
            problems.add("venue", "sessions.problem.venue");
        } else if (length(venue) > LONGEST_PLACE) {
            problems.add("venue", "sessions.problem.place.long", LONGEST_PLACE);
        }
        if (length(address) > LONGEST_PLACE) {
            problems.add("address", "sessions.problem.place.long", LONGEST_PLACE);
        }
        if (asksReason) {
            reasonProblem(problems);
        }
        return problems.isEmpty() ? tooEarlyOrLate(now) : problems;
    }

    Problems reasonProblem(Problems problems) {
        if (length(reason) < SHORTEST_REASON) {
            problems.add("reason", "sessions.problem.reason.short");
        } else if (length(reason) > LONGEST_REASON) {
            problems.add("reason", "sessions.problem.reason.long", LONGEST_REASON);
        }
        return problems;
    }

    /** @param noticeDays as the rules ask for; at least 1 */
    void urgencyProblem(Problems problems, int noticeDays) {
        if (length(urgency) < SHORTEST_REASON) {
            problems.add("urgency", "sessions.problem.urgency", noticeDays);
        } else if (length(urgency) > LONGEST_REASON) {
            problems.add("urgency", "sessions.problem.reason.long", LONGEST_REASON);
        }
    }

    private Problems tooEarlyOrLate(Instant now) {
        var problems = Problems.none();
        var lastDay = now.atZone(Time.ZONE).toLocalDate().plusYears(2);
        for (var appointment : appointments()) {
            if (!appointment.startsAt().isAfter(now)) {
                problems.add("days", "sessions.problem.days.past", appointment.day());
            } else if (appointment.day().isAfter(lastDay)) {
                problems.add("days", "sessions.problem.days.far", appointment.day(), lastDay);
            }
        }
        return problems;
    }

    /** Each day once, in order; only where {@link #problems} are none. */
    List<Appointment> appointments() {
        var appointments = new ArrayList<Appointment>();
        var at = clock().orElseThrow();
        typedDays().stream()
                .map(each -> day(each).orElseThrow())
                .distinct()
                .sorted()
                .forEach(day -> appointments.add(
                        new Appointment(day.atTime(at).atZone(Time.ZONE).toInstant(), venue, address)));
        return List.copyOf(appointments);
    }

    /** As the database counts: a sign beyond the first plane is one. */
    static int length(String words) {
        return words.codePointCount(0, words.length());
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static String line(Map<String, String> fields, String name) {
        return text(fields, name, 2 * LONGEST_PLACE).replaceAll("\\s+", " ");
    }

    private static String text(Map<String, String> fields, String name, int longest) {
        var text = fields.getOrDefault(name, "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
