package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** A step of the search for a price goes a little too far, so as to end above it. */
    private static final double STEP = 1 + 0x1p-36;

    private static final int NONE = -1;
    private static final int BITS_OF_DOUBLE_RANGE = 1000;
    private static final long WHOLE_IN_DOUBLE = 1L << 50;

    private final Supporters supporters;
    private final Rule.Utility utility;
    private final BigInteger available;
    private final boolean exactly;

    private final double[] costs;
    private final double[] money;
    private final boolean[] empty;
    private final int[] emptiedBy;
    private final boolean[] out;
    private final double[] votes;
    private final double[] least;
    private final double[] most;
    private final int[] queue;
    private final int[] purchase;
    private final int[] bought;
    private final BigInteger[] prices;
    private final int[] sides;
    private final Tally tally;
    private final Payments payments = new Payments();

    private int sidesOf = NONE;
    private int purchases;
    private boolean anyEmpty;
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
        costs = new double[size];
        Arrays.setAll(costs, project -> supporters.cost(project).doubleValue());
        money = new double[groups];
        empty = new boolean[groups];
        emptiedBy = new int[groups];
        out = new boolean[size];
        votes = new double[size];
        Arrays.setAll(votes, supporters::votes);
        least = new double[size];
        most = new double[size];
        queue = new int[size];
        purchase = new int[size];
        bought = new int[size];
        prices = new BigInteger[size];
        Arrays.fill(prices, BigInteger.ZERO);
        int longest = 0;
        for (int project = 0; project < size; project++) {
            longest = Math.max(longest, supporters.first(project + 1) - supporters.first(project));
        }
        sides = new int[longest];
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

    /**
     * Up to which money of each voter, not included, all runs buy what the last one bought; empty where a little more might already
     * change that.
     *
     * <p>Where every supporter of every purchase paid a whole share and kept something, more money changes no price. A project that was not
     * bought comes before a purchase only from the first one on that is worse even if nobody supporting the project is short of money; and
     * only once its supporters have its cost then, after what they paid until then.
     */
    Optional<Fraction> sameBelow() {
        var below = Optional.<Fraction>empty();
        for (int project = 0; project < supporters.size() && !anyEmpty; project++) {
            int turn = turn(project);
            if (purchase[project] < 0 && !isExcludedBefore(project, turn)) {
                var needed = Fraction.of(
                        supporters.cost(project).multiply(denominator).add(spentBefore(project, turn)),
                        denominator.multiply(BigInteger.valueOf(supporters.votes(project))));
                below = Optional.of(below.map(needed::min).orElse(needed));
            }
        }
        return below;
    }

    /** The first purchase before which the project would come if nobody were short of money; their number where there is none. */
    private int turn(int project) {
        int turn = 0;
        while (turn < purchases && !comesBefore(project, bought[turn])) {
            turn++;
        }
        return turn;
    }

    private boolean comesBefore(int project, int other) {
        var weight = BigInteger.valueOf(supporters.total(project));
        var otherWeight = BigInteger.valueOf(supporters.total(other));
        int comparison = utility == Rule.Utility.COST
                ? otherWeight.compareTo(weight)
                : supporters
                        .cost(project)
                        .multiply(otherWeight)
                        .compareTo(supporters.cost(other).multiply(weight));
        return comparison < 0 || comparison == 0 && project < other;
    }

    private boolean isExcludedBefore(int project, int turn) {
        return Arrays.stream(supporters.rivals(project))
                .anyMatch(rival -> purchase[rival] >= 0 && purchase[rival] < turn);
    }

    /** What the supporters of a project paid for the purchases before one, times the denominator; nobody being short. */
    private BigInteger spentBefore(int project, int turn) {
        var sum = BigInteger.ZERO;
        for (int i = supporters.first(project); i < supporters.first(project + 1); i++) {
            int group = supporters.group(i);
            for (int j = supporters.firstNamed(group); j < supporters.firstNamed(group + 1); j++) {
                int index = purchase[supporters.named(j)];
                if (index >= 0 && index < turn) {
                    sum = sum.add(prices[index]
                            .multiply(BigInteger.valueOf(supporters.count(group)))
                            .multiply(BigInteger.valueOf(supporters.namedWeight(j))));
                }
            }
        }
        return sum;
    }

    private void begin(Fraction each) {
        endowment = each.numerator();
        denominator = each.denominator();
        purchases = 0;
        sidesOf = NONE;
        double amount = Doubles.quotient(endowment, denominator);
        Arrays.fill(money, amount);
        anyEmpty = each.signum() == 0;
        Arrays.fill(empty, anyEmpty);
        Arrays.fill(emptiedBy, Integer.MAX_VALUE);
        Arrays.fill(out, false);
        Arrays.fill(purchase, -1);
        for (int project = 0; project < queue.length; project++) {
            least[project] = lower(measure(project, costs[project] / supporters.total(project)));
            queue[project] = project;
        }
        slack = 8 * Math.ulp(amount);
    }

    /** By what projects are compared: price per unit of utility. */
    private double measure(int project, double price) {
        return utility == Rule.Utility.COST ? price / costs[project] : price;
    }

    private double price(int project, double measure) {
        return utility == Rule.Utility.COST ? measure * costs[project] : measure;
    }

    // ── the next purchase ──

    /** The offers that are equally good and better than all others, in tie order; none when nothing more can be bought. */
    private List<Offer> offers() {
        sortQueue();
        double bound = Double.POSITIVE_INFINITY;
        var contenders = new ArrayList<Integer>();
        for (int project : queue) {
            if (!out[project] && least[project] <= bound) {
                evaluate(project, bound);
                if (!out[project] && least[project] <= bound) {
                    bound = Math.min(bound, most[project]);
                    contenders.add(project);
                }
            }
        }
        double last = bound;
        contenders.removeIf(project -> least[project] > last);
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

    /**
     * Puts the project out if its supporters do not have its cost together; else raises the lower bound of its measure, and finds an
     * upper one unless the lower one gets beyond a given bound.
     *
     * <p>For any split of the supporters into such as give all they have and such as pay their share,
     * {@code (cost - money of the former) / weight of the latter} is at most the price, so all steps of Newton's method from below
     * give lower bounds; and a price at which enough is paid is an upper one.
     */
    private void evaluate(int project, double bound) {
        most[project] = Double.POSITIVE_INFINITY;
        double cost = costs[project];
        double rounding = 4 * (supporters.first(project + 1) - supporters.first(project) + 4) * HALF_ULP * cost;
        double price = price(project, least[project]) * STEP;
        payments.at(project, price);
        out[project] = isShort(project);
        boolean searching = !exactly && !out[project];
        while (searching) {
            double doubt = payments.givers * slack + rounding;
            double next = (cost - payments.given) / payments.weight;
            if (payments.weight > 0) {
                least[project] = Math.max(least[project], lower(measure(project, next - doubt / payments.weight)));
            }
            if (payments.given + price * payments.weight >= cost + rounding + votes[project] * slack) {
                most[project] = higher(measure(project, price));
                searching = false;
            } else if (payments.weight > 0 && next > price && least[project] <= bound) {
                price = next * STEP;
                payments.at(project, price);
            } else {
                searching = false;
            }
        }
    }

    /** Whether its supporters, whose payments were just estimated, do not have its cost together. */
    private boolean isShort(int project) {
        double cost = costs[project];
        double held = payments.held;
        int size = supporters.first(project + 1) - supporters.first(project);
        double doubt = votes[project] * slack + 4 * (size + 4) * HALF_ULP * (held + cost);
        return exactly || Math.abs(held - cost) <= doubt
                ? held(project).compareTo(supporters.cost(project).multiply(denominator)) < 0
                : held < cost;
    }

    /** What the supporters of a project would pay at a price, roughly. */
    private final class Payments {

        /** All they have. */
        private double held;

        /** What those give who have less than their share. */
        private double given;

        /** How many those are, empty purses not among them. */
        private double givers;

        /** Weight of the others. */
        private double weight;

        void at(int project, double price) {
            int end = supporters.first(project + 1);
            double poor = 0;
            double rich = 0;
            double less = 0;
            double enough = 0;
            for (int i = supporters.first(project); i < end; i++) {
                double each = money[supporters.group(i)];
                double count = supporters.ballots(i);
                double units = supporters.units(i);
                double amount = count * each;
                if (each < price * units) {
                    poor += amount;
                    less += count;
                } else {
                    rich += amount;
                    enough += count * units;
                }
            }
            held = poor + rich;
            given = poor;
            givers = less;
            weight = enough;
        }
    }

    /** A little less than a value that was rounded a few times. */
    private static double lower(double value) {
        return value * (1 - 8 * HALF_ULP);
    }

    /** A little more than a value that was rounded a few times. */
    private static double higher(double value) {
        return value * (1 + 8 * HALF_ULP);
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
        boolean settled = guessSides(project);
        var offer = offerBySides(project);
        while (!settled) {
            settled = settle(offer);
            offer = settled ? offer : offerBySides(project);
        }
        sidesOf = project;
        return offer;
    }

    /** Puts each supporter on the side of the price where its double is; whether that is certain for all. */
    private boolean guessSides(int project) {
        int first = supporters.first(project);
        int size = supporters.first(project + 1) - first;
        double low = exactly ? 0 : lower(price(project, least[project]));
        double high = higher(price(project, most[project]));
        boolean certain = true;
        for (int i = 0; i < size; i++) {
            int group = supporters.group(first + i);
            double units = supporters.units(first + i);
            double each = money[group];
            if (empty[group] || each + slack < lower(low * units)) {
                sides[i] = -1;
            } else {
                sides[i] = 1;
                certain = certain && each - slack > higher(high * units);
            }
        }
        return certain;
    }

    private Offer offerBySides(int project) {
        int first = supporters.first(project);
        int size = supporters.first(project + 1) - first;
        long weight = 0;
        tally.clear();
        for (int i = 0; i < size; i++) {
            int group = supporters.group(first + i);
            if (sides[i] < 0) {
                tally.add(group);
            } else {
                weight += supporters.count(group) * supporters.weight(first + i);
            }
        }
        return new Offer(project, supporters.cost(project).multiply(denominator).subtract(tally.money()), weight);
    }

    /** Says for each supporter on which side of the price it is; whether that is how the price was computed. */
    private boolean settle(Offer offer) {
        int first = supporters.first(offer.project);
        int size = supporters.first(offer.project + 1) - first;
        double price = rounded(offer);
        boolean settled = true;
        for (int i = 0; i < size; i++) {
            int before = sides[i];
            sides[i] = side(supporters.group(first + i), supporters.weight(first + i), price, offer);
            settled = settled && (before < 0 ? sides[i] <= 0 : sides[i] >= 0);
        }
        return settled;
    }

    private double rounded(Offer offer) {
        return Doubles.quotient(offer.amount, denominator.multiply(BigInteger.valueOf(offer.weight)));
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
        double price = rounded(offer);
        settleSides(offer);
        for (int i = 0; i < size; i++) {
            int group = supporters.group(first + i);
            if (sides[i] > 0) {
                money[group] = Math.max(0, money[group] - price * supporters.units(first + i));
            } else if (!empty[group]) {
                money[group] = 0;
                empty[group] = true;
                anyEmpty = true;
                emptiedBy[group] = purchases;
            }
        }
        sidesOf = NONE;
        remember(offer);
        out[offer.project] = true;
        Arrays.stream(supporters.rivals(offer.project)).forEach(rival -> out[rival] = true);
        slack += 4 * Math.ulp(Doubles.quotient(endowment, denominator));
    }

    private void settleSides(Offer offer) {
        if (sidesOf != offer.project) {
            offer(offer.project);
        }
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
        var holdings = new Holdings();
        boolean buying = true;
        while (buying) {
            for (int project = 0; project < supporters.size(); project++) {
                if (!out[project] && holdings.isShort(project)) {
                    shortSince.put(project, purchases + 1);
                    then.put(project, progress.currency(fraction(held(project))));
                }
            }
            var offers = offers();
            buying = !offers.isEmpty();
            if (buying) {
                int project = offers.getFirst().project;
                holdings.rememberMoneyOf(project);
                story.add(new Purchase(supporters.project(project), buyAndTell(offers, progress)));
                holdings.takeOffWhatWasPaidFor(project);
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

    /** Roughly what the supporters of each project hold together, kept up to date; to see when they become short. */
    private final class Holdings {

        private final double[] held = new double[supporters.size()];
        private final double[] doubts = new double[supporters.size()];
        private final double[] before = new double[sides.length];

        Holdings() {
            for (int project = 0; project < held.length; project++) {
                held[project] = votes[project] * Doubles.quotient(endowment, denominator);
                doubts[project] = 8 * HALF_ULP * held[project];
            }
        }

        /** Whether they have less than it costs; puts it out for good then. */
        boolean isShort(int project) {
            double doubt = doubts[project] + votes[project] * slack + 4 * HALF_ULP * costs[project];
            out[project] = exactly || Math.abs(held[project] - costs[project]) <= doubt
                    ? held(project).compareTo(supporters.cost(project).multiply(denominator)) < 0
                    : held[project] < costs[project];
            return out[project];
        }

        void rememberMoneyOf(int project) {
            int first = supporters.first(project);
            for (int i = first; i < supporters.first(project + 1); i++) {
                before[i - first] = money[supporters.group(i)];
            }
        }

        void takeOffWhatWasPaidFor(int project) {
            int first = supporters.first(project);
            for (int i = first; i < supporters.first(project + 1); i++) {
                int group = supporters.group(i);
                double paid = (before[i - first] - money[group]) * supporters.ballots(i);
                for (int j = supporters.firstNamed(group); j < supporters.firstNamed(group + 1); j++) {
                    int other = supporters.named(j);
                    held[other] -= paid;
                    doubts[other] += 4 * HALF_ULP * (held[other] + paid);
                }
            }
        }
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
        settleSides(offer);
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
        var amounts = new ArrayList<Map.Entry<Integer, BigInteger>>();
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
                amounts.add(Map.entry(bought[index], paid));
            }
        }
        return amounts.stream()
                .sorted(Map.Entry.<Integer, BigInteger>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(3)
                .map(amount -> new Reason.Share(
                        supporters.project(amount.getKey()), progress.currency(fraction(amount.getValue()))))
                .toList();
    }
}
