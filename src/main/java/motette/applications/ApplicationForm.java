package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.bodies.Responsible;
import motette.places.Places;
import motette.shared.Money;
import motette.shared.Problems;

/** What is typed into an application: which fields a step has, how they are read and what is wrong with them. */
@Introspected
record ApplicationForm(Map<String, String> fields) {

    static final List<String> STEPS = List.of("place", "plan", "applicant", "money", "documents", "check");

    private static final Map<String, List<String>> FIELDS = Map.of(
            "place", List.of("title", "quarter", "community", "addressee", "place"),
            "plan", List.of("kind", "what", "for-whom", "how", "partners", "from", "to"),
            "applicant",
                    List.of(
                            "legal",
                            "name",
                            "legal-form",
                            "contact",
                            "street",
                            "postcode",
                            "town",
                            "phone",
                            "email",
                            "confirmed",
                            "consent",
                            "received"),
            "money", List.of("asked"));

    /** A box that is not ticked is not sent. */
    private static final Set<String> BOXES = Set.of("confirmed", "consent", "kind", "legal");

    private static final int LONGEST_FIELD = 6_000;

    /** What a step sends, as it is kept: its own fields only, without what no database keeps. */
    static Map<String, String> typed(String step, Map<String, String> sent) {
        var typed = new HashMap<String, String>();
        for (var name : FIELDS.getOrDefault(step, List.of())) {
            if (sent.containsKey(name)) {
                typed.put(name, clean(sent.getOrDefault(name, "")));
            } else if (BOXES.contains(name)) {
                typed.put(name, "");
            }
        }
        if (step.equals("money")) {
            sent.forEach((name, value) -> {
                if (name.matches("(cost|finance)([1-9]|[12][0-9]|30)-(what|amount|source)")) {
                    typed.put(name, clean(value));
                }
            });
        }
        return typed;
    }

    private static String clean(String text) {
        var clean = text.replace("\u0000", "").replace("\r\n", "\n");
        return clean.codePointCount(0, clean.length()) > LONGEST_FIELD
                ? clean.substring(0, clean.offsetByCodePoints(0, LONGEST_FIELD))
                : clean;
    }

    String get(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    boolean has(String name) {
        return !get(name).isEmpty();
    }

    boolean is(String name, String value) {
        return get(name).equals(value);
    }

    String title() {
        return get("title").replaceAll("\\s+", " ");
    }

    boolean isOrganisation() {
        return get("legal").equals("organisation");
    }

    /** The body of the place, or the board of a fund that is asked instead: such a board decides for the whole city. */
    Optional<Responsible.Decided> responsible(Places places, Bodies bodies) {
        var board = boards(bodies).stream()
                .filter(body -> body.key().equals(get("addressee")))
                .findFirst();
        if (board.isPresent()) {
            return places.quarter(get("quarter")).map(quarter -> new Responsible.Decided(board.get(), null));
        }
        return places.quarter(get("quarter"))
                .filter(quarter ->
                        bodies.responsibleFor(quarter.key(), get("community")) instanceof Responsible.Decided)
                .map(quarter -> (Responsible.Decided) bodies.responsibleFor(quarter.key(), get("community")));
    }

    /** Boards of funds of the whole city. */
    static List<Body> boards(Bodies bodies) {
        return bodies.all().stream()
                .filter(body -> body.kind().equals("fundBoard"))
                .toList();
    }

    Optional<LocalDate> day(String name) {
        try {
            return get(name).matches("\\d{4}-\\d\\d-\\d\\d")
                    ? Optional.of(LocalDate.parse(get(name)))
                    : Optional.empty();
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    /** The budget year: that of the first day. */
    int year(LocalDate today) {
        return day("from").map(LocalDate::getYear).orElse(today.getYear());
    }

    Problems placeProblems(Places places, Bodies bodies) {
        var problems = Problems.none();
        length(problems, "title", title(), 5, 120);
        if (places.quarter(get("quarter")).isEmpty()) {
            problems.add("quarter", "applications.problem.quarter");
        } else if (responsible(places, bodies).isEmpty()) {
            problems.add("community", "propose.community.missing");
        }
        length(problems, "place", get("place"), 0, 120);
        return problems;
    }

    /** @param today Berlin time; a project may begin once it is decided, never before it is asked for */
    Problems planProblems(LocalDate today) {
        var problems = Problems.none();
        if (!get("kind").matches("proposal|own-project")) {
            problems.add("kind", "propose.kind.missing");
        }
        length(problems, "what", get("what"), 20, 5_000);
        length(problems, "for-whom", get("for-whom"), 3, 1_000);
        length(problems, "how", get("how"), 10, 3_000);
        length(problems, "partners", get("partners"), 0, 1_000);
        var from = day("from");
        var to = day("to");
        if (from.isEmpty()) {
            problems.add("from", "applications.problem.day");
        } else if (from.get().isBefore(today)) {
            problems.add("from", "applications.problem.begun");
        } else if (from.get().getYear() > today.getYear() + 1) {
            problems.add("from", "applications.problem.far", String.valueOf(today.getYear() + 1));
        }
        if (to.isEmpty()) {
            problems.add("to", "applications.problem.day");
        } else if (from.isPresent() && to.get().isBefore(from.get())) {
            problems.add("to", "applications.problem.order");
        } else if (from.isPresent() && to.get().getYear() != from.get().getYear()) {
            problems.add(
                    "to", "applications.problem.year", String.valueOf(from.get().getYear()));
        }
        return problems;
    }

    Problems applicantProblems(int minimumAge, boolean paper, LocalDate today) {
        var problems = Problems.none();
        if (!get("legal").matches("person|organisation")) {
            problems.add("legal", "applications.problem.legal");
        }
        length(problems, "name", get("name"), 2, 200);
        if (isOrganisation()) {
            length(problems, "contact", get("contact"), 2, 200);
            length(problems, "legal-form", get("legal-form"), 2, 120);
        }
        length(problems, "street", get("street"), 3, 200);
        if (!get("postcode").matches("\\d{5}")) {
            problems.add("postcode", "applications.problem.postcode");
        }
        length(problems, "town", get("town"), 2, 100);
        length(problems, "phone", get("phone"), 0, 60);
        if (has("email") && !get("email").matches("[^\\s@]{1,64}@[^\\s@]{1,180}\\.[^\\s@.]{2,}")) {
            problems.add("email", "sign-in.problem.email");
        }
        if (!is("confirmed", "yes")) {
            problems.add("confirmed", "applications.problem.confirmed", minimumAge);
        }
        if (paper) {
            if (!is("consent", "yes")) {
                problems.add("consent", "applications.problem.consent");
            }
            var received = day("received");
            if (received.isEmpty()) {
                problems.add("received", "applications.problem.day");
            } else if (received.get().isAfter(today) || received.get().isBefore(today.minusDays(90))) {
                problems.add("received", "applications.problem.received");
            }
        }
        return problems;
    }

    /** @param percent own money and own work, of the whole cost */
    static Problems moneyProblems(Plan plan, int percent) {
        var problems = Problems.none();
        for (var line : plan.lines()) {
            var field = line.field().equals("asked") ? "asked" : line.field() + "-amount";
            if (line.cents().isEmpty()) {
                problems.add(field, "applications.problem.amount", line.amount());
            } else if (!line.isWhole()) {
                problems.add(field, "applications.problem.line");
            } else if (line.what().codePointCount(0, line.what().length()) > Plan.LONGEST) {
                problems.add(field, "applications.problem.long", Plan.LONGEST);
            }
        }
        if (plan.cost() == 0) {
            problems.add("cost1-what", "applications.problem.no-cost");
        }
        if (plan.asked() == 0) {
            problems.add("asked", "applications.problem.no-asked");
        }
        if (problems.isEmpty() && !plan.addsUp()) {
            problems.add(
                    "sums",
                    plan.gap() > 0 ? "applications.problem.short" : "applications.problem.over",
                    new Money(Math.abs(plan.gap())));
        } else if (problems.isEmpty() && plan.own() < Plan.ownShare(plan.cost(), percent)) {
            problems.add(
                    "sums", "applications.problem.own-share", percent, new Money(Plan.ownShare(plan.cost(), percent)));
        }
        return problems;
    }

    private static void length(Problems problems, String field, String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        if (length < least && length == 0) {
            problems.add(field, "applications.problem.empty");
        } else if (length < least) {
            problems.add(field, "applications.problem.too-short", least);
        } else if (length > most) {
            problems.add(field, "applications.problem.long", most);
        }
    }
}
