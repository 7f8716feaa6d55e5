package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is decided so far while a rule runs: which projects are funded, why the others are not, and what money is left. Amounts are
 * whole units of 10^-{@link Election#scale()}.
 */
final class Progress {

    private final Election election;
    private final Rule rule;
    private final Ranking ranking;
    private final Map<Integer, Set<Integer>> rivals = new HashMap<>();
    private final Map<Integer, Reason> reasons = new HashMap<>();
    private final List<Integer> selected = new ArrayList<>();
    private BigInteger left;

    private Progress(Election election, Rule rule) {
        this.election = election;
        this.rule = rule;
        ranking = new Ranking(election, rule.ties());
        left = election.unitBudget();
    }

    /** The state in which the rule's own measure begins to count. */
    static Progress begin(Election election, Rule rule) {
        var progress = new Progress(election, rule);
        progress.check();
        progress.rememberRivals();
        progress.fundWhatIsDecided();
        progress.refuseWhatCannotBe();
        progress.fundWhatIsFree();
        progress.refuseWhatIsTooDear();
        return progress;
    }

    Election election() {
        return election;
    }

    Rule rule() {
        return rule;
    }

    Ranking ranking() {
        return ranking;
    }

    /** Money left of the budget. */
    BigInteger left() {
        return left;
    }

    /** Funded projects so far. */
    List<Integer> selected() {
        return List.copyOf(selected);
    }

    /** Projects that nothing is decided about yet, best of the tie order first. */
    List<Integer> open() {
        return ranking.order().stream()
                .filter(project -> !reasons.containsKey(project))
                .toList();
    }

    boolean isOpen(int project) {
        return !reasons.containsKey(project);
    }

    /** Projects that cannot be funded beside this one. */
    Set<Integer> rivals(int project) {
        return rivals.getOrDefault(project, Set.of());
    }

    boolean fits(int project) {
        return election.unitCost(project).compareTo(left) <= 0;
    }

    void fund(int project, Reason.Funded reason) {
        reasons.put(project, reason);
        selected.add(project);
        left = left.subtract(election.unitCost(project));
        rivals(project).stream().filter(this::isOpen).forEach(rival -> refuse(rival, new Reason.Excluded(project)));
    }

    void refuse(int project, Reason.NotFunded reason) {
        reasons.put(project, reason);
    }

    BigDecimal currency(BigInteger units) {
        return new BigDecimal(units, election.scale());
    }

    Fraction currency(Fraction units) {
        return units.over(Fraction.of(BigInteger.TEN.pow(election.scale()), BigInteger.ONE));
    }

    Allocation finish(Allocation.Endowments endowments) {
        var all = ranking.order().stream()
                .sorted(Comparator.naturalOrder())
                .map(project -> reasons.computeIfAbsent(project, Progress::undecided))
                .toList();
        return new Allocation(
                election,
                rule,
                List.copyOf(selected),
                currency(election.unitBudget().subtract(left)),
                all,
                endowments);
    }

    private static Reason undecided(int project) {
        throw new IllegalStateException("The rule has not decided about the project at index " + project);
    }

    private void check() {
        var limits = rule.limits();
        var unknown = new TreeSet<String>(Ranking::natural);
        unknown.addAll(limits.in());
        unknown.addAll(limits.out());
        limits.exclusive().forEach(unknown::addAll);
        unknown.removeIf(election::has);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("The limits name " + projects(unknown) + ", not in this election");
        }
        var both = new HashSet<>(limits.in());
        both.retainAll(limits.out());
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("The limits decide " + projects(both) + " both in and out");
        }
        for (var set : limits.exclusive()) {
            var together = new HashSet<>(set);
            together.retainAll(limits.in());
            if (together.size() > 1) {
                throw new IllegalArgumentException(
                        "The limits decide in " + projects(together) + ", which exclude each other");
            }
        }
        var cost = limits.in().stream()
                .map(id -> election.unitCost(election.indexOf(id)))
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (cost.compareTo(left) > 0) {
            throw new IllegalArgumentException("The limits decide in " + projects(limits.in()) + " at a cost of "
                    + currency(cost).toPlainString() + ", more than the budget of "
                    + election.budget().toPlainString());
        }
    }

    private static String projects(Set<String> ids) {
        var sorted = ids.stream().sorted(Ranking::natural).toList();
        return (sorted.size() == 1 ? "project " : "projects ") + String.join(", ", sorted);
    }

    private void rememberRivals() {
        for (var set : rule.limits().exclusive()) {
            var members = set.stream().map(election::indexOf).toList();
            for (int member : members) {
                var others = rivals.computeIfAbsent(member, absent -> new TreeSet<>());
                members.stream().filter(other -> other != member).forEach(others::add);
            }
        }
    }

    private void fundWhatIsDecided() {
        rule.limits().out().forEach(id -> refuse(election.indexOf(id), new Reason.DecidedOut()));
        for (int project : ranking.order()) {
            if (rule.limits().in().contains(election.project(project).id())) {
                fund(project, new Reason.DecidedIn());
            }
        }
    }

    private void refuseWhatCannotBe() {
        for (int project : ranking.order()) {
            if (!(reasons.get(project) instanceof Reason.Funded) && !decidedOut(project)) {
                if (election.votes(project) == 0) {
                    refuse(project, new Reason.NoVotes());
                } else if (election.votes(project) < rule.minVotes()) {
                    refuse(project, new Reason.TooFewVotes(rule.minVotes()));
                }
            }
        }
    }

    private boolean decidedOut(int project) {
        return reasons.get(project) instanceof Reason.DecidedOut;
    }

    private void fundWhatIsFree() {
        for (int project : open()) {
            if (isOpen(project) && election.unitCost(project).signum() == 0) {
                fund(project, new Reason.Free());
            }
        }
    }

    private void refuseWhatIsTooDear() {
        open().stream()
                .filter(project -> !fits(project))
                .forEach(project -> refuse(project, new Reason.DearerThanBudget(currency(left))));
    }
}
