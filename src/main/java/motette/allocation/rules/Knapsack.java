package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The best affordable set, exactly: greatest value, then lowest cost, then smallest places.
 *
 * <p>Decides item by item, most value for the money first. Of the sets that leave the same choices it keeps those that no other
 * beats in both value and cost, and of these those that may still become better than the best known (bound: the rest may be
 * divided). Elections of few voters have many sets of equal value and nearly equal cost; there the best set is easy to find and
 * hard to prove, so the search goes on with some of the sets at first, and looks at both halves of the items apart. What even the
 * widest search does not prove is {@link TooManySets}.
 */
final class Knapsack {

    private static final Comparator<Item> BY_RATIO = ((Comparator<Item>)
                    (a, b) -> b.value.multiply(a.cost).compareTo(a.value.multiply(b.cost)))
            .thenComparing(Item::cost)
            .thenComparing(Item::place);

    /** Sets kept at a time, in one search after the other; with more, memory and patience of a desk end. */
    private static final int[] WIDTHS = {500, 8_000, 130_000};

    private final List<Item> items;
    private final BigInteger capacity;
    private final BiPredicate<Integer, Integer> exclude;
    private final Map<Item, Chosen> with = new HashMap<>();

    /**
     * @param project what it stands for
     * @param place   in the tie order
     * @param value   above zero
     * @param cost    above zero, at most the capacity
     */
    record Item(int project, int place, BigInteger value, BigInteger cost) {}

    /** A set of items, by the bits of their places. */
    record Chosen(BigInteger value, BigInteger cost, BigInteger places) {

        static final Chosen NOTHING = new Chosen(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        boolean contains(int place) {
            return places.testBit(place);
        }

        Chosen plus(Item item) {
            return new Chosen(value.add(item.value), cost.add(item.cost), places.setBit(item.place));
        }

        Chosen plus(Chosen other) {
            return new Chosen(value.add(other.value), cost.add(other.cost), places.or(other.places));
        }

        boolean isBetterThan(Chosen other) {
            int byValue = value.compareTo(other.value);
            return byValue != 0 ? byValue > 0 : cost.compareTo(other.cost) < 0;
        }
    }

    Knapsack(List<Item> items, BigInteger capacity, BiPredicate<Integer, Integer> exclude) {
        this.items = items.stream().sorted(Comparator.comparing(Item::place)).toList();
        this.capacity = capacity;
        this.exclude = exclude;
    }

    Chosen best() {
        var best = new Search(items, Chosen.NOTHING).best();
        var in = new ArrayList<Item>();
        var open = new ArrayList<>(items);
        while (!open.isEmpty()) {
            var next = open.removeFirst();
            var equal = best.contains(next.place) ? best : equallyGood(best, in, next, open);
            if (equal.contains(next.place)) {
                best = equal;
                in.add(next);
                open.removeIf(other -> excludeEachOther(next, other));
            }
        }
        return best;
    }

    /** The best set with this project in it; of several with the same value and cost any. */
    Chosen bestWith(int project) {
        return bestWith(
                items.stream().filter(item -> item.project == project).findAny().orElseThrow());
    }

    private Chosen bestWith(Item item) {
        return with.computeIfAbsent(item, absent -> best(List.of(), item, items));
    }

    /** A set as good as the best one with these items and the next one in it, and of others only open ones; else the best one. */
    private Chosen equallyGood(Chosen best, List<Item> in, Item next, List<Item> open) {
        if (best.isBetterThan(bestWith(next)) || cost(in).add(next.cost).compareTo(capacity) > 0) {
            return best;
        } else {
            var other = best(in, next, open);
            return best.isBetterThan(other) ? best : other;
        }
    }

    private Chosen best(List<Item> in, Item next, List<Item> open) {
        var start = Chosen.NOTHING.plus(next);
        for (var item : in) {
            start = start.plus(item);
        }
        return new Search(
                        open.stream()
                                .filter(item -> !item.equals(next) && !excludeEachOther(item, next))
                                .toList(),
                        start)
                .best();
    }

    private static BigInteger cost(List<Item> items) {
        return items.stream().map(Item::cost).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private boolean excludeEachOther(Item a, Item b) {
        return exclude.test(a.project, b.project);
    }

    private static Chosen better(Chosen a, Chosen b) {
        return b.isBetterThan(a) ? b : a;
    }

    /** Of sets in any order those that no other beats in both value and cost, cheapest first. */
    private static List<Chosen> undominated(List<Chosen> sets) {
        sets.sort(Comparator.comparing(Chosen::cost)
                .thenComparing(Comparator.comparing(Chosen::value).reversed()));
        var kept = new ArrayList<Chosen>();
        for (var set : sets) {
            if (kept.isEmpty() || set.value.compareTo(kept.getLast().value) > 0) {
                kept.add(set);
            }
        }
        return kept;
    }

    /** So many of the sets, evenly, the last one among them. */
    private static List<Chosen> thinned(List<Chosen> sets, int width) {
        var kept = new ArrayList<Chosen>();
        for (int i = 1; i <= width; i++) {
            kept.add(sets.get((int) ((long) i * sets.size() / width) - 1));
        }
        return kept;
    }

    /** The best set that begins with a given one, by value and cost. */
    private final class Search {

        private final List<Item> order;
        private final int entangled;
        private final BigInteger common;
        private final Chosen start;
        private Chosen best;

        Search(List<Item> items, Chosen start) {
            this.start = start;
            best = start;
            var bound = entangled(items);
            entangled = bound.size();
            order = new ArrayList<>(bound);
            items.stream()
                    .filter(item -> !bound.contains(item))
                    .sorted(BY_RATIO)
                    .forEach(order::add);
            common = items.stream().map(Item::value).reduce(BigInteger.ZERO, BigInteger::gcd);
        }

        Chosen best() {
            complete(start, 0);
            boolean proven = !new Rest(order).mayBeat(start, 0);
            for (int i = 0; i < WIDTHS.length && !proven; i++) {
                proven = oneByOne(WIDTHS[i]) || byHalves(WIDTHS[i]) || !new Rest(order).mayBeat(start, 0);
            }
            if (!proven) {
                throw new TooManySets(WIDTHS[WIDTHS.length - 1]);
            }
            return best;
        }

        /** Decides item by item and keeps at most so many sets of a kind; whether it has not dropped any that might be best. */
        private boolean oneByOne(int width) {
            boolean complete = true;
            Map<BigInteger, List<Chosen>> kept = Map.of(BigInteger.ZERO, List.of(start));
            var free = new Rest(order.subList(entangled, order.size()));
            for (int i = 0; i < order.size() && !kept.isEmpty(); i++) {
                var grown = new HashMap<BigInteger, List<Chosen>>();
                for (var sets : kept.values()) {
                    for (var set : sets) {
                        offer(grown, set, i + 1);
                        if (mayTake(set, i)) {
                            var with = set.plus(order.get(i));
                            best = better(best, with);
                            offer(grown, with, i + 1);
                        }
                    }
                }
                var rest = i + 1 < entangled ? new Rest(order.subList(i + 1, order.size())) : free;
                int from = i + 1 < entangled ? 0 : i + 1 - entangled;
                kept = new HashMap<>();
                for (var entry : grown.entrySet()) {
                    var sets = undominated(entry.getValue());
                    complete(sets.getLast(), i + 1);
                    sets.removeIf(set -> !rest.mayBeat(set, from));
                    complete = complete && sets.size() <= width;
                    if (!sets.isEmpty()) {
                        kept.put(entry.getKey(), sets.size() <= width ? sets : thinned(sets, width));
                    }
                }
            }
            return complete;
        }

        private void offer(Map<BigInteger, List<Chosen>> grown, Chosen set, int next) {
            var choices = BigInteger.ZERO;
            for (int i = next; i < entangled; i++) {
                choices = isExcluded(set, order.get(i)) ? choices.setBit(i) : choices;
            }
            grown.computeIfAbsent(choices, absent -> new ArrayList<>()).add(set);
        }

        private boolean mayTake(Chosen set, int place) {
            var item = order.get(place);
            return set.cost.add(item.cost).compareTo(capacity) <= 0 && !(place < entangled && isExcluded(set, item));
        }

        private boolean isExcluded(Chosen set, Item item) {
            return order.subList(0, entangled).stream()
                    .anyMatch(other -> set.contains(other.place) && excludeEachOther(other, item));
        }

        /** Adds what fits in the order of search, and remembers the set if it is the best. */
        private void complete(Chosen set, int next) {
            var full = set;
            for (int i = next; i < order.size(); i++) {
                full = mayTake(full, i) ? full.plus(order.get(i)) : full;
            }
            best = better(best, full);
        }

        /** Puts sets of every other item together with sets of those between; whether that were all sets that might be best. */
        private boolean byHalves(int width) {
            if (entangled > 0) {
                return false;
            } else {
                var even = new ArrayList<Chosen>();
                var odd = new ArrayList<Chosen>();
                boolean complete = half(0, width, even) & half(1, width, odd);
                int fitting = odd.size() - 1;
                for (var one : even) {
                    while (fitting > 0 && !fits(one, odd.get(fitting))) {
                        fitting--;
                    }
                    best = fits(one, odd.get(fitting))
                            ? better(best, start.plus(one).plus(odd.get(fitting)))
                            : best;
                }
                return complete;
            }
        }

        private boolean fits(Chosen one, Chosen other) {
            return start.cost.add(one.cost).add(other.cost).compareTo(capacity) <= 0;
        }

        private boolean half(int first, int width, List<Chosen> into) {
            List<Chosen> sets = List.of(Chosen.NOTHING);
            boolean complete = true;
            for (int i = first; i < order.size(); i += 2) {
                var grown = new ArrayList<>(sets);
                for (var set : sets) {
                    var with = set.plus(order.get(i));
                    if (fits(with, Chosen.NOTHING)) {
                        grown.add(with);
                    }
                }
                sets = undominated(grown);
                complete = complete && sets.size() <= width;
                sets = sets.size() <= width ? sets : thinned(sets, width);
            }
            into.addAll(sets);
            return complete;
        }

        /** Items that exclude others, each followed by those it is bound up with. */
        private List<Item> entangled(List<Item> items) {
            var found = new LinkedHashSet<Item>();
            for (var item : items) {
                var waiting = new ArrayDeque<Item>();
                waiting.add(item);
                while (!waiting.isEmpty()) {
                    var each = waiting.removeFirst();
                    var rivals = items.stream()
                            .filter(other -> excludeEachOther(each, other))
                            .toList();
                    if (!rivals.isEmpty() && found.add(each)) {
                        waiting.addAll(rivals);
                    }
                }
            }
            return new ArrayList<>(found);
        }

        /** Bounds on what some items from one on can still add. */
        private final class Rest {

            private final List<Item> sorted;
            private final BigInteger[] values;
            private final BigInteger[] costs;

            Rest(List<Item> items) {
                sorted = items.stream().sorted(BY_RATIO).toList();
                values = new BigInteger[sorted.size() + 1];
                costs = new BigInteger[sorted.size() + 1];
                values[0] = BigInteger.ZERO;
                costs[0] = BigInteger.ZERO;
                for (int i = 0; i < sorted.size(); i++) {
                    values[i + 1] = values[i].add(sorted.get(i).value);
                    costs[i + 1] = costs[i].add(sorted.get(i).cost);
                }
            }

            boolean mayBeat(Chosen set, int from) {
                var reach = set.value.add(gain(capacity.subtract(set.cost), from));
                int byValue = reach.compareTo(best.value);
                return byValue != 0
                        ? byValue > 0
                        : set.cost
                                        .add(price(best.value.subtract(set.value), from))
                                        .compareTo(best.cost)
                                < 0;
            }

            /** The most that so much money can add if items could be divided; a multiple of what divides all values. */
            private BigInteger gain(BigInteger money, int from) {
                int whole = last(costs, costs[from].add(money), from);
                var gain = values[whole].subtract(values[from]);
                if (whole < sorted.size()) {
                    var item = sorted.get(whole);
                    var over = costs[from].add(money).subtract(costs[whole]);
                    gain = gain.add(item.value.multiply(over).divide(item.cost));
                }
                return gain.subtract(gain.mod(common.max(BigInteger.ONE)));
            }

            /** The least money that can add so much value if items could be divided. */
            private BigInteger price(BigInteger value, int from) {
                int whole = last(values, values[from].add(value), from);
                var price = costs[whole].subtract(costs[from]);
                var missing = values[from].add(value).subtract(values[whole]);
                if (whole < sorted.size() && missing.signum() > 0) {
                    var item = sorted.get(whole);
                    price = price.add(missing.multiply(item.cost)
                            .add(item.value)
                            .subtract(BigInteger.ONE)
                            .divide(item.value));
                }
                return price;
            }

            /** The last position whose sum is not above the limit. */
            private int last(BigInteger[] sums, BigInteger limit, int from) {
                int low = from;
                int high = sums.length - 1;
                while (low < high) {
                    int middle = (low + high + 1) >>> 1;
                    if (sums[middle].compareTo(limit) <= 0) {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
                return low;
            }
        }
    }
}
