package motette.people;

/**
 * Announced inside the deed that takes something away from a person, so that their sign-ins end with it, on every copy.
 *
 * @param personId whose sign-ins end
 * @param why      what was taken
 */
public record StandingLost(long personId, Why why) {

    /** What takes a person's standing. */
    public enum Why {
        ROLE_LOST,
        BLOCKED,
        ERASED
    }
}
