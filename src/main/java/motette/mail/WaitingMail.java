package motette.mail;

/**
 * @param unsubscribe address that ends such mails; empty where the mail answers a deed
 * @param attempts    how often it has been tried, this time included
 */
record WaitingMail(long id, String recipient, String subject, String body, String unsubscribe, int attempts) {}
