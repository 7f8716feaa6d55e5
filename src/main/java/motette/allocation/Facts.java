package motette.allocation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Project;
import motette.allocation.rules.Reason;
import motette.allocation.rules.Reason.Share;
import motette.allocation.rules.Reason.SupportersShort;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Tie;
import motette.allocation.rules.TieOrder.Criterion;
import motette.shared.Message;

/**
 * What the sentences of an allocation are about, and what of it may be told. Fewer than {@value #FEWEST} people are never told apart
 * by their money: {@code src/docs/decisions/0008-few-voters-are-not-told-apart.md}.
 */
final class Facts {

    /** A smaller group of voters is not shown by itself. */
    static final long FEWEST = 5;

    private final Allocation allocation;
    private final List<int[]> groupsOf;
    private final boolean[] hidden;
    private final BigDecimal decidedCost;
    private final long decided;

    Facts(Allocation allocation) {
        this.allocation = allocation;
        groupsOf = groupsOf(allocation);
        hidden = hidden();
        var in = IntStream.range(0, allocation.reasons().size())
                .filter(project -> allocation.reason(project) instanceof Reason.DecidedIn)
                .toArray();
        decided = in.length;
        decidedCost = Arrays.stream(in).mapToObj(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What supporters of a project paid for others, as far as it may be told, and the rest of it in one sum. */
    record Spending(List<Share> told, Fraction others) {}

    /** Projects that were equal and what decided, those with the same criterion together. */
    record TieBreak(List<Integer> with, Criterion by) {}

    Allocation allocation() {
        return allocation;
    }

    Rule rule() {
        return allocation.rule();
    }

    Reason reason(int project) {
        return allocation.reason(project);
    }

    long voters() {
        return allocation.election().voters();
    }

    BigDecimal budget() {
        return allocation.election().budget();
    }

    long votes(int project) {
        return allocation.election().votes(project);
    }

    BigDecimal cost(int project) {
        return allocation.election().project(project).cost();
    }

    /** The project's name in quotes, or its id where it has none. */
    Message title(int project) {
        return Message.of("allocation.why.title", name(allocation.election().project(project)));
    }

    private static String name(Project project) {
        return project.name().isBlank() ? project.id() : project.name().strip();
    }

    /** Whether too few voted for it to say anything about their money. */
    boolean few(int project) {
        return votes(project) < FEWEST;
    }

    /**
     * Whether nothing may be said about the money of its voters: they are too few, or of some project bought before, one to four
     * of them are voters as well, or all but one to four. What they had left would tell those few apart.
     */
    boolean hidden(int project) {
        return hidden[project];
    }

    private boolean[] hidden() {
        var projects = allocation.reasons().size();
        var hidden = new boolean[projects];
        for (int project = 0; project < projects; project++) {
            var both = bothWithEach(project);
            var votes = votes(project);
            var until = reason(project) instanceof Reason.Bought bought ? bought.round() : Integer.MAX_VALUE;
            hidden[project] = few(project)
                    || IntStream.range(0, projects)
                            .filter(other -> reason(other) instanceof Reason.Bought bought && bought.round() < until)
                            .anyMatch(other -> !tellable(both[other]) || !tellable(votes - both[other]));
        }
        return hidden;
    }

    /** How many of its voters each project has. */
    private long[] bothWithEach(int project) {
        var both = new long[allocation.reasons().size()];
        for (int index : groupsOf.get(project)) {
            var group = allocation.election().groups().get(index);
            for (int other : group.projects()) {
                both[other] += group.count();
            }
        }
        return both;
    }

    /** Whether the group is large enough to be told apart, or empty. */
    private static boolean tellable(long people) {
        return people == 0 || people >= FEWEST;
    }

    /** Whether those who paid their whole share and those who had less may be told apart. */
    boolean apart(Reason.Bought bought) {
        return tellable(bought.full()) && tellable(bought.last());
    }

    boolean points() {
        return rule().utility() == Rule.Utility.SCORE;
    }

    boolean equalShares() {
        return rule().method() == Method.EQUAL_SHARES;
    }

    boolean adds() {
        return equalShares() && (rule().completion() == Completion.ADD1 || rule().completion() == Completion.ADD1U);
    }

    /** Whether the rounds were, or might have been, followed by others that spend what was left. */
    boolean completes() {
        return equalShares()
                && (rule().completion() == Completion.GREEDY
                        || rule().completion() == Completion.ADD1U
                        || completed() > 0);
    }

    /** How many projects were decided beforehand to be funded. */
    long decided() {
        return decided;
    }

    BigDecimal decidedCost() {
        return decidedCost;
    }

    /** What the ballots decide about: the budget without what was decided beforehand. */
    BigDecimal available() {
        return budget().subtract(decidedCost).max(BigDecimal.ZERO);
    }

    /** How many projects were funded from what the rounds of Equal Shares left. */
    long completed() {
        return equalShares()
                ? allocation.reasons().stream()
                        .filter(Reason.NextInOrder.class::isInstance)
                        .count()
                : 0;
    }

    /** Money left after the rounds of Equal Shares, before any completion. */
    BigDecimal leftAfterRounds() {
        return allocation.selected().stream()
                .filter(project -> reason(project) instanceof Reason.Bought)
                .map(this::cost)
                .reduce(available(), BigDecimal::subtract);
    }

    /** How often the increment was added. */
    Fraction increments() {
        var endowments = allocation.endowments();
        return endowments.last().minus(endowments.first()).over(Fraction.of(rule().increment()));
    }

    /** All voting money that the supporters of a project had at the start. */
    Fraction startOf(int project) {
        return allocation.endowments().last().times(votes(project));
    }

    /** The value of a set of projects as it is shown: votes, points, or money where every vote counts what its project costs. */
    Object value(BigInteger value, Figures figures) {
        return switch (rule().utility()) {
            case CARDINALITY -> value;
            case COST -> figures.of(new BigDecimal(value, allocation.election().scale()));
            case SCORE -> new BigDecimal(value, allocation.election().pointScale());
        };
    }

    List<TieBreak> breaks(Tie tie) {
        Map<Criterion, List<Integer>> by = new LinkedHashMap<>();
        for (int i = 0; i < tie.with().size(); i++) {
            by.computeIfAbsent(tie.decided().get(i), absent -> new ArrayList<>())
                    .add(tie.with().get(i));
        }
        return by.entrySet().stream()
                .map(entry -> new TieBreak(entry.getValue(), entry.getKey()))
                .toList();
    }

    /** Projects that were left out because this one was funded. */
    List<Integer> excludedBy(int project) {
        return IntStream.range(0, allocation.reasons().size())
                .filter(other -> reason(other) instanceof Reason.Excluded excluded && excluded.by() == project)
                .boxed()
                .toList();
    }

    /** A payment is told where both those who made it and those who did not are many enough, or all. */
    Spending spending(int project, SupportersShort reason) {
        var told = reason.spentOn().stream()
                .filter(share -> {
                    var both = both(project, share.project());
                    return both >= FEWEST && tellable(votes(project) - both);
                })
                .toList();
        var others = told.stream().map(Share::paid).reduce(startOf(project).minus(reason.end()), Fraction::minus);
        return new Spending(told, others);
    }

    /** How many voters support both. */
    private long both(int one, int other) {
        var groups = allocation.election().groups();
        return Arrays.stream(groupsOf.get(one))
                .mapToObj(groups::get)
                .filter(group -> Arrays.binarySearch(group.projects(), other) >= 0)
                .mapToLong(group -> group.count())
                .sum();
    }

    private static List<int[]> groupsOf(Allocation allocation) {
        var builders = IntStream.range(0, allocation.election().projects().size())
                .mapToObj(project -> IntStream.builder())
                .toList();
        var groups = allocation.election().groups();
        for (int i = 0; i < groups.size(); i++) {
            for (int project : groups.get(i).projects()) {
                builders.get(project).add(i);
            }
        }
        return builders.stream().map(builder -> builder.build().toArray()).toList();
    }
}
