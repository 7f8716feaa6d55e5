package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import motette.shared.Problems;

/** The key facts of a round as typed. */
@Introspected
record RoundForm(
        String title,
        String slug,
        String intro,
        String form,
        String mostPoints,
        String minimumAge,
        boolean further,
        TypedMoment opens,
        TypedMoment closes,
        String rule,
        String leastVotes) {

    static final Set<String> RULES = Set.of("votes", "ratio", "shares", "shares-greedy");

    private static final Set<String> FORMS = Set.of("approval", "budget", "points");

    /** Words of addresses below /votes that are no rounds. */
    private static final Set<String> TAKEN = Set.of(
            "desk",
            "new",
            "paper",
            "papers",
            "kiosk",
            "choice",
            "choices",
            "receipt",
            "receipts",
            "result",
            "results",
            "help");

    private static final int LONGEST_TITLE = 120;
    private static final int SHORTEST_TITLE = 5;
    private static final int LONGEST_INTRO = 2000;
    private static final int LONGEST_SLUG = 60;
    private static final int SHORTEST_SLUG = 3;
    private static final int MOST_POINTS = 10;
    private static final int OLDEST = 99;
    private static final int MOST_LEAST_VOTES = 100_000;

    static RoundForm fresh(int minimumAge) {
        return new RoundForm(
                "",
                "",
                "",
                "budget",
                "3",
                String.valueOf(minimumAge),
                false,
                new TypedMoment("", "08:00"),
                new TypedMoment("", "18:00"),
                "shares",
                "0");
    }

    static RoundForm of(Map<String, String> sent) {
        return new RoundForm(
                Typed.line(sent, "title"),
                Typed.line(sent, "slug"),
                Typed.text(sent, "intro"),
                Typed.line(sent, "form"),
                Typed.line(sent, "most_points"),
                Typed.line(sent, "minimum_age"),
                sent.containsKey("further"),
                new TypedMoment(Typed.line(sent, "opens_on"), Typed.line(sent, "opens_at")),
                new TypedMoment(Typed.line(sent, "closes_on"), Typed.line(sent, "closes_at")),
                Typed.line(sent, "rule"),
                Typed.line(sent, "least_votes"));
    }

    static RoundForm of(Round round) {
        return new RoundForm(
                round.title(),
                round.slug(),
                round.intro(),
                round.form().key(),
                round.mostPoints() == 0 ? "3" : String.valueOf(round.mostPoints()),
                String.valueOf(round.minimumAge()),
                round.furtherDistrict(),
                TypedMoment.of(round.opensAt()),
                TypedMoment.of(round.closesAt()),
                round.rule(),
                String.valueOf(round.leastVotes()));
    }

    Problems problems() {
        var problems = Problems.none();
        if (title.length() < SHORTEST_TITLE || title.length() > LONGEST_TITLE) {
            problems.add("title", "votes.desk.problem.title", (long) SHORTEST_TITLE, (long) LONGEST_TITLE);
        }
        if (!address().matches("[a-z0-9]+(-[a-z0-9]+)*")
                || address().length() < SHORTEST_SLUG
                || address().length() > LONGEST_SLUG) {
            problems.add("slug", "votes.desk.problem.slug", (long) SHORTEST_SLUG, (long) LONGEST_SLUG);
        } else if (TAKEN.contains(address())) {
            problems.add("slug", "votes.desk.problem.slug-taken", address());
        }
        if (intro.length() > LONGEST_INTRO) {
            problems.add("intro", "votes.desk.problem.long", (long) LONGEST_INTRO);
        }
        if (!FORMS.contains(form)) {
            problems.add("form", "votes.desk.problem.form");
        } else if (form.equals("points") && !within(mostPoints, 1, MOST_POINTS)) {
            problems.add("most_points", "votes.desk.problem.points", (long) MOST_POINTS);
        }
        if (!within(minimumAge, 0, OLDEST)) {
            problems.add("minimum_age", "votes.desk.problem.age", (long) OLDEST);
        }
        opens.check(problems, "opens_on");
        closes.check(problems, "closes_on");
        if (opens.instant().isPresent()
                && closes.instant().isPresent()
                && !closes.instant().get().isAfter(opens.instant().get())) {
            problems.add("closes_on", "votes.desk.problem.order");
        }
        if (!RULES.contains(rule)) {
            problems.add("rule", "votes.desk.problem.rule");
        }
        if (!within(leastVotes, 0, MOST_LEAST_VOTES)) {
            problems.add("least_votes", "votes.desk.problem.least", (long) MOST_LEAST_VOTES);
        }
        return problems;
    }

    /** The word of the address as typed; from the title where none was. */
    String address() {
        return slug.isEmpty() ? fromTitle() : slug.toLowerCase(Locale.ROOT);
    }

    private String fromTitle() {
        var plain = Normalizer.normalize(
                        title.toLowerCase(Locale.ROOT)
                                .replace("ä", "ae")
                                .replace("ö", "oe")
                                .replace("ü", "ue")
                                .replace("ß", "ss"),
                        Normalizer.Form.NFD)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.length() > LONGEST_SLUG ? plain.substring(0, LONGEST_SLUG).replaceAll("-[^-]*$", "") : plain;
    }

    private static boolean within(String typed, int least, int most) {
        var number = Typed.number(typed);
        return number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most;
    }
}
