package motette.allocation.rules;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The places of all projects of an election in the tie order. */
final class Ranking {

    private static final int AFTER_THE_DRAWN = Integer.MAX_VALUE;

    private final Election election;
    private final TieOrder ties;
    private final Map<String, Integer> drawn;
    private final List<Integer> order;
    private final int[] rank;

    Ranking(Election election, TieOrder ties) {
        this.election = election;
        this.ties = ties;
        drawn = places(ties.drawn());
        order = IntStream.range(0, election.projects().size())
                .boxed()
                .sorted((a, b) -> compare(a, election.votes(a), b))
                .toList();
        rank = new int[order.size()];
        IntStream.range(0, rank.length).forEach(place -> rank[order.get(place)] = place);
    }

    /** All projects, best first. */
    List<Integer> order() {
        return order;
    }

    /** Place of the project, from 0. */
    int rank(int project) {
        return rank[project];
    }

    /** What makes the better one come before the worse one. */
    TieOrder.Criterion criterion(int better, int worse) {
        boolean votes = election.votes(better) != election.votes(worse);
        boolean costs = !election.unitCost(better).equals(election.unitCost(worse));
        return switch (ties.kind()) {
            case VOTES_COST_ID, DRAWN ->
                votes ? TieOrder.Criterion.VOTES : costs ? TieOrder.Criterion.COST : lastCriterion(better, worse);
            case COST_VOTES_ID ->
                costs ? TieOrder.Criterion.COST : votes ? TieOrder.Criterion.VOTES : TieOrder.Criterion.ID;
        };
    }

    /** The tie of one chosen with others that its rule's measure left equal. */
    Tie tie(int chosen, List<Integer> others) {
        if (others.isEmpty()) {
            return Tie.NONE;
        } else {
            var with = others.stream().sorted(Comparator.comparing(this::rank)).toList();
            return new Tie(
                    with, with.stream().map(other -> criterion(chosen, other)).toList());
        }
    }

    /** Whether the project would come before the other one if it had so many votes. */
    boolean wouldPrecede(int project, BigInteger votes, int other) {
        return votes.bitLength() > 62 || compare(project, votes.longValueExact(), other) < 0;
    }

    private int compare(int a, long votesOfA, int b) {
        int byVotes = Long.compare(election.votes(b), votesOfA);
        int byCost = election.unitCost(a).compareTo(election.unitCost(b));
        int byId = byId(a, b);
        return switch (ties.kind()) {
            case VOTES_COST_ID, DRAWN -> byVotes != 0 ? byVotes : byCost != 0 ? byCost : byId;
            case COST_VOTES_ID -> byCost != 0 ? byCost : byVotes != 0 ? byVotes : byId;
        };
    }

    private int byId(int a, int b) {
        var left = election.project(a).id();
        var right = election.project(b).id();
        int byLot =
                Integer.compare(drawn.getOrDefault(left, AFTER_THE_DRAWN), drawn.getOrDefault(right, AFTER_THE_DRAWN));
        int byName = byLot != 0 ? byLot : natural(left, right);
        return byName != 0 ? byName : Integer.compare(a, b);
    }

    private TieOrder.Criterion lastCriterion(int better, int worse) {
        return drawn.containsKey(election.project(better).id())
                        || drawn.containsKey(election.project(worse).id())
                ? TieOrder.Criterion.LOT
                : TieOrder.Criterion.ID;
    }

    private static Map<String, Integer> places(List<String> ids) {
        var places = new HashMap<String, Integer>();
        for (var id : ids) {
            if (places.put(id, places.size()) != null) {
                throw new IllegalArgumentException("The drawn order names project " + id + " twice");
            }
        }
        return places;
    }

    /** Ids of ASCII digits first, by number, equal numbers as text; then all others by code point. */
    static int natural(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber != rightNumber) {
            return leftNumber ? -1 : 1;
        } else if (leftNumber) {
            int byNumber = new BigInteger(left).compareTo(new BigInteger(right));
            return byNumber != 0 ? byNumber : left.compareTo(right);
        } else {
            return byCodePoint(left, right);
        }
    }

    private static boolean isNumber(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int byCodePoint(String left, String right) {
        var leftPoints = left.codePoints().iterator();
        var rightPoints = right.codePoints().iterator();
        while (leftPoints.hasNext() && rightPoints.hasNext()) {
            int difference = Integer.compare(leftPoints.nextInt(), rightPoints.nextInt());
            if (difference != 0) {
                return difference;
            }
        }
        return Boolean.compare(leftPoints.hasNext(), rightPoints.hasNext());
    }
}
