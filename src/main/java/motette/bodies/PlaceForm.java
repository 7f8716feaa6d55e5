package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import motette.shared.Problems;

/** A meeting place as it was typed. */
@Introspected
record PlaceForm(
        String requestId,
        String from,
        String venue,
        String address,
        String accessibility,
        String email,
        String phone,
        String source) {

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_PHONE = 60;

    static PlaceForm fresh(MeetingPlace place, LocalDate today) {
        return new PlaceForm(
                UUID.randomUUID().toString(),
                today.toString(),
                place.venue(),
                place.address(),
                place.accessibility(),
                place.email(),
                place.phone(),
                "");
    }

    static PlaceForm of(Map<String, String> sent) {
        return new PlaceForm(
                Typed.line(sent, "request_id"),
                Typed.line(sent, "place_from"),
                Typed.line(sent, "venue"),
                Typed.line(sent, "address"),
                Typed.line(sent, "accessibility"),
                Typed.line(sent, "email"),
                Typed.line(sent, "phone"),
                Typed.line(sent, "place_source"));
    }

    Problems problems(LocalDate today) {
        var problems = Problems.none();
        var first = Typed.day(from);
        if (first.isEmpty()) {
            problems.add("place_from", "bodies.problem.day");
        } else if (first.get().isBefore(today)) {
            problems.add("place_from", "bodies.problem.past");
        }
        if (venue.isEmpty()) {
            problems.add("venue", "bodies.problem.venue");
        }
        tooLong("venue", venue, LONGEST_LINE, problems);
        tooLong("address", address, LONGEST_LINE, problems);
        tooLong("accessibility", accessibility, LONGEST_TEXT, problems);
        if (!email.isEmpty()
                && (email.length() > LONGEST_LINE || !email.matches("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\".]{2,}"))) {
            problems.add("email", "bodies.problem.email");
        }
        if (!phone.matches("[+()/0-9 -]{0,60}")) {
            problems.add("phone", "bodies.problem.phone", LONGEST_PHONE);
        }
        TermForm.source("place_source", source, problems);
        return problems;
    }

    MeetingPlace place() {
        return new MeetingPlace(Typed.day(from).orElseThrow(), venue, address, accessibility, email, phone, source);
    }

    private static void tooLong(String field, String text, int most, Problems problems) {
        if (text.codePointCount(0, text.length()) > most) {
            problems.add(field, "bodies.problem.long", most);
        }
    }
}
