package motette.applications;

/** An application was sent, returned, completed or withdrawn. */
record ApplicationChanged(long id) {}
