package motette.allocation.pabulib;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What META lets a ballot hold. A ballot beyond it counts as it was cast, since it was the city that took it; it only is mentioned.
 */
final class BallotLimits {

    private final boolean chooseOne;
    private final Optional<BigDecimal> minLength;
    private final Optional<BigDecimal> maxLength;
    private final Optional<BigDecimal> minCost;
    private final Optional<BigDecimal> maxCost;
    private final Optional<BigDecimal> minPoints;
    private final Optional<BigDecimal> maxPoints;
    private final Optional<BigDecimal> minSum;
    private final Optional<BigDecimal> maxSum;
    private final Warnings warnings;

    BallotLimits(Meta meta, Warnings warnings) {
        this.chooseOne = meta.isChooseOne();
        this.minLength = meta.limit("min_length");
        this.maxLength = meta.limit("max_length");
        this.minCost = meta.limit("min_sum_cost");
        this.maxCost = meta.limit("max_sum_cost");
        this.minPoints = meta.limit("min_points");
        this.maxPoints = meta.limit("max_points");
        this.minSum = meta.limit("min_sum_points");
        this.maxSum = meta.limit("max_sum_points");
        this.warnings = warnings;
    }

    void checkLength(int names, RowReader rows, int field) {
        if (chooseOne && names > 1) {
            warn(rows, field, "names " + names + " projects, more than the one of vote_type choose-1");
        } else {
            var count = BigDecimal.valueOf(names);
            minLength
                    .filter(least -> names > 0 && count.compareTo(least) < 0)
                    .ifPresent(least ->
                            warn(rows, field, "names " + projects(names) + ", fewer than min_length " + least));
            maxLength
                    .filter(most -> count.compareTo(most) > 0)
                    .ifPresent(
                            most -> warn(rows, field, "names " + projects(names) + ", more than max_length " + most));
        }
    }

    boolean limitCost() {
        return minCost.isPresent() || maxCost.isPresent();
    }

    void checkCost(BigDecimal cost, RowReader rows, int field) {
        minCost.filter(least -> cost.compareTo(least) < 0)
                .ifPresent(least -> warn(
                        rows, field, "names projects for " + plain(cost) + ", less than min_sum_cost " + plain(least)));
        maxCost.filter(most -> cost.compareTo(most) > 0)
                .ifPresent(most -> warn(
                        rows, field, "names projects for " + plain(cost) + ", more than max_sum_cost " + plain(most)));
    }

    boolean limitPoints() {
        return minPoints.isPresent() || maxPoints.isPresent() || minSum.isPresent() || maxSum.isPresent();
    }

    void checkPoints(List<BigDecimal> points, RowReader rows, int field) {
        for (var each : points) {
            minPoints
                    .filter(least -> each.compareTo(least) < 0)
                    .ifPresent(least -> warn(
                            rows,
                            field,
                            "gives " + points(each) + " to a project, fewer than min_points " + plain(least)));
            maxPoints
                    .filter(most -> each.compareTo(most) > 0)
                    .ifPresent(most -> warn(
                            rows,
                            field,
                            "gives " + points(each) + " to a project, more than max_points " + plain(most)));
        }
        var sum = points.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        minSum.filter(least -> !points.isEmpty() && sum.compareTo(least) < 0)
                .ifPresent(least ->
                        warn(rows, field, "gives " + points(sum) + ", fewer than min_sum_points " + plain(least)));
        maxSum.filter(most -> sum.compareTo(most) > 0)
                .ifPresent(most ->
                        warn(rows, field, "gives " + points(sum) + ", more than max_sum_points " + plain(most)));
    }

    private void warn(RowReader rows, int field, String what) {
        if (warnings.add(Warning.Kind.BEYOND_LIMIT)) {
            warnings.keep(
                    Warning.Kind.BEYOND_LIMIT,
                    rows.place(field),
                    "voter " + Quoted.plain(RowReader.trim(rows.text(0))),
                    what,
                    what + "; the vote counts as cast");
        }
    }

    static String projects(int count) {
        return count == 1 ? "1 project" : count + " projects";
    }

    private static String points(BigDecimal points) {
        return plain(points) + (points.compareTo(BigDecimal.ONE) == 0 ? " point" : " points");
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
