package motette.allocation.rules;

/** How people filled in a ballot; {@code choose-1} is an approval of one project. */
public enum VoteType {
    /** A set of projects. */
    APPROVAL,
    /** A strict ranking, best first; projects not named are unranked. */
    ORDINAL,
    /** Non-negative points with a bounded sum. */
    CUMULATIVE,
    /** Any points. */
    SCORING
}
