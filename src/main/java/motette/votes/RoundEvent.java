package motette.votes;

/** Something happened to a round that people should hear of; announced inside its transaction. */
public record RoundEvent(long roundId, Kind kind) {

    public enum Kind {
        ANNOUNCED,
        HELD,
        RESUMED,
        PROLONGED,
        CHANGED,
        PUBLISHED
    }
}
