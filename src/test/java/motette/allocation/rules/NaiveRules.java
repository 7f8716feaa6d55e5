package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;

/**
 * The rules once more, as the specification tells them and as slowly: every voter alone, every amount a fraction in currency, every
 * set of projects tried. Shares nothing with the rules but the records they take and answer.
 */
final class NaiveRules {

    private final Election election;
    private final Rule rule;
    private final int size;
    private final List<Map<Integer, Fraction>> voters = new ArrayList<>();
    private final Map<Integer, Reason> reasons = new TreeMap<>();
    private final List<Integer> selected = new ArrayList<>();
    private BigDecimal left;
    private Allocation.Endowments endowments = Allocation.Endowments.NONE;

    private NaiveRules(Election election, Rule rule) {
        this.election = election;
        this.rule = rule;
        size = election.projects().size();
        left = election.budget();
        for (var group : election.groups()) {
            for (long i = 0; i < group.count(); i++) {
                var ballot = new LinkedHashMap<Integer, Fraction>();
                for (int j = 0; j < group.projects().length; j++) {
                    ballot.put(
                            group.projects()[j],
                            Fraction.of(BigDecimal.valueOf(group.points()[j], election.pointScale())));
                }
                voters.add(ballot);
            }
        }
    }

    record Answer(List<Integer> selected, List<Reason> reasons, Allocation.Endowments endowments) {}

    static Answer allocate(Election election, Rule rule) {
        var naive = new NaiveRules(election, rule);
        naive.beforeTheRule();
        switch (rule.method()) {
            case GREEDY_VOTES, GREEDY_RATIO -> naive.greedy();
            case EQUAL_SHARES -> naive.equalShares();
            case PHRAGMEN -> naive.phragmen();
            case MAX_WELFARE -> naive.maxWelfare();
        }
        return new Answer(naive.selected, List.copyOf(naive.reasons.values()), naive.endowments);
    }

    private static <V> V known(Map<Integer, V> facts, int project) {
        return Objects.requireNonNull(facts.get(project));
    }

    // ── facts ──

    private BigDecimal cost(int project) {
        return election.project(project).cost();
    }

    private long votes(int project) {
        return voters.stream().filter(ballot -> ballot.containsKey(project)).count();
    }

    private String id(int project) {
        return election.project(project).id();
    }

    private int tieOrder(int a, long votesOfA, int b) {
        int byVotes = Long.compare(votes(b), votesOfA);
        int byCost = cost(a).compareTo(cost(b));
        int first = rule.ties().kind() == TieOrder.Kind.COST_VOTES_ID ? byCost : byVotes;
        int second = rule.ties().kind() == TieOrder.Kind.COST_VOTES_ID ? byVotes : byCost;
        return first != 0 ? first : second != 0 ? second : last(a, b);
    }

    private int last(int a, int b) {
        int lotA = rule.ties().drawn().indexOf(id(a));
        int lotB = rule.ties().drawn().indexOf(id(b));
        if (lotA >= 0 && lotB >= 0) {
            return lotA - lotB;
        } else if (lotA >= 0 || lotB >= 0) {
            return lotA >= 0 ? -1 : 1;
        } else if (id(a).matches("[0-9]+") && id(b).matches("[0-9]+")) {
            int number = Long.compare(Long.parseLong(id(a)), Long.parseLong(id(b)));
            return number != 0 ? number : id(a).compareTo(id(b));
        } else if (id(a).matches("[0-9]+") || id(b).matches("[0-9]+")) {
            return id(a).matches("[0-9]+") ? -1 : 1;
        } else {
            return id(a).compareTo(id(b));
        }
    }

    private Comparator<Integer> byTieOrder() {
        return (a, b) -> tieOrder(a, votes(a), b);
    }

    private Tie tie(int chosen, List<Integer> others) {
        var with = others.stream().sorted(byTieOrder()).toList();
        return new Tie(with, with.stream().map(other -> decided(chosen, other)).toList());
    }

    private TieOrder.Criterion decided(int chosen, int other) {
        var differing = new ArrayList<TieOrder.Criterion>();
        if (votes(chosen) != votes(other)) {
            differing.add(TieOrder.Criterion.VOTES);
        }
        if (cost(chosen).compareTo(cost(other)) != 0) {
            differing.add(
                    rule.ties().kind() == TieOrder.Kind.COST_VOTES_ID ? 0 : differing.size(), TieOrder.Criterion.COST);
        }
        differing.add(
                rule.ties().drawn().contains(id(chosen)) || rule.ties().drawn().contains(id(other))
                        ? TieOrder.Criterion.LOT
                        : TieOrder.Criterion.ID);
        return differing.getFirst();
    }

    private boolean rivals(int a, int b) {
        return a != b && rule.limits().exclusive().stream().anyMatch(set -> set.contains(id(a)) && set.contains(id(b)));
    }

    private List<Integer> open() {
        return IntStream.range(0, size)
                .boxed()
                .filter(project -> !reasons.containsKey(project))
                .sorted(byTieOrder())
                .toList();
    }

    private void fund(int project, Reason reason) {
        reasons.put(project, reason);
        selected.add(project);
        left = left.subtract(cost(project));
        open().stream()
                .filter(other -> rivals(project, other))
                .forEach(other -> reasons.put(other, new Reason.Excluded(project)));
    }

    private boolean fits(int project) {
        return cost(project).compareTo(left) <= 0;
    }

    private BigDecimal amount(BigDecimal money) {
        return money.setScale(election.scale());
    }

    private void beforeTheRule() {
        for (int project : open()) {
            if (rule.limits().out().contains(id(project))) {
                reasons.put(project, new Reason.DecidedOut());
            }
        }
        for (int project : open()) {
            if (rule.limits().in().contains(id(project))) {
                fund(project, new Reason.DecidedIn());
            }
        }
        for (int project : IntStream.range(0, size).toArray()) {
            boolean undecided = !reasons.containsKey(project) || reasons.get(project) instanceof Reason.Excluded;
            if (undecided && votes(project) == 0) {
                reasons.put(project, new Reason.NoVotes());
            } else if (undecided && votes(project) < rule.minVotes()) {
                reasons.put(project, new Reason.TooFewVotes(rule.minVotes()));
            }
        }
        for (int project : open()) {
            if (!reasons.containsKey(project) && cost(project).signum() == 0) {
                fund(project, new Reason.Free());
            }
        }
        for (int project : open()) {
            if (!fits(project)) {
                reasons.put(project, new Reason.DearerThanBudget(amount(left)));
            }
        }
    }

    // ── greedy ──

    private Fraction measure(int project, long votes) {
        return rule.method() == Method.GREEDY_RATIO
                ? Fraction.of(votes).over(Fraction.of(cost(project)))
                : Fraction.of(votes);
    }

    private void greedy() {
        var order = new ArrayList<>(open());
        order.sort(Comparator.<Integer, Fraction>comparing(project -> measure(project, votes(project)))
                .reversed()
                .thenComparing(byTieOrder()));
        var before = new ArrayList<BigDecimal>();
        boolean stopped = false;
        for (int project : order) {
            before.add(left);
            if (!reasons.containsKey(project)) {
                if (fits(project) && !stopped) {
                    next(project, order);
                } else {
                    reasons.put(project, new Reason.DidNotFit(amount(left), missing(order, before, project), stopped));
                    stopped = !rule.skip();
                }
            }
        }
    }

    private void next(int project, List<Integer> order) {
        var equal = order.subList(order.indexOf(project) + 1, order.size()).stream()
                .filter(other -> !reasons.containsKey(other))
                .filter(other -> measure(other, votes(other)).equals(measure(project, votes(project))))
                .toList();
        fund(project, new Reason.NextInOrder(amount(left), tie(project, equal)));
    }

    /** Adds vote by vote until the project would stand before one at whose turn it fitted. */
    private BigInteger missing(List<Integer> order, List<BigDecimal> before, int project) {
        long more = 0;
        while (!standsWhereItFits(order, before, project, votes(project) + more)) {
            more++;
        }
        return BigInteger.valueOf(more);
    }

    private boolean standsWhereItFits(List<Integer> order, List<BigDecimal> before, int project, long votes) {
        int stop = order.size();
        for (int i = 0; i < before.size() && stop == order.size() && !rule.skip(); i++) {
            stop = reasons.get(order.get(i)) instanceof Reason.DidNotFit ? i : stop;
        }
        for (int i = 0; i < order.indexOf(project); i++) {
            int other = order.get(i);
            int byMeasure = measure(other, votes(other)).compareTo(measure(project, votes));
            boolean first = byMeasure < 0 || byMeasure == 0 && tieOrder(project, votes, other) < 0;
            if (first) {
                return cost(project).compareTo(before.get(i)) <= 0 && i <= stop;
            }
        }
        return false;
    }

    // ── Equal Shares ──

    private Fraction utility(int project, Map<Integer, Fraction> ballot) {
        return switch (rule.utility()) {
            case COST -> Fraction.of(cost(project));
            case CARDINALITY -> Fraction.ONE;
            case SCORE -> ballot.getOrDefault(project, Fraction.ZERO);
        };
    }

    private record Run(List<Integer> bought, Map<Integer, Reason> story, BigDecimal cost) {}

    private void equalShares() {
        var money = left;
        var open = open();
        var share = election.voters() == 0 ? Fraction.ZERO : Fraction.of(money).over(Fraction.of(election.voters()));
        boolean raised = rule.completion() == Completion.ADD1 || rule.completion() == Completion.ADD1U;
        var first = raised && rule.start() == Start.INTEGRAL ? Fraction.of(share.floor(), BigInteger.ONE) : share;
        var total = open.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean allFit = total.compareTo(money) <= 0
                && open.stream().noneMatch(a -> open.stream().anyMatch(b -> rivals(a, b)));
        var last = first;
        var run = run(open, last);
        int runs = 1;
        while (raised && !allFit && !enough(open, run, money)) {
            var more = last.plus(Fraction.of(rule.increment()));
            var next = run(open, more);
            runs++;
            if (next.cost().compareTo(money) > 0) {
                break;
            }
            last = more;
            run = next;
        }
        for (int project : run.bought()) {
            fund(project, known(run.story(), project));
        }
        if (rule.completion() == Completion.GREEDY || rule.completion() == Completion.ADD1U || raised && allFit) {
            var order = new ArrayList<>(open());
            order.sort(Comparator.<Integer>comparingLong(this::votes).reversed().thenComparing(byTieOrder()));
            for (int project : order) {
                if (!reasons.containsKey(project) && fits(project)) {
                    nextByVotes(project, order);
                }
            }
        }
        for (int project : open()) {
            var told = (Reason.SupportersShort) known(run.story(), project);
            reasons.put(
                    project,
                    new Reason.SupportersShort(
                            told.round(),
                            told.then(),
                            told.end(),
                            told.spentOn(),
                            last.signum() == 0
                                    ? BigInteger.ZERO
                                    : Fraction.of(cost(project))
                                            .minus(told.end())
                                            .over(last)
                                            .ceiling(),
                            amount(left),
                            fits(project)));
        }
        endowments = new Allocation.Endowments(first, last, runs);
    }

    private void nextByVotes(int project, List<Integer> order) {
        var equal = order.stream()
                .filter(other -> other != project && !reasons.containsKey(other))
                .filter(other -> votes(other) == votes(project) && tieOrder(project, votes(project), other) < 0)
                .toList();
        fund(project, new Reason.NextInOrder(amount(left), tie(project, equal)));
    }

    private boolean enough(List<Integer> open, Run run, BigDecimal money) {
        return open.stream()
                .filter(project -> !run.bought().contains(project))
                .filter(project -> run.bought().stream().noneMatch(other -> rivals(project, other)))
                .noneMatch(project ->
                        rule.stop() == Stop.OVERSPEND || cost(project).compareTo(money.subtract(run.cost())) <= 0);
    }

    private Run run(List<Integer> open, Fraction endowment) {
        var money = new Fraction[voters.size()];
        Arrays.fill(money, endowment);
        var alive = new ArrayList<>(open);
        var bought = new ArrayList<Integer>();
        var story = new HashMap<Integer, Reason>();
        var since = new HashMap<Integer, Integer>();
        var then = new HashMap<Integer, Fraction>();
        var paid = new HashMap<Integer, Fraction[]>();
        while (true) {
            for (int project : List.copyOf(alive)) {
                if (held(project, money).compareTo(Fraction.of(cost(project))) < 0) {
                    alive.remove((Integer) project);
                    since.put(project, bought.size() + 1);
                    then.put(project, held(project, money));
                }
            }
            if (alive.isEmpty()) {
                break;
            }
            var rhos = new HashMap<Integer, Fraction>();
            alive.forEach(project -> rhos.put(project, rho(project, money)));
            var least = rhos.values().stream().min(Comparator.naturalOrder()).orElseThrow();
            var equal = alive.stream()
                    .filter(project -> known(rhos, project).equals(least))
                    .sorted(byTieOrder())
                    .toList();
            int best = equal.getFirst();
            var before = held(best, money);
            var payments = new Fraction[voters.size()];
            Arrays.fill(payments, Fraction.ZERO);
            long full = 0;
            long last = 0;
            var byLast = Fraction.ZERO;
            for (int voter = 0; voter < money.length; voter++) {
                if (voters.get(voter).containsKey(best)) {
                    var whole = least.times(utility(best, voters.get(voter)));
                    if (whole.compareTo(money[voter]) > 0) {
                        last++;
                        payments[voter] = money[voter];
                        byLast = byLast.plus(money[voter]);
                    } else {
                        full++;
                        payments[voter] = whole;
                    }
                    money[voter] = money[voter].minus(payments[voter]);
                }
            }
            bought.add(best);
            paid.put(best, payments);
            story.put(
                    best,
                    new Reason.Bought(
                            bought.size(),
                            least,
                            Stream.of(payments).max(Comparator.naturalOrder()).orElseThrow(),
                            rule.utility() == Utility.CARDINALITY
                                    ? Fraction.of(cost(best)).over(least)
                                    : Fraction.ONE.over(least),
                            before,
                            held(best, money),
                            full,
                            last,
                            byLast,
                            tie(best, equal.subList(1, equal.size()))));
            alive.removeIf(project -> project == best || rivals(best, project));
        }
        for (int project : since.keySet()) {
            var shares = bought.stream()
                    .map(other -> new Reason.Share(other, held(project, known(paid, other))))
                    .filter(share -> share.paid().signum() > 0)
                    .sorted(Comparator.comparing(Reason.Share::paid)
                            .reversed()
                            .thenComparing(Reason.Share::project, byTieOrder()))
                    .limit(3)
                    .toList();
            story.put(
                    project,
                    new Reason.SupportersShort(
                            known(since, project),
                            known(then, project),
                            held(project, money),
                            shares,
                            BigInteger.ZERO,
                            BigDecimal.ZERO,
                            false));
        }
        return new Run(bought, story, bought.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private Fraction held(int project, Fraction[] money) {
        return IntStream.range(0, money.length)
                .filter(voter -> voters.get(voter).containsKey(project))
                .mapToObj(voter -> money[voter])
                .reduce(Fraction.ZERO, Fraction::plus);
    }

    /** Tries every number of voters who pay their last money, poorest per utility first. */
    private Fraction rho(int project, Fraction[] money) {
        var supporters = IntStream.range(0, money.length)
                .filter(voter -> voters.get(voter).containsKey(project))
                .boxed()
                .sorted(Comparator.comparing(voter -> money[voter].over(utility(project, voters.get(voter)))))
                .toList();
        var least = Fraction.of(-1);
        for (int poor = 0; poor < supporters.size(); poor++) {
            var rest = Fraction.of(cost(project));
            for (int voter : supporters.subList(0, poor)) {
                rest = rest.minus(money[voter]);
            }
            var units = Fraction.ZERO;
            for (int voter : supporters.subList(poor, supporters.size())) {
                units = units.plus(utility(project, voters.get(voter)));
            }
            var rho = rest.over(units);
            var sum = supporters.stream()
                    .map(voter -> money[voter].min(rho.times(utility(project, voters.get(voter)))))
                    .reduce(Fraction.ZERO, Fraction::plus);
            if (sum.equals(Fraction.of(cost(project))) && (least.signum() < 0 || rho.compareTo(least) < 0)) {
                least = rho;
            }
        }
        return least;
    }

    // ── Phragmén ──

    private void phragmen() {
        var loads = new Fraction[voters.size()];
        Arrays.fill(loads, Fraction.ZERO);
        int round = 1;
        while (!open().isEmpty()) {
            var next = new HashMap<Integer, Fraction>();
            open().forEach(project -> next.put(
                    project,
                    held(project, loads).plus(Fraction.of(cost(project))).over(Fraction.of(votes(project)))));
            var least = next.values().stream().min(Comparator.naturalOrder()).orElseThrow();
            var equal = open().stream()
                    .filter(project -> known(next, project).equals(least))
                    .toList();
            var dear = equal.stream().filter(project -> !fits(project)).findFirst();
            if (dear.isPresent()) {
                next.forEach((project, load) ->
                        reasons.put(project, new Reason.StoppedBefore(load, dear.get(), amount(left))));
            } else {
                int best = equal.getFirst();
                for (int voter = 0; voter < loads.length; voter++) {
                    loads[voter] = voters.get(voter).containsKey(best) ? least : loads[voter];
                }
                fund(best, new Reason.Loaded(round++, least, tie(best, equal.subList(1, equal.size()))));
            }
        }
    }

    // ── greatest welfare ──

    private BigInteger value(int project) {
        return switch (rule.utility()) {
            case COST ->
                Fraction.of(cost(project).movePointRight(election.scale()))
                        .times(votes(project))
                        .floor();
            case CARDINALITY -> BigInteger.valueOf(votes(project));
            case SCORE ->
                voters.stream()
                        .map(ballot -> ballot.getOrDefault(project, Fraction.ZERO))
                        .reduce(Fraction.ZERO, Fraction::plus)
                        .times(Fraction.of(BigInteger.TEN.pow(election.pointScale()), BigInteger.ONE))
                        .floor();
        };
    }

    private BigInteger value(List<Integer> projects) {
        return projects.stream().map(this::value).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigDecimal cost(List<Integer> projects) {
        return projects.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void maxWelfare() {
        var open = open();
        var already = List.copyOf(selected);
        var ranks = open.stream().sorted(byTieOrder()).toList();
        var sets = IntStream.range(0, 1 << open.size())
                .mapToObj(bits -> IntStream.range(0, open.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(ranks::get)
                        .toList())
                .filter(set -> cost(set).compareTo(left) <= 0)
                .filter(set -> set.stream().noneMatch(a -> set.stream().anyMatch(b -> rivals(a, b))))
                .sorted(Comparator.<List<Integer>, BigInteger>comparing(this::value)
                        .reversed()
                        .thenComparing(set -> cost(set))
                        .thenComparing(set -> set.stream().map(ranks::indexOf).toList(), NaiveRules::lexicographic))
                .toList();
        var best = sets.getFirst();
        var value = value(already).add(value(best));
        var spent = cost(already);
        best.forEach(project -> fund(project, new Reason.InBestSet(value)));
        for (int project : open()) {
            var with = sets.stream()
                    .filter(set -> set.contains(project))
                    .findFirst()
                    .orElseThrow();
            reasons.put(
                    project,
                    new Reason.NotInBestSet(value, value(already).add(value(with)), amount(spent.add(cost(with)))));
        }
    }

    private static int lexicographic(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return a.get(i) - b.get(i);
            }
        }
        return a.size() - b.size();
    }
}
