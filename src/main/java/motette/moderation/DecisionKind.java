package motette.moderation;

import java.util.List;
import java.util.Locale;
import motette.ideas.EventKind;

/** What a coordinator may decide about an idea that waits, and the reasons that must be given for it. */
enum DecisionKind {
    PUBLICATION(EventKind.PUBLISHED, List.of()),
    RETURN(EventKind.RETURNED, List.of("unclear", "place-missing", "personal-data", "picture")),
    DECLINE(
            EventKind.DECLINED,
            List.of(
                    "not-public-benefit",
                    "not-legal",
                    "insulting",
                    "advertising",
                    "outside-city",
                    "duplicate",
                    "other-office"));

    private final EventKind event;
    private final List<String> reasons;

    DecisionKind(EventKind event, List<String> reasons) {
        this.event = event;
        this.reasons = reasons;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    EventKind event() {
        return event;
    }

    /** Keys of the texts {@code reason.<key>}; none where no reason is asked for. */
    List<String> reasons() {
        return reasons;
    }

    boolean accepts(String reason) {
        return reasons.isEmpty() ? reason.isEmpty() : reasons.contains(reason);
    }
}
