package motette.council;

import java.util.Arrays;
import java.util.Optional;
import motette.ideas.EventKind;

/** What a body can resolve on an idea; the key is the word in the database. */
enum Decision {
    GRANTED(EventKind.GRANTED),
    GRANTED_IN_PART(EventKind.GRANTED_IN_PART),
    NOT_GRANTED(EventKind.NOT_GRANTED),
    POSTPONED(EventKind.POSTPONED),
    /** To the city, for what the body cannot pay or decide itself; it may still decide on the idea later. */
    RECOMMENDED(EventKind.RECOMMENDED);

    private final EventKind event;

    Decision(EventKind event) {
        this.event = event;
    }

    static Optional<Decision> find(String key) {
        return Arrays.stream(values())
                .filter(decision -> decision.key().equals(key))
                .findFirst();
    }

    EventKind event() {
        return event;
    }

    String key() {
        return event.key();
    }

    boolean grants() {
        return this == GRANTED || this == GRANTED_IN_PART;
    }
}
