package motette.statements;

/** Offices were asked on it for the first time or again, or none needs to be. */
record StatementAsked(Subject subject) {}
