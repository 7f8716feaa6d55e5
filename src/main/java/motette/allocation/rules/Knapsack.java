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
 * The best affordable set, exactly: greatest value, then lowest cost, then smallest places. Decides item by item; keeps of the sets
 * that leave the same choices only those that no other beats in both cost and worth, and of these only those that may still become
 * better than the best set known (bound: the rest may be divided).
 */
final class Knapsack {

    private static final Comparator<Item> BY_RATIO = ((Comparator<Item>)
                    (a, b) -> b.value.multiply(a.cost).compareTo(a.value.multiply(b.cost)))
            .thenComparing(Item::cost)
            .thenComparing(Item::place);

    private final List<Item> items;
    private final BigInteger capacity;
    private final BiPredicate<Integer, Integer> exclude;

    /**
     * @param project what it stands for
     * @param place   in the tie order
     * @param value   above zero
     * @param cost    above zero, at most the capacity
     */
    record Item(int project, int place, BigInteger value, BigInteger cost) {}

    /**
     * A set of items.
     *
     * @param places  bit 2^(-place) for each, shifted so that all are whole: greater means smaller places
     * @param blocked items still to be decided that it excludes, by position
     */
    record Chosen(BigInteger value, BigInteger cost, BigInteger places, BigInteger blocked, int places0)
            implements Comparable<Chosen> {

        boolean contains(int place) {
            return places.testBit(places0 - place);
        }

        Chosen plus(Item item, BigInteger blocks) {
            return new Chosen(
                    value.add(item.value),
                    cost.add(item.cost),
                    places.setBit(places0 - item.place),
                    blocked.or(blocks),
                    places0);
        }

        /** Above zero when this one is better. */
        @Override
        public int compareTo(Chosen other) {
            int byValue = value.compareTo(other.value);
            int byCost = other.cost.compareTo(cost);
            return byValue != 0 ? byValue : byCost != 0 ? byCost : places.compareTo(other.places);
        }
    }

    Knapsack(List<Item> items, BigInteger capacity, BiPredicate<Integer, Integer> exclude) {
        this.items = items;
        this.capacity = capacity;
        this.exclude = exclude;
    }

    Chosen best() {
        int last = items.stream().mapToInt(Item::place).max().orElse(0);
        var none = new Chosen(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, last);
        return new Search(items, none).best();
    }

    /** The best set with this project in it. */
    Chosen bestWith(int project) {
        var item =
                items.stream().filter(each -> each.project == project).findAny().orElseThrow();
        var others = items.stream()
                .filter(each -> each.project != project && !exclude.test(project, each.project))
                .toList();
        int last = items.stream().mapToInt(Item::place).max().orElse(0);
        var with = new Chosen(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, last)
                .plus(item, BigInteger.ZERO);
        return new Search(others, with).best();
    }

    private final class Search {

        private final List<Item> order;
        private final List<BigInteger> blocks = new ArrayList<>();
        private final int entangled;
        private final BigInteger common;
        private final Chosen start;
        private Chosen best;

        Search(List<Item> items, Chosen start) {
            this.start = start;
            best = start;
            var tied = entangled(items);
            entangled = tied.size();
            order = new ArrayList<>(tied);
            items.stream().filter(item -> !tied.contains(item)).sorted(BY_RATIO).forEach(order::add);
            for (var item : order) {
                var mask = BigInteger.ZERO;
                for (int i = 0; i < entangled; i++) {
                    if (exclude.test(item.project, order.get(i).project)) {
                        mask = mask.setBit(i);
                    }
                }
                blocks.add(mask);
            }
            common = items.stream().map(Item::value).reduce(BigInteger.ZERO, BigInteger::gcd);
        }

        Chosen best() {
            complete(start, 0);
            Map<BigInteger, List<Chosen>> kept = Map.of(BigInteger.ZERO, List.of(start));
            var free = new Rest(order.subList(entangled, order.size()));
            for (int i = 0; i < order.size() && !kept.isEmpty(); i++) {
                var grown = new HashMap<BigInteger, List<Chosen>>();
                for (var sets : kept.values()) {
                    for (var set : sets) {
                        offer(grown, set, i);
                        if (!set.blocked.testBit(i)
                                && set.cost.add(order.get(i).cost).compareTo(capacity) <= 0) {
                            var with = set.plus(order.get(i), blocks.get(i));
                            best = with.compareTo(best) > 0 ? with : best;
                            offer(grown, with, i);
                        }
                    }
                }
                var rest = i + 1 < entangled ? new Rest(order.subList(i + 1, order.size())) : free;
                int from = i + 1 < entangled ? 0 : i + 1 - entangled;
                kept = reduce(grown, rest, from, i + 1);
            }
            return best;
        }

        private void offer(Map<BigInteger, List<Chosen>> grown, Chosen set, int decided) {
            var open = set.blocked.shiftRight(decided + 1).shiftLeft(decided + 1);
            grown.computeIfAbsent(open, absent -> new ArrayList<>()).add(set);
        }

        private Map<BigInteger, List<Chosen>> reduce(
                Map<BigInteger, List<Chosen>> grown, Rest rest, int from, int next) {
            var kept = new HashMap<BigInteger, List<Chosen>>();
            for (var entry : grown.entrySet()) {
                var sets = entry.getValue();
                sets.sort(Comparator.comparing(Chosen::cost).thenComparing(Comparator.reverseOrder()));
                var undominated = new ArrayList<Chosen>();
                for (var set : sets) {
                    if (undominated.isEmpty() || set.compareTo(undominated.getLast()) > 0) {
                        undominated.add(set);
                    }
                }
                if (!undominated.isEmpty()) {
                    complete(undominated.getLast(), next);
                }
                kept.put(entry.getKey(), undominated);
            }
            kept.values().forEach(sets -> sets.removeIf(set -> !rest.mayBeat(set, from)));
            kept.values().removeIf(List::isEmpty);
            return kept;
        }

        /** Adds what fits in the order of search, and remembers the set if it is the best. */
        private void complete(Chosen set, int next) {
            var full = set;
            for (int i = next; i < order.size(); i++) {
                if (!full.blocked.testBit(i) && full.cost.add(order.get(i).cost).compareTo(capacity) <= 0) {
                    full = full.plus(order.get(i), blocks.get(i));
                }
            }
            best = full.compareTo(best) > 0 ? full : best;
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
                            .filter(other -> exclude.test(each.project, other.project))
                            .toList();
                    if (!rivals.isEmpty() && found.add(each)) {
                        waiting.addAll(rivals);
                    }
                }
            }
            return new ArrayList<>(found);
        }

        /** Bounds on what the items from one on can still add. */
        private final class Rest {

            private final List<Item> sorted;
            private final BigInteger[] values;
            private final BigInteger[] costs;
            private final BigInteger[] places;

            Rest(List<Item> items) {
                sorted = items.stream().sorted(BY_RATIO).toList();
                values = new BigInteger[sorted.size() + 1];
                costs = new BigInteger[sorted.size() + 1];
                places = new BigInteger[sorted.size() + 1];
                values[0] = BigInteger.ZERO;
                costs[0] = BigInteger.ZERO;
                places[sorted.size()] = BigInteger.ZERO;
                for (int i = 0; i < sorted.size(); i++) {
                    values[i + 1] = values[i].add(sorted.get(i).value);
                    costs[i + 1] = costs[i].add(sorted.get(i).cost);
                }
                for (int i = sorted.size() - 1; i >= 0; i--) {
                    places[i] = places[i + 1].setBit(start.places0 - sorted.get(i).place);
                }
            }

            boolean mayBeat(Chosen set, int from) {
                var reach = set.value.add(gain(capacity.subtract(set.cost), from));
                int byValue = reach.compareTo(best.value);
                if (byValue != 0) {
                    return byValue > 0;
                } else {
                    int byCost = set.cost
                            .add(price(best.value.subtract(set.value), from))
                            .compareTo(best.cost);
                    return byCost != 0
                            ? byCost < 0
                            : set.places.or(places[from]).compareTo(best.places) > 0;
                }
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
