package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The voters' money in one run of Equal Shares after another. Amounts are units of 10^-{@link Election#scale()}. */
final class Purses {

    private final Progress progress;
    private final Election election;
    private final Rule.Utility utility;
    private final List<Integer> candidates;
    private final BigInteger available;
    private final List<Election.Group> groups;
    private final Map<Integer, int[]> supporters = new HashMap<>();
    private final Map<Integer, long[]> weights = new HashMap<>();

    Purses(Progress progress, Arithmetic arithmetic) {
        this.progress = progress;
        election = progress.election();
        utility = progress.rule().utility();
        candidates = progress.open();
        available = progress.left();
        groups = election.groups();
        for (int project : candidates) {
            var places = IntStream.range(0, groups.size())
                    .filter(group -> Arrays.binarySearch(groups.get(group).projects(), project) >= 0)
                    .toArray();
            supporters.put(project, places);
            weights.put(
                    project,
                    Arrays.stream(places)
                            .mapToLong(group -> utility == Rule.Utility.SCORE
                                    ? groups.get(group)
                                            .points()[
                                            Arrays.binarySearch(
                                                    groups.get(group).projects(), project)]
                                    : 1)
                            .toArray());
        }
    }

    /**
     * What a run bought.
     *
     * @param cost      of all purchases together
     * @param overspent whether that is more than is available
     */
    record Run(BitSet purchases, BitSet exclusions, BigInteger cost, boolean overspent) {

        boolean bought(int project) {
            return purchases.get(project);
        }

        boolean excluded(int project) {
            return exclusions.get(project);
        }
    }

    record Purchase(int project, Reason.Bought reason) {}

    /** How the supporters of a project that was not bought came to be short. */
    record Shortage(int round, Fraction then, Fraction end, List<Reason.Share> spentOn) {}

    record Trace(List<Purchase> purchases, Map<Integer, Shortage> shortages) {

        Shortage shortage(int project) {
            var shortage = shortages.get(project);
            if (shortage == null) {
                throw new IllegalStateException("The supporters of the project at index " + project + " are not short");
            }
            return shortage;
        }
    }

    Run run(Fraction endowment) {
        var trace = trace(endowment);
        var bought = new BitSet();
        var excluded = new BitSet();
        var cost = BigInteger.ZERO;
        for (var purchase : trace.purchases()) {
            bought.set(purchase.project());
            progress.rivals(purchase.project()).forEach(excluded::set);
            cost = cost.add(election.unitCost(purchase.project()));
        }
        return new Run(bought, excluded, cost, cost.compareTo(available) > 0);
    }

    private record Offer(int project, Fraction price, Fraction rho) {}

    Trace trace(Fraction endowment) {
        var money = new Fraction[groups.size()];
        Arrays.fill(money, endowment);
        var alive = new ArrayList<>(candidates);
        var purchases = new ArrayList<Purchase>();
        var shortSince = new LinkedHashMap<Integer, Integer>();
        var then = new HashMap<Integer, Fraction>();
        var paid = new HashMap<Integer, Map<Integer, Fraction>>();
        for (int round = 1; !alive.isEmpty(); round++) {
            var offers = new ArrayList<Offer>();
            for (int project : List.copyOf(alive)) {
                var held = held(project, money);
                if (held.compareTo(cost(project)) < 0) {
                    alive.remove((Integer) project);
                    shortSince.put(project, round);
                    then.put(project, held);
                } else {
                    offers.add(offer(project, money));
                }
            }
            if (!offers.isEmpty()) {
                var least = offers.stream()
                        .map(Offer::rho)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                var equal = offers.stream()
                        .filter(offer -> offer.rho().equals(least))
                        .sorted(Comparator.comparing(offer -> progress.ranking().rank(offer.project())))
                        .toList();
                var best = equal.getFirst();
                var others = equal.stream().skip(1).map(Offer::project).toList();
                var before = new HashMap<Integer, Fraction>();
                candidates.forEach(project -> before.put(project, held(project, money)));
                purchases.add(new Purchase(
                        best.project(),
                        buy(round, best, money, progress.ranking().tie(best.project(), others))));
                candidates.forEach(project -> paid.computeIfAbsent(project, absent -> new HashMap<>())
                        .put(
                                best.project(),
                                before.getOrDefault(project, Fraction.ZERO).minus(held(project, money))));
                alive.remove((Integer) best.project());
                alive.removeAll(progress.rivals(best.project()));
            }
        }
        var shortages = new HashMap<Integer, Shortage>();
        shortSince.forEach((project, round) -> shortages.put(
                project,
                new Shortage(
                        round,
                        then.getOrDefault(project, Fraction.ZERO),
                        held(project, money),
                        most(paid.getOrDefault(project, Map.of())))));
        return new Trace(purchases, shortages);
    }

    private List<Reason.Share> most(Map<Integer, Fraction> paid) {
        return paid.entrySet().stream()
                .filter(entry -> entry.getValue().signum() > 0)
                .map(entry -> new Reason.Share(entry.getKey(), progress.currency(entry.getValue())))
                .sorted(Comparator.comparing(Reason.Share::paid)
                        .reversed()
                        .thenComparing(share -> progress.ranking().rank(share.project())))
                .limit(3)
                .toList();
    }

    private Reason.Bought buy(int round, Offer offer, Fraction[] money, Tie tie) {
        var places = places(offer.project());
        var weight = weights(offer.project());
        var before = held(offer.project(), money);
        var largest = Fraction.ZERO;
        var paidByLast = Fraction.ZERO;
        long full = 0;
        long last = 0;
        for (int i = 0; i < places.length; i++) {
            var group = groups.get(places[i]);
            var share = offer.price().times(weight[i]);
            var payment = share.min(money[places[i]]);
            if (share.compareTo(money[places[i]]) <= 0) {
                full += group.count();
            } else {
                last += group.count();
                paidByLast = paidByLast.plus(payment.times(group.count()));
            }
            largest = largest.compareTo(payment) < 0 ? payment : largest;
            money[places[i]] = money[places[i]].minus(payment);
        }
        return new Reason.Bought(
                round,
                rho(offer.project(), offer.price()),
                progress.currency(largest),
                effective(offer),
                progress.currency(before),
                progress.currency(held(offer.project(), money)),
                full,
                last,
                progress.currency(paidByLast),
                tie);
    }

    /** Currency per unit of utility. */
    private Fraction rho(int project, Fraction price) {
        return switch (utility) {
            case COST -> price.over(cost(project));
            case CARDINALITY -> progress.currency(price);
            case SCORE ->
                progress.currency(price).times(Fraction.of(BigInteger.TEN.pow(election.pointScale()), BigInteger.ONE));
        };
    }

    private Fraction effective(Offer offer) {
        return switch (utility) {
            case COST, CARDINALITY -> cost(offer.project()).over(offer.price());
            case SCORE -> Fraction.ONE.over(rho(offer.project(), offer.price()));
        };
    }

    private Fraction held(int project, Fraction[] money) {
        var sum = Fraction.ZERO;
        for (int place : places(project)) {
            sum = sum.plus(money[place].times(groups.get(place).count()));
        }
        return sum;
    }

    private Offer offer(int project, Fraction[] money) {
        var places = places(project);
        var weight = weights(project);
        var order = IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.comparing(i -> money[places[i]].over(Fraction.of(weight[i]))))
                .toList();
        var rest = cost(project);
        long units = 0;
        for (int i = 0; i < places.length; i++) {
            units += groups.get(places[i]).count() * weight[i];
        }
        var price = rest.over(Fraction.of(units));
        for (int i : order) {
            if (price.times(weight[i]).compareTo(money[places[i]]) <= 0) {
                break;
            } else {
                rest = rest.minus(money[places[i]].times(groups.get(places[i]).count()));
                units -= groups.get(places[i]).count() * weight[i];
                price = rest.over(Fraction.of(units));
            }
        }
        return new Offer(project, price, utility == Rule.Utility.COST ? price.over(cost(project)) : price);
    }

    private Fraction cost(int project) {
        return Fraction.of(election.unitCost(project), BigInteger.ONE);
    }

    private int[] places(int project) {
        return supporters.getOrDefault(project, new int[0]);
    }

    private long[] weights(int project) {
        return weights.getOrDefault(project, new long[0]);
    }
}
