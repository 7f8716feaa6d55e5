package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Method of Equal Shares with its completions. Sources: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with
 * Additive Utilities", 2021; equalshares.net on completions.
 */
final class EqualShares {

    private final Progress progress;
    private final Rule rule;
    private final List<Integer> candidates;
    private final BigInteger available;
    private final Purses purses;

    private EqualShares(Progress progress, Arithmetic arithmetic) {
        this.progress = progress;
        rule = progress.rule();
        candidates = progress.open();
        available = progress.left();
        purses = new Purses(progress, arithmetic);
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
        var search = new Climb(purses, first, step, this::isEnough);
        return new Final(first, search.last(), search.runs());
    }

    /** Whether the money need not be raised beyond this run. */
    private boolean isEnough(Purses.Run run) {
        var left = available.subtract(run.cost());
        return candidates.stream()
                .filter(project -> !run.bought(project) && !run.excluded(project))
                .noneMatch(project -> rule.stop() == Rule.Stop.OVERSPEND
                        || progress.election().unitCost(project).compareTo(left) <= 0);
    }

    /** Whether there is no choice to make: every project that may be funded can be. */
    private boolean allFit() {
        return candidates.stream()
                        .noneMatch(project -> candidates.stream().anyMatch(progress.rivals(project)::contains))
                && candidates.stream()
                                .map(progress.election()::unitCost)
                                .reduce(BigInteger.ZERO, BigInteger::add)
                                .compareTo(available)
                        <= 0;
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
        var trace = purses.trace(found.last());
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
                progress.currency(shortage.then()),
                progress.currency(shortage.end()),
                shortage.spentOn(),
                missing(project, shortage.end(), found.last()),
                left,
                progress.fits(project));
    }

    private BigInteger missing(int project, Fraction end, Fraction endowment) {
        return endowment.signum() == 0
                ? BigInteger.ZERO
                : Fraction.of(progress.election().unitCost(project), BigInteger.ONE)
                        .minus(end)
                        .over(endowment)
                        .ceiling();
    }
}
