package motette.mail;

/** @param attempts how often it has been tried, this time included */
record WaitingMail(long id, String recipient, String subject, String body, int attempts) {}
