package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * Method of Equal Shares with its completions. Sources: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with
 * Additive Utilities", 2021; equalshares.net on completions.
 */
final class EqualShares {

    /** Supports from which on it pays to have several runs side by side. */
    private static final int MANY_SUPPORTS = 4_000;

    private final Progress progress;
    private final Rule rule;
    private final Arithmetic arithmetic;
    private final BigInteger available;
    private final Supporters supporters;

    private EqualShares(Progress progress, Arithmetic arithmetic) {
        this.progress = progress;
        this.arithmetic = arithmetic;
        rule = progress.rule();
        available = progress.left();
        supporters = new Supporters(progress, rule.utility() == Rule.Utility.SCORE);
    }

    static Allocation allocate(Progress progress, Arithmetic arithmetic) {
        var shares = new EqualShares(progress, arithmetic);
        return switch (progress.rule().completion()) {
            case NONE -> shares.bought(shares.plain(), false);
            case GREEDY -> shares.bought(shares.plain(), true);
            case ADD1 -> shares.bought(shares.raised(), shares.allFit());
            case ADD1U -> shares.bought(shares.raised(), true);
        };
    }

    /** The run that counts, and how it was come by. */
    private record Final(Fraction first, Fraction last, int runs) {}

    private Final plain() {
        var endowment = exactShare();
        return new Final(endowment, endowment, 1);
    }

    private Final raised() {
        var step = Fraction.of(rule.increment()).times(unitsPerCurrency());
        if (step.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The increment is " + rule.increment().toPlainString() + "; it must be above zero");
        }
        var first = rule.start() == Rule.Start.EXACT ? exactShare() : wholeShare();
        return allFit() ? new Final(first, first, 1) : climb(first, step);
    }

    private Final climb(Fraction first, Fraction step) {
        int atOnce = supporters.supports() < MANY_SUPPORTS
                ? 1
                : Math.min(4, Runtime.getRuntime().availableProcessors());
        var summit = new Climb(this::purses, this::isEnough, atOnce).climb(first, step);
        return new Final(first, summit.last(), summit.runs());
    }

    private Purses purses() {
        return new Purses(supporters, rule.utility(), available, arithmetic);
    }

    /** Whether the money need not be raised beyond this run. */
    private boolean isEnough(Purses.Run run) {
        var left = available.subtract(run.cost());
        return projects()
                .filter(project -> !run.decided().get(project))
                .noneMatch(project -> rule.stop() == Rule.Stop.OVERSPEND
                        || supporters.cost(project).compareTo(left) <= 0);
    }

    /** Whether there is no choice to make: every project that may be funded can be. */
    private boolean allFit() {
        return projects().allMatch(project -> supporters.rivals(project).length == 0)
                && projects()
                                .mapToObj(supporters::cost)
                                .reduce(BigInteger.ZERO, BigInteger::add)
                                .compareTo(available)
                        <= 0;
    }

    private IntStream projects() {
        return IntStream.range(0, supporters.size());
    }

    private Fraction exactShare() {
        return progress.election().voters() == 0
                ? Fraction.ZERO
                : Fraction.of(available, BigInteger.valueOf(progress.election().voters()));
    }

    private Fraction wholeShare() {
        var unit = unitsPerCurrency();
        return Fraction.of(exactShare().over(unit).floor(), BigInteger.ONE).times(unit);
    }

    private Fraction unitsPerCurrency() {
        return Fraction.of(BigInteger.TEN.pow(progress.election().scale()), BigInteger.ONE);
    }

    private Allocation bought(Final found, boolean complete) {
        var trace = purses().trace(found.last(), progress);
        trace.purchases().forEach(purchase -> progress.fund(purchase.project(), purchase.reason()));
        if (complete) {
            Greedy.complete(progress);
        }
        var left = progress.currency(progress.left());
        progress.open()
                .forEach(project -> progress.refuse(project, reason(trace.shortage(project), project, left, found)));
        return progress.finish(new Allocation.Endowments(
                progress.currency(found.first()), progress.currency(found.last()), found.runs()));
    }

    private Reason.SupportersShort reason(Purses.Shortage shortage, int project, BigDecimal left, Final found) {
        return new Reason.SupportersShort(
                shortage.round(),
                shortage.then(),
                shortage.end(),
                shortage.spentOn(),
                missing(project, shortage.end(), progress.currency(found.last())),
                left,
                progress.fits(project));
    }

    private BigInteger missing(int project, Fraction end, Fraction endowment) {
        return endowment.signum() == 0
                ? BigInteger.ZERO
                : Fraction.of(progress.election().project(project).cost())
                        .minus(end)
                        .over(endowment)
                        .ceiling();
    }
}
