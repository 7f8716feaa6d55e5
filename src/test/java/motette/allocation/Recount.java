package motette.allocation;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;

/**
 * The figures of a run, counted once more from the ballots voter by voter and without haste. Takes from the allocation only what was
 * funded, in which order, and what everybody had in Equal Shares.
 */
final class Recount {

    final Election election;
    final Rule rule;
    final List<Integer> selected;
    final Fraction endowment;
    final int projects;

    /** One row per voter: points for every project, zero for none. */
    final List<long[]> ballots = new ArrayList<>();

    private final Map<Integer, Purchase> purchases = new HashMap<>();
    private final Map<Integer, Shortage> shortages = new HashMap<>();
    private final Map<Integer, BigDecimal> leftBefore = new HashMap<>();
    private final Map<Integer, Fraction> loads = new HashMap<>();
    private final Map<Integer, Integer> rounds = new HashMap<>();
    private final Map<Integer, Set<Integer>> equals = new HashMap<>();
    BigDecimal leftAfterRounds;

    Purchase purchase(int project) {
        return Objects.requireNonNull(purchases.get(project));
    }

    boolean bought(int project) {
        return purchases.containsKey(project);
    }

    Shortage shortage(int project) {
        return Objects.requireNonNull(shortages.get(project));
    }

    BigDecimal leftBefore(int project) {
        return Objects.requireNonNull(leftBefore.get(project));
    }

    Fraction load(int project) {
        return Objects.requireNonNull(loads.get(project));
    }

    int round(int project) {
        return Objects.requireNonNull(rounds.get(project));
    }

    Set<Integer> equalAtPurchase(int project) {
        return Objects.requireNonNull(equals.get(project));
    }

    record Purchase(
            int round, Fraction price, Fraction before, Fraction after, long full, long last, Fraction paidByLast) {}

    record Shortage(int round, Fraction then, Fraction end, Map<Integer, Fraction> spent) {

        Fraction spentOn(int project) {
            return Objects.requireNonNull(spent.get(project));
        }
    }

    Recount(Allocation allocation, List<Integer> bought) {
        election = allocation.election();
        rule = allocation.rule();
        selected = allocation.selected();
        endowment = allocation.endowments().last();
        projects = election.projects().size();
        for (var group : election.groups()) {
            var row = new long[projects];
            for (int i = 0; i < group.projects().length; i++) {
                row[group.projects()[i]] = group.points()[i];
            }
            for (long i = 0; i < group.count(); i++) {
                ballots.add(row);
            }
        }
        leftAfterRounds = available();
        for (int project : bought) {
            leftAfterRounds = leftAfterRounds.subtract(cost(project));
        }
        var left = election.budget();
        for (int project : selected) {
            leftBefore.put(project, left);
            left = left.subtract(cost(project));
        }
        if (rule.method() == Method.EQUAL_SHARES) {
            shares(bought);
        } else if (rule.method() == Method.PHRAGMEN) {
            phragmen();
        }
    }

    long votes(int project) {
        return ballots.stream().filter(row -> row[project] > 0).count();
    }

    BigDecimal cost(int project) {
        return election.project(project).cost();
    }

    Fraction exactCost(int project) {
        return Fraction.of(cost(project));
    }

    BigDecimal decided() {
        return rule.limits().in().stream()
                .map(id -> cost(election.indexOf(id)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal available() {
        return election.budget().subtract(decided());
    }

    BigDecimal total() {
        return selected.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal left() {
        return election.budget().subtract(total());
    }

    long both(int one, int other) {
        return ballots.stream().filter(row -> row[one] > 0 && row[other] > 0).count();
    }

    Fraction startOf(int project) {
        return endowment.times(votes(project));
    }

    /** Projects that take part and were not bought or excluded yet. */
    private List<Integer> taking(Set<Integer> gone) {
        return IntStream.range(0, projects)
                .filter(project -> takesPart(project) && !gone.contains(project))
                .filter(project -> gone.stream().noneMatch(other -> exclude(project, other)))
                .boxed()
                .toList();
    }

    /** Whether the rule's own measure decides about it. */
    boolean takesPart(int project) {
        var id = election.project(project).id();
        return votes(project) > 0
                && votes(project) >= rule.minVotes()
                && cost(project).signum() > 0
                && cost(project).compareTo(available()) <= 0
                && !rule.limits().in().contains(id)
                && !rule.limits().out().contains(id);
    }

    boolean exclude(int one, int other) {
        var ids = List.of(election.project(one).id(), election.project(other).id());
        return one != other && rule.limits().exclusive().stream().anyMatch(set -> set.containsAll(ids));
    }

    private Set<Integer> fundedAtFirst() {
        var first = new TreeSet<Integer>();
        selected.stream()
                .filter(project ->
                        rule.limits().in().contains(election.project(project).id())
                                || cost(project).signum() == 0)
                .forEach(first::add);
        return first;
    }

    // ── Equal Shares ──

    private void shares(List<Integer> bought) {
        var money = new Fraction[ballots.size()];
        Arrays.fill(money, endowment);
        var gone = fundedAtFirst();
        var paid = new ArrayList<Fraction[]>();
        var then = new LinkedHashMap<Integer, Map.Entry<Integer, Fraction>>();
        for (int round = 1; round <= bought.size() + 1; round++) {
            for (int project : taking(gone)) {
                if (held(project, money).compareTo(exactCost(project)) < 0) {
                    then.putIfAbsent(project, Map.entry(round, held(project, money)));
                }
            }
            if (round <= bought.size()) {
                int project = bought.get(round - 1);
                var alive = taking(gone).stream()
                        .filter(other -> !then.containsKey(other))
                        .toList();
                equals.put(
                        project,
                        new TreeSet<>(alive.stream()
                                .filter(other ->
                                        other != project && rho(other, money).equals(rho(project, money)))
                                .toList()));
                paid.add(buy(round, project, money));
                gone.add(project);
            }
        }
        then.forEach((project, moment) -> {
            var spent = new HashMap<Integer, Fraction>();
            for (int i = 0; i < bought.size(); i++) {
                var payments = paid.get(i);
                spent.put(
                        bought.get(i),
                        supporters(project).mapToObj(voter -> payments[voter]).reduce(Fraction.ZERO, Fraction::plus));
            }
            shortages.put(project, new Shortage(moment.getKey(), moment.getValue(), held(project, money), spent));
        });
    }

    private Fraction[] buy(int round, int project, Fraction[] money) {
        var price = price(project, money);
        var before = held(project, money);
        var payments = new Fraction[money.length];
        Arrays.fill(payments, Fraction.ZERO);
        long full = 0;
        long last = 0;
        var paidByLast = Fraction.ZERO;
        for (int voter : supporters(project).toArray()) {
            var share = price.times(weight(voter, project));
            payments[voter] = share.min(money[voter]);
            if (money[voter].compareTo(share) < 0) {
                last++;
                paidByLast = paidByLast.plus(payments[voter]);
            } else {
                full++;
            }
            money[voter] = money[voter].minus(payments[voter]);
        }
        purchases.put(project, new Purchase(round, price, before, held(project, money), full, last, paidByLast));
        return payments;
    }

    private Fraction held(int project, Fraction[] money) {
        return supporters(project).mapToObj(voter -> money[voter]).reduce(Fraction.ZERO, Fraction::plus);
    }

    private IntStream supporters(int project) {
        return IntStream.range(0, ballots.size()).filter(voter -> ballots.get(voter)[project] > 0);
    }

    /** The rule's measure: price of a unit of utility. */
    private Fraction rho(int project, Fraction[] money) {
        var price = price(project, money);
        return rule.utility() == Utility.COST ? price.over(exactCost(project)) : price;
    }

    private Fraction weight(int voter, int project) {
        return rule.utility() == Utility.SCORE
                ? Fraction.of(
                        ballots.get(voter)[project],
                        BigInteger.TEN.pow(election.pointScale()).longValueExact())
                : Fraction.ONE;
    }

    /** The price at which all supporters together pay the cost: those who cannot give everything, one after the other. */
    private Fraction price(int project, Fraction[] money) {
        var poor = new TreeSet<Integer>();
        while (true) {
            var rest = exactCost(project);
            var weights = Fraction.ZERO;
            for (int voter : supporters(project).toArray()) {
                if (poor.contains(voter)) {
                    rest = rest.minus(money[voter]);
                } else {
                    weights = weights.plus(weight(voter, project));
                }
            }
            var price = rest.over(weights);
            var poorer = supporters(project)
                    .filter(voter -> price.times(weight(voter, project)).compareTo(money[voter]) > 0)
                    .boxed()
                    .toList();
            if (poor.containsAll(poorer)) {
                return price;
            } else {
                poor.addAll(poorer);
            }
        }
    }

    // ── Phragmén ──

    private void phragmen() {
        var carried = new Fraction[ballots.size()];
        Arrays.fill(carried, Fraction.ZERO);
        var gone = fundedAtFirst();
        int round = 1;
        for (int project : selected) {
            if (!gone.contains(project)) {
                var load = load(project, carried);
                equals.put(
                        project,
                        new TreeSet<>(taking(gone).stream()
                                .filter(other ->
                                        other != project && load(other, carried).equals(load))
                                .toList()));
                loads.put(project, load);
                rounds.put(project, round++);
                supporters(project).forEach(voter -> carried[voter] = load);
                gone.add(project);
            }
        }
        taking(gone).forEach(project -> loads.put(project, load(project, carried)));
    }

    private Fraction load(int project, Fraction[] carried) {
        return supporters(project)
                .mapToObj(voter -> carried[voter])
                .reduce(exactCost(project), Fraction::plus)
                .over(Fraction.of(votes(project)));
    }

    // ── down a list ──

    /** Whether the project is funded, and what is left at its turn, if it had so many more votes. */
    Map.Entry<Boolean, BigDecimal> turn(int project, BigInteger more) {
        var left = available();
        var gone = fundedAtFirst();
        var stopped = false;
        for (int next : taking(gone).stream().sorted(order(project, more)).toList()) {
            if (gone.stream().noneMatch(other -> exclude(next, other))) {
                var fits = !stopped && cost(next).compareTo(left) <= 0;
                if (next == project) {
                    return Map.entry(fits, left);
                } else if (fits) {
                    left = left.subtract(cost(next));
                    gone.add(next);
                } else {
                    stopped = stopped || !rule.skip();
                }
            }
        }
        return Map.entry(false, left);
    }

    private Comparator<Integer> order(int raised, BigInteger more) {
        Comparator<Integer> measure = rule.method() == Method.GREEDY_RATIO
                ? Comparator.comparing(project -> Fraction.of(raised(project, raised, more), BigInteger.ONE)
                        .over(exactCost(project)))
                : Comparator.comparing(project -> raised(project, raised, more));
        Comparator<Integer> votes = Comparator.comparing(project -> raised(project, raised, more));
        Comparator<Integer> cost = Comparator.comparing(this::cost);
        Comparator<Integer> ties = switch (rule.ties().kind()) {
            case VOTES_COST_ID -> votes.reversed().thenComparing(cost);
            case COST_VOTES_ID -> cost.thenComparing(votes.reversed());
            case DRAWN ->
                votes.reversed()
                        .thenComparing(cost)
                        .thenComparing(project -> rule.ties()
                                .drawn()
                                .indexOf(election.project(project).id()));
        };
        return measure.reversed()
                .thenComparing(ties)
                .thenComparing(
                        project -> Integer.parseInt(election.project(project).id()));
    }

    private BigInteger raised(int project, int raised, BigInteger more) {
        return BigInteger.valueOf(votes(project)).add(project == raised ? more : BigInteger.ZERO);
    }

    Set<Integer> equalInOrder(int project) {
        var byRatio = rule.method() == Method.GREEDY_RATIO;
        var gone = new TreeSet<>(selected.subList(0, selected.indexOf(project)));
        return new TreeSet<>(taking(gone).stream()
                .filter(other -> other != project)
                .filter(other -> byRatio
                        ? Fraction.of(votes(other))
                                .over(exactCost(other))
                                .equals(Fraction.of(votes(project)).over(exactCost(project)))
                        : votes(other) == votes(project))
                .toList());
    }

    // ── greatest value ──

    Fraction value(Set<Integer> set) {
        return set.stream().map(this::value).reduce(Fraction.ZERO, Fraction::plus);
    }

    private Fraction value(int project) {
        return switch (rule.utility()) {
            case COST -> exactCost(project).times(votes(project));
            case CARDINALITY -> Fraction.of(votes(project));
            case SCORE ->
                Fraction.of(
                        ballots.stream().mapToLong(row -> row[project]).sum(),
                        BigInteger.TEN.pow(election.pointScale()).longValueExact());
        };
    }

    /** All affordable sets that keep the limits. */
    Stream<Set<Integer>> sets() {
        var first = fundedAtFirst();
        var open = taking(first);
        return IntStream.range(0, 1 << open.size())
                .mapToObj(bits -> {
                    Set<Integer> set = new TreeSet<>(first);
                    IntStream.range(0, open.size())
                            .filter(i -> (bits >> i & 1) == 1)
                            .forEach(i -> set.add(open.get(i)));
                    return set;
                })
                .filter(set -> set.stream()
                                .map(this::cost)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(election.budget())
                        <= 0)
                .filter(set -> set.stream().noneMatch(one -> set.stream().anyMatch(other -> exclude(one, other))));
    }

    /** Value and least cost of the best set that contains the project. */
    Map.Entry<Fraction, BigDecimal> bestWith(int project) {
        var best = sets().filter(set -> set.contains(project))
                .map(this::value)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var cost = sets().filter(set -> set.contains(project) && value(set).equals(best))
                .map(set -> set.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Map.entry(best, cost);
    }
}
