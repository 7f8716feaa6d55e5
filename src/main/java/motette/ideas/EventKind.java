package motette.ideas;

import java.util.Locale;

/** What can happen to an idea; the key is the word in the database, in addresses of the timeline's texts and in the API. */
public enum EventKind {
    HANDED_IN,
    PUBLISHED,
    RETURNED,
    DECLINED,
    WITHDRAWN,
    PLACE_CORRECTED,
    REVISED,
    /** Residents vote on it; where it stands does not change by that. */
    ON_BALLOT,
    GRANTED,
    GRANTED_IN_PART,
    NOT_GRANTED,
    POSTPONED,
    /** A body recommends it to the city; where it stands does not change by that. */
    RECOMMENDED,
    UNDONE;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
