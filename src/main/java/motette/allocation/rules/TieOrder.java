package motette.allocation.rules;

import java.util.List;

/**
 * The order announced before the vote that decides wherever a rule's own measure leaves several projects equal. Natural order of
 * ids: ids of ASCII digits alone first, by their number, equal numbers as text ("007" before "7"); then all others by Unicode code
 * point.
 *
 * @param kind  how it decides
 * @param drawn ids in the order of the lot, only for {@link Kind#DRAWN}; projects that are not in it come after it in natural order
 */
public record TieOrder(Kind kind, List<String> drawn) {

    public enum Kind {
        /** More votes, then lower cost, then the earlier id. */
        VOTES_COST_ID,
        /** Lower cost, then more votes, then the earlier id. */
        COST_VOTES_ID,
        /** More votes, then lower cost, then the drawn list. */
        DRAWN
    }

    /** What decided between two projects that a rule's measure left equal. */
    public enum Criterion {
        VOTES,
        COST,
        ID,
        LOT
    }

    public static final TieOrder VOTES_COST_ID = new TieOrder(Kind.VOTES_COST_ID, List.of());
    public static final TieOrder COST_VOTES_ID = new TieOrder(Kind.COST_VOTES_ID, List.of());

    public static TieOrder drawn(List<String> ids) {
        return new TieOrder(Kind.DRAWN, List.copyOf(ids));
    }
}
