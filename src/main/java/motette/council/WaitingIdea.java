package motette.council;

import io.micronaut.core.annotation.Introspected;

/** An idea that can be put on an agenda. */
@Introspected
record WaitingIdea(long number, String title) {}
