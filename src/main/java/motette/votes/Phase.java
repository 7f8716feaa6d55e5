package motette.votes;

import java.util.Locale;

/** Where a round stands; a function of its facts and the clock, never stored. */
enum Phase {
    /** In the making; staff alone see it. */
    PREPARED,
    /** Everybody reads the fixed list; no ballot is taken yet. */
    ANNOUNCED,
    OPEN,
    /** Between opening and close, but stopped for a reason that everybody reads. */
    HELD,
    /** Over and not counted yet. */
    CLOSED,
    /** Counted, the protocol waits for its signatures. */
    COUNTED,
    PUBLISHED;

    /** For texts and templates. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPublic() {
        return this != PREPARED;
    }

    boolean isOver() {
        return compareTo(CLOSED) >= 0;
    }
}
