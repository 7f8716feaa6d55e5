package motette.council;

/** What is dealt with in a session, or when, is another than before. */
record AgendaChanged(long sessionId) {}
