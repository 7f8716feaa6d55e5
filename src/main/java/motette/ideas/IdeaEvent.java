package motette.ideas;

/** Something happened to an idea; announced inside its transaction, so that a listener can write its own row with it. */
public record IdeaEvent(long eventId, long number, EventKind kind) {}
