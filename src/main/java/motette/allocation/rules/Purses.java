package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The voters' money in one run of Equal Shares after another; not for several threads at once. Amounts are units of
 * 10^-{@link Election#scale()}; projects and groups are named as in {@link Supporters}; the price of a project is what its
 * supporters pay per unit of weight, unless they have less.
 *
 * <p>What a group has left is known exactly without being stored: nothing once it could not pay a whole share, else the endowment
 * less its share of each purchase on its ballot. The prices of purchases are exact, over one common denominator. Beside it each
 * group's money stands as a double that is less than {@link #slack} away from the truth; wherever doubles leave no doubt they are
 * asked, elsewhere the fractions.
 */
final class Purses {

    private static final double HALF_ULP = 0x1p-53;
    private static final int BITS_OF_DOUBLE_RANGE = 1000;
    private static final long WHOLE_IN_DOUBLE = 1L << 50;

    private final Supporters supporters;
    private final Rule.Utility utility;
    private final BigInteger available;
    private final boolean exactly;

    private final double[] counts;
    private final double[] costs;
    private final double[] money;
    private final boolean[] empty;
    private final int[] emptiedBy;
    private final boolean[] out;
    private final double[] least;
    private final int[] queue;
    private final int[] purchase;
    private final int[] bought;
    private final BigInteger[] prices;
    private final int[] sides;
    private final Tally tally;

    private int purchases;
    private BigInteger endowment = BigInteger.ZERO;
    private BigInteger denominator = BigInteger.ONE;
    private double slack;

    Purses(Supporters supporters, Rule.Utility utility, BigInteger available, Arithmetic arithmetic) {
        this.supporters = supporters;
        this.utility = utility;
        this.available = available;
        int size = supporters.size();
        int groups = supporters.groups();
        exactly = arithmetic == Arithmetic.EXACT || !withinDoubles();
        counts = new double[groups];
        Arrays.setAll(counts, supporters::count);
        costs = new double[size];
        Arrays.setAll(costs, project -> supporters.cost(project).doubleValue());
        money = new double[groups];
        empty = new boolean[groups];
        emptiedBy = new int[groups];
        out = new boolean[size];
        least = new double[size];
        queue = new int[size];
        purchase = new int[size];
        bought = new int[size];
        prices = new BigInteger[size];
        Arrays.fill(prices, BigInteger.ZERO);
        int most = 0;
        for (int project = 0; project < size; project++) {
            most = Math.max(most, supporters.first(project + 1) - supporters.first(project));
        }
        sides = new int[most];
        tally = new Tally(size);
    }

    private boolean withinDoubles() {
        boolean within = available.bitLength() < BITS_OF_DOUBLE_RANGE;
        for (int project = 0; project < supporters.size(); project++) {
            within = within && supporters.total(project) < WHOLE_IN_DOUBLE;
        }
        return within;
    }

    /**
     * What a run bought.
     *
     * @param decided   projects bought, and those that a purchase excludes
     * @param cost      of all purchases together; of those until then if they cost too much
     * @param overspent whether that is more than is available
     */
    record Run(BitSet decided, BigInteger cost, boolean overspent) {}

    /** A purchase; the project is named as in the election. */
    record Purchase(int project, Reason.Bought reason) {}

    /** How the supporters of a project that was not bought came to be short. */
    record Shortage(int round, Fraction then, Fraction end, List<Reason.Share> spentOn) {}

    /** All that happened in a run; the shortages by the project's index in the election. */
    record Trace(List<Purchase> purchases, Map<Integer, Shortage> shortages) {

        Shortage shortage(int project) {
            var shortage = shortages.get(project);
            if (shortage == null) {
                throw new IllegalStateException("The supporters of the project at index " + project + " are not short");
            }
            return shortage;
        }
    }

    /** Price of a project: {@code amount / (denominator * weight)}, weight being that of those who pay their whole share. */
    private record Offer(int project, BigInteger amount, long weight) {}

    /** Runs until nothing more can be bought, or until more is bought than there is money. */
    Run run(Fraction each) {
        begin(each);
        var cost = BigInteger.ZERO;
        var offers = offers();
        while (!offers.isEmpty() && cost.compareTo(available) <= 0) {
            cost = cost.add(supporters.cost(offers.getFirst().project));
            buy(offers.getFirst());
            if (cost.compareTo(available) <= 0) {
                offers = offers();
            }
        }
        var decided = new BitSet();
        for (int i = 0; i < purchases; i++) {
            decided.set(bought[i]);
            Arrays.stream(supporters.rivals(bought[i])).forEach(decided::set);
        }
        return new Run(decided, cost, cost.compareTo(available) > 0);
    }

    private void begin(Fraction each) {
        endowment = each.numerator();
        denominator = each.denominator();
        purchases = 0;
        double amount = Doubles.quotient(endowment, denominator);
        Arrays.fill(money, amount);
        Arrays.fill(empty, each.signum() == 0);
        Arrays.fill(emptiedBy, Integer.MAX_VALUE);
        Arrays.fill(out, false);
        Arrays.fill(purchase, -1);
        for (int project = 0; project < queue.length; project++) {
            least[project] = measure(project, lower(costs[project] / supporters.total(project)));
            queue[project] = project;
        }
        slack = 8 * Math.ulp(amount);
    }

    private double measure(int project, double price) {
        return utility == Rule.Utility.COST ? lower(price / costs[project]) : price;
    }

    private double price(int project, double measure) {
        return utility == Rule.Utility.COST ? measure * costs[project] : measure;
    }

    // ── the next purchase ──

    /** The offers that are equally good and better than all others, in tie order; none when nothing more can be bought. */
    private List<Offer> offers() {
        sortQueue();
        double most = Double.POSITIVE_INFINITY;
        var contenders = new ArrayList<Integer>();
        for (int project : queue) {
            if (!out[project] && least[project] <= most && isAffordable(project)) {
                most = Math.min(most, evaluate(project, most));
                contenders.add(project);
            }
        }
        double bound = most;
        contenders.removeIf(project -> least[project] > bound);
        contenders.sort(Comparator.naturalOrder());
        var best = new ArrayList<Offer>();
        for (int project : contenders) {
            var offer = offer(project);
            int comparison = best.isEmpty() ? -1 : compare(offer, best.getFirst());
            if (comparison < 0) {
                best.clear();
            }
            if (comparison <= 0) {
                best.add(offer);
            }
        }
        return best;
    }

    /** Almost in order from the round before, hence by insertion. */
    private void sortQueue() {
        for (int i = 1; i < queue.length; i++) {
            int project = queue[i];
            int j = i;
            while (j > 0 && least[queue[j - 1]] > least[project]) {
                queue[j] = queue[j - 1];
                j--;
            }
            queue[j] = project;
        }
    }

    /** Whether its supporters have its cost together; puts it out for good if not. */
    private boolean isAffordable(int project) {
        int first = supporters.first(project);
        int end = supporters.first(project + 1);
        double held = 0;
        double voters = 0;
        for (int i = first; i < end; i++) {
            int group = supporters.group(i);
            held += counts[group] * money[group];
            voters += counts[group];
        }
        double cost = costs[project];
        double doubt = voters * slack + 2 * (end - first + 4) * HALF_ULP * (held + cost);
        boolean affordable = exactly || Math.abs(held - cost) <= doubt
                ? held(project).compareTo(supporters.cost(project).multiply(denominator)) >= 0
                : held > cost;
        out[project] = !affordable;
        return affordable;
    }

    /**
     * Raises the project's lower bound, and answers an upper bound; infinity where doubles do not say, or where it is not below the
     * one given.
     *
     * <p>For any split of the supporters into such as pay all they have and such as pay their share,
     * {@code (cost - money of the former) / weight of the latter} is at most the price, so every step of Newton's method from below
     * stays below.
     */
    private double evaluate(int project, double most) {
        if (exactly) {
            return Double.POSITIVE_INFINITY;
        } else {
            int first = supporters.first(project);
            int end = supporters.first(project + 1);
            double price = price(project, least[project]);
            double weight = 0;
            double doubt = 0;
            boolean rising = true;
            while (rising) {
                double given = 0;
                double givers = 0;
                weight = 0;
                for (int i = first; i < end; i++) {
                    int group = supporters.group(i);
                    double share = price * supporters.weight(i);
                    if (money[group] < share) {
                        given += counts[group] * money[group];
                        givers += counts[group];
                    } else {
                        weight += counts[group] * supporters.weight(i);
                    }
                }
                doubt = givers * slack + 2 * (end - first + 4) * HALF_ULP * costs[project];
                double next = weight > 0 ? (costs[project] - given) / weight : price;
                least[project] = weight > 0
                        ? Math.max(least[project], measure(project, lower((costs[project] - given - doubt) / weight)))
                        : least[project];
                rising = next > price * (1 + 64 * HALF_ULP);
                price = Math.max(price, next);
            }
            return least[project] <= most && weight > 0
                    ? upper(project, price + 4 * doubt / weight + 16 * HALF_ULP * price)
                    : Double.POSITIVE_INFINITY;
        }
    }

    /** The measure at this price if that is certainly enough to pay the cost, else infinity. */
    private double upper(int project, double price) {
        int first = supporters.first(project);
        int end = supporters.first(project + 1);
        double paid = 0;
        for (int i = first; i < end; i++) {
            int group = supporters.group(i);
            paid += counts[group] * Math.min(money[group] - slack, price * supporters.weight(i));
        }
        double enough = costs[project] * (1 + 2 * (end - first + 4) * HALF_ULP);
        double measure = utility == Rule.Utility.COST ? price / costs[project] : price;
        return paid >= enough ? measure * (1 + 8 * HALF_ULP) : Double.POSITIVE_INFINITY;
    }

    /** A little less than a value that was rounded a few times. */
    private static double lower(double value) {
        return value * (1 - 8 * HALF_ULP);
    }

    private int compare(Offer a, Offer b) {
        var left = a.amount.multiply(BigInteger.valueOf(b.weight));
        var right = b.amount.multiply(BigInteger.valueOf(a.weight));
        return utility == Rule.Utility.COST
                ? left.multiply(supporters.cost(b.project)).compareTo(right.multiply(supporters.cost(a.project)))
                : left.compareTo(right);
    }

    /** The exact price: Newton's method on the exact amounts, beginning where the doubles end. */
    private Offer offer(int project) {
        int first = supporters.first(project);
        int size = supporters.first(project + 1) - first;
        double guess = exactly ? 0 : price(project, least[project]);
        for (int i = 0; i < size; i++) {
            sides[i] = money[supporters.group(first + i)] < guess * supporters.weight(first + i) ? -1 : 1;
        }
        var offer = offer(project, size);
        while (!settle(offer, size)) {
            offer = offer(project, size);
        }
        return offer;
    }

    private Offer offer(int project, int size) {
        int first = supporters.first(project);
        long weight = 0;
        for (int i = 0; i < size; i++) {
            weight += sides[i] < 0 ? 0 : supporters.count(supporters.group(first + i)) * supporters.weight(first + i);
        }
        tally.clear();
        for (int i = 0; i < size; i++) {
            if (weight == 0) {
                sides[i] = 1;
            } else if (sides[i] < 0) {
                tally.add(supporters.group(first + i));
            }
        }
        return new Offer(
                project,
                supporters.cost(project).multiply(denominator).subtract(tally.money()),
                weight == 0 ? supporters.total(project) : weight);
    }

    /** Says for each supporter on which side of the price it is; whether that is how the price was computed. */
    private boolean settle(Offer offer, int size) {
        int first = supporters.first(offer.project);
        double price = Doubles.quotient(offer.amount, denominator.multiply(BigInteger.valueOf(offer.weight)));
        boolean settled = true;
        for (int i = 0; i < size; i++) {
            int before = sides[i];
            sides[i] = side(supporters.group(first + i), supporters.weight(first + i), price, offer);
            settled = settled && (before < 0 ? sides[i] <= 0 : sides[i] >= 0);
        }
        return settled;
    }

    /** Above zero when the group keeps something after paying its share, zero when nothing is left, below when it has less. */
    private int side(int group, long weight, double price, Offer offer) {
        if (empty[group]) {
            return -1;
        } else {
            double share = price * weight;
            double kept = money[group] - share;
            if (!exactly && Math.abs(kept) > slack + 16 * HALF_ULP * share) {
                return kept > 0 ? 1 : -1;
            } else {
                return money(group)
                        .multiply(BigInteger.valueOf(offer.weight))
                        .compareTo(offer.amount.multiply(BigInteger.valueOf(weight)));
            }
        }
    }

    // ── money ──

    private void buy(Offer offer) {
        int first = supporters.first(offer.project);
        int size = supporters.first(offer.project + 1) - first;
        double price = Doubles.quotient(offer.amount, denominator.multiply(BigInteger.valueOf(offer.weight)));
        settle(offer, size);
        for (int i = 0; i < size; i++) {
            int group = supporters.group(first + i);
            if (sides[i] > 0) {
                money[group] = Math.max(0, money[group] - price * supporters.weight(first + i));
            } else if (!empty[group]) {
                money[group] = 0;
                empty[group] = true;
                emptiedBy[group] = purchases;
            }
        }
        remember(offer);
        out[offer.project] = true;
        Arrays.stream(supporters.rivals(offer.project)).forEach(rival -> out[rival] = true);
        slack += 4 * Math.ulp(Doubles.quotient(endowment, denominator));
    }

    private void remember(Offer offer) {
        var weight = BigInteger.valueOf(offer.weight);
        var common = offer.amount.mod(weight).gcd(weight);
        var factor = weight.divide(common);
        if (!factor.equals(BigInteger.ONE)) {
            denominator = denominator.multiply(factor);
            endowment = endowment.multiply(factor);
            for (int i = 0; i < purchases; i++) {
                prices[i] = prices[i].multiply(factor);
            }
        }
        prices[purchases] = offer.amount.divide(common);
        bought[purchases] = offer.project;
        purchase[offer.project] = purchases++;
    }

    /** What each ballot of the group has left, times the denominator. */
    private BigInteger money(int group) {
        if (empty[group]) {
            return BigInteger.ZERO;
        } else {
            var left = endowment;
            for (int i = supporters.firstNamed(group); i < supporters.firstNamed(group + 1); i++) {
                int index = purchase[supporters.named(i)];
                if (index >= 0) {
                    left = left.subtract(prices[index].multiply(BigInteger.valueOf(supporters.namedWeight(i))));
                }
            }
            return left;
        }
    }

    /** What the supporters of a project have left together, times the denominator. */
    private BigInteger held(int project) {
        tally.clear();
        for (int i = supporters.first(project); i < supporters.first(project + 1); i++) {
            tally.add(supporters.group(i));
        }
        return tally.money();
    }

    private Fraction fraction(BigInteger amount) {
        return Fraction.of(amount, denominator);
    }

    /** Money of many groups together: so many endowments less so many prices of each purchase. */
    private final class Tally {

        private final long[] paid;
        private long ballots;

        Tally(int size) {
            paid = new long[size];
        }

        void clear() {
            Arrays.fill(paid, 0, purchases, 0);
            ballots = 0;
        }

        void add(int group) {
            if (!empty[group]) {
                long count = supporters.count(group);
                ballots += count;
                for (int i = supporters.firstNamed(group); i < supporters.firstNamed(group + 1); i++) {
                    int index = purchase[supporters.named(i)];
                    if (index >= 0) {
                        paid[index] += count * supporters.namedWeight(i);
                    }
                }
            }
        }

        /** The sum, times the denominator. */
        BigInteger money() {
            var sum = endowment.multiply(BigInteger.valueOf(ballots));
            for (int i = 0; i < purchases; i++) {
                if (paid[i] != 0) {
                    sum = sum.subtract(prices[i].multiply(BigInteger.valueOf(paid[i])));
                }
            }
            return sum;
        }
    }

    // ── the whole story of one run ──

    /** As {@link #run}, with every figure; only for money that does not buy more than is available. */
    Trace trace(Fraction each, Progress progress) {
        begin(each);
        var story = new ArrayList<Purchase>();
        var shortSince = new HashMap<Integer, Integer>();
        var then = new HashMap<Integer, Fraction>();
        var open = new BitSet();
        open.set(0, supporters.size());
        boolean buying = true;
        while (buying) {
            for (int project = open.nextSetBit(0); project >= 0; project = open.nextSetBit(project + 1)) {
                if (out[project]) {
                    open.clear(project);
                } else if (!isAffordable(project)) {
                    open.clear(project);
                    shortSince.put(project, purchases + 1);
                    then.put(project, progress.currency(fraction(held(project))));
                }
            }
            var offers = offers();
            buying = !offers.isEmpty();
            if (buying) {
                story.add(new Purchase(supporters.project(offers.getFirst().project), buyAndTell(offers, progress)));
            }
        }
        var shortages = new HashMap<Integer, Shortage>();
        shortSince.forEach((project, round) -> shortages.put(
                supporters.project(project),
                new Shortage(
                        round,
                        then.getOrDefault(project, Fraction.ZERO),
                        progress.currency(fraction(held(project))),
                        spentOn(project, progress))));
        return new Trace(story, shortages);
    }

    private Reason.Bought buyAndTell(List<Offer> offers, Progress progress) {
        var offer = offers.getFirst();
        int project = offer.project;
        int first = supporters.first(project);
        int size = supporters.first(project + 1) - first;
        var others = offers.stream()
                .skip(1)
                .map(other -> supporters.project(other.project))
                .toList();
        var price = Fraction.of(offer.amount, denominator.multiply(BigInteger.valueOf(offer.weight)));
        var before = fraction(held(project));
        settle(offer, size);
        tally.clear();
        long full = 0;
        long last = 0;
        long greatest = 0;
        for (int i = 0; i < size; i++) {
            int group = supporters.group(first + i);
            if (sides[i] >= 0) {
                full += supporters.count(group);
                greatest = Math.max(greatest, supporters.weight(first + i));
            } else {
                last += supporters.count(group);
                tally.add(group);
            }
        }
        var paidByLast = fraction(tally.money());
        var largest = price.times(greatest);
        for (int i = 0; i < size; i++) {
            if (sides[i] < 0 && supporters.weight(first + i) > greatest) {
                var payment = fraction(money(supporters.group(first + i)));
                largest = largest.compareTo(payment) < 0 ? payment : largest;
            }
        }
        buy(offer);
        var cost = Fraction.of(supporters.cost(project), BigInteger.ONE);
        var rho = rho(price, cost, progress);
        return new Reason.Bought(
                purchases,
                rho,
                progress.currency(largest),
                utility == Rule.Utility.CARDINALITY ? cost.over(price) : Fraction.ONE.over(rho),
                progress.currency(before),
                progress.currency(before.minus(cost)),
                full,
                last,
                progress.currency(paidByLast),
                progress.ranking().tie(supporters.project(project), others));
    }

    private Fraction rho(Fraction price, Fraction cost, Progress progress) {
        return switch (utility) {
            case COST -> price.over(cost);
            case CARDINALITY -> progress.currency(price);
            case SCORE ->
                progress.currency(price)
                        .times(Fraction.of(
                                BigInteger.TEN.pow(progress.election().pointScale()), BigInteger.ONE));
        };
    }

    /** Up to three purchases that took most of the money of the project's supporters. */
    private List<Reason.Share> spentOn(int project, Progress progress) {
        var full = new long[purchases];
        var emptied = new long[purchases];
        var paidBefore = new long[purchases][];
        for (int i = supporters.first(project); i < supporters.first(project + 1); i++) {
            int group = supporters.group(i);
            long count = supporters.count(group);
            int emptiedAt = emptiedBy[group];
            if (emptiedAt != Integer.MAX_VALUE && emptied[emptiedAt] == 0) {
                paidBefore[emptiedAt] = new long[purchases];
            }
            for (int j = supporters.firstNamed(group); j < supporters.firstNamed(group + 1); j++) {
                int index = purchase[supporters.named(j)];
                if (index >= 0 && index < emptiedAt) {
                    full[index] += count * supporters.namedWeight(j);
                    if (emptiedAt != Integer.MAX_VALUE) {
                        paidBefore[emptiedAt][index] += count * supporters.namedWeight(j);
                    }
                }
            }
            if (emptiedAt != Integer.MAX_VALUE) {
                emptied[emptiedAt] += count;
            }
        }
        var shares = new ArrayList<Reason.Share>();
        for (int index = 0; index < purchases; index++) {
            var paid = prices[index].multiply(BigInteger.valueOf(full[index]));
            if (emptied[index] > 0) {
                paid = paid.add(endowment.multiply(BigInteger.valueOf(emptied[index])));
                for (int earlier = 0; earlier < index; earlier++) {
                    if (paidBefore[index][earlier] != 0) {
                        paid = paid.subtract(prices[earlier].multiply(BigInteger.valueOf(paidBefore[index][earlier])));
                    }
                }
            }
            if (paid.signum() > 0) {
                shares.add(new Reason.Share(supporters.project(bought[index]), progress.currency(fraction(paid))));
            }
        }
        return shares.stream()
                .sorted(Comparator.comparing(Reason.Share::paid)
                        .reversed()
                        .thenComparing(share -> progress.ranking().rank(share.project())))
                .limit(3)
                .toList();
    }
}
