package motette.allocation.pabulib;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.rules.VoteType;

/** What META says about the election, each value with its place. */
final class Meta {

    /** Keys that decide what is allocated, or what a ballot may hold: two values for one of them would leave a choice. */
    static final Set<String> DECIDING = Set.of(
            "num_projects",
            "num_votes",
            "budget",
            "vote_type",
            "min_length",
            "max_length",
            "min_sum_cost",
            "max_sum_cost",
            "min_points",
            "max_points",
            "min_sum_points",
            "max_sum_points",
            "default_score",
            "scoring_fn");

    static final String CHOOSE_ONE = "choose-1";

    private record Located(String value, Place place) {}

    private final Map<String, Located> values = new HashMap<>();
    private final Warnings warnings;
    private long projects;
    private long votes;
    private BigDecimal budget = BigDecimal.ZERO;
    private VoteType voteType = VoteType.APPROVAL;

    Meta(Warnings warnings) {
        this.warnings = warnings;
    }

    void add(String key, String value, Place keyPlace, Place valuePlace) {
        var before = values.putIfAbsent(key, new Located(value, valuePlace));
        if (before != null) {
            if (DECIDING.contains(key)) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.DUPLICATE_KEY,
                        keyPlace,
                        key,
                        value,
                        "META names " + key + " a second time");
            } else if (warnings.add(Warning.Kind.REPEATED_KEY)) {
                warnings.keep(
                        Warning.Kind.REPEATED_KEY,
                        keyPlace,
                        Quoted.plain(key),
                        value,
                        "stands twice in META; both are kept");
            }
        }
    }

    /** Refuses a META that lacks what every rule needs. */
    void check(Place end) {
        for (var key : new String[] {"num_projects", "num_votes", "budget", "vote_type"}) {
            if (!values.containsKey(key)) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.MISSING_KEY, end, key, "", "META ends here without " + key);
            }
        }
        projects = count("num_projects");
        votes = count("num_votes");
        budget = readBudget();
        voteType = readVoteType();
    }

    long projects() {
        return projects;
    }

    long votes() {
        return votes;
    }

    BigDecimal budget() {
        return budget;
    }

    VoteType voteType() {
        return voteType;
    }

    private long count(String key) {
        var text = text(key);
        var number = Decimals.parse(text);
        if (number.isPresent()
                && number.get().signum() >= 0
                && number.get().scale() == 0
                && number.get().precision() <= 10) {
            return number.get().longValueExact();
        } else {
            throw bad(
                    key,
                    number.isPresent() ? "is " + Quoted.value(RowReader.trim(text)) : Decimals.fault(text),
                    "write a whole number of zero or more");
        }
    }

    private BigDecimal readBudget() {
        var budget = number("budget");
        if (budget.signum() < 0) {
            throw bad("budget", "is " + budget.toPlainString() + ", below zero", "write a number of zero or more");
        }
        return budget;
    }

    private VoteType readVoteType() {
        return switch (RowReader.trim(text("vote_type"))) {
            case "approval", CHOOSE_ONE -> VoteType.APPROVAL;
            case "ordinal" -> VoteType.ORDINAL;
            case "cumulative" -> VoteType.CUMULATIVE;
            case "scoring" -> VoteType.SCORING;
            default ->
                throw new PabulibProblem(
                        PabulibProblem.Kind.BAD_VOTE_TYPE,
                        place("vote_type"),
                        "vote_type",
                        text("vote_type"),
                        "vote_type is " + Quoted.value(text("vote_type"))
                                + "; it must be approval, choose-1, ordinal, cumulative or scoring");
        };
    }

    boolean isChooseOne() {
        return RowReader.trim(text("vote_type")).equals(CHOOSE_ONE);
    }

    /** A number of META that may be left out or empty. */
    Optional<BigDecimal> limit(String key) {
        return values.containsKey(key) && !RowReader.trim(text(key)).isEmpty()
                ? Optional.of(number(key))
                : Optional.empty();
    }

    /** Says so when rankings are to be counted in a way that is not known here. */
    void checkScoring() {
        var function = values.containsKey("scoring_fn") ? RowReader.trim(text("scoring_fn")) : "";
        if (!function.isEmpty()
                && !function.toLowerCase(Locale.ROOT).equals("borda")
                && warnings.add(Warning.Kind.UNKNOWN_SCORING)) {
            warnings.keep(
                    Warning.Kind.UNKNOWN_SCORING,
                    place("scoring_fn"),
                    "scoring_fn",
                    function,
                    "is " + Quoted.value(function) + ", which is not known here; Borda is taken");
        }
    }

    PabulibProblem mismatch(String key, long told, long counted, String section) {
        return new PabulibProblem(
                PabulibProblem.Kind.COUNT_MISMATCH,
                place(key),
                key,
                String.valueOf(told),
                key + " is " + told + ", but " + section + " has " + rows(counted)
                        + "; the file was cut off or changed");
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private BigDecimal number(String key) {
        var number = Decimals.parse(text(key));
        if (number.isEmpty()) {
            throw bad(key, Decimals.fault(text(key)), "write digits, with a point before decimals");
        } else {
            if (text(key).indexOf(',') >= 0 && warnings.add(Warning.Kind.DECIMAL_COMMA)) {
                warnings.keep(
                        Warning.Kind.DECIMAL_COMMA,
                        place(key),
                        key,
                        text(key),
                        "is " + RowReader.trim(text(key)) + " with a decimal comma; it is read as "
                                + number.get().toPlainString());
            }
            return number.get();
        }
    }

    PabulibProblem bad(String key, String fault, String remedy) {
        return new PabulibProblem(
                PabulibProblem.Kind.BAD_NUMBER, place(key), key, text(key), key + " " + fault + "; " + remedy);
    }

    private String text(String key) {
        return located(key).value();
    }

    private Place place(String key) {
        return located(key).place();
    }

    private Located located(String key) {
        var located = values.get(key);
        if (located == null) {
            throw new IllegalStateException("META was read without " + key);
        }
        return located;
    }
}
