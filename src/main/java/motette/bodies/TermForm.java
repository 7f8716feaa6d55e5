package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import java.util.UUID;
import motette.shared.Problems;

/** A term as it was typed. */
@Introspected
record TermForm(String requestId, String from, String to, String seats, boolean chairVotes, String source) {

    private static final int MOST_SEATS = 200;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 500;

    static TermForm fresh(Body body) {
        return new TermForm(UUID.randomUUID().toString(), "", "", String.valueOf(body.seats()), body.chairVotes(), "");
    }

    static TermForm of(Map<String, String> sent) {
        return new TermForm(
                Typed.line(sent, "request_id"),
                Typed.line(sent, "term_from"),
                Typed.line(sent, "term_to"),
                Typed.line(sent, "seats"),
                sent.containsKey("chair_votes"),
                Typed.line(sent, "term_source"));
    }

    Problems problems() {
        var problems = Problems.none();
        var first = Typed.day(from);
        var last = Typed.day(to);
        if (first.isEmpty()) {
            problems.add("term_from", "bodies.problem.day");
        }
        if (!to.isEmpty() && last.isEmpty()) {
            problems.add("term_to", "bodies.problem.day");
        } else if (last.isPresent() && last.get().isBefore(first.orElse(last.get()))) {
            problems.add("term_to", "bodies.problem.order");
        }
        if (Typed.number(seats, 1, MOST_SEATS).isEmpty()) {
            problems.add("seats", "bodies.problem.number", 1, MOST_SEATS);
        }
        source("term_source", source, problems);
        return problems;
    }

    static void source(String field, String source, Problems problems) {
        int length = source.codePointCount(0, source.length());
        if (length < SHORTEST || length > LONGEST) {
            problems.add(field, "bodies.problem.source", LONGEST);
        }
    }

    Term term() {
        return new Term(
                Typed.day(from).orElseThrow(),
                Typed.day(to).orElse(null),
                Typed.number(seats, 1, MOST_SEATS).orElseThrow(),
                chairVotes,
                source);
    }
}
