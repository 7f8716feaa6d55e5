package motette.mail;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** How to reach the mail server: {@code motette.mail.*}, from the environment as MOTETTE_MAIL_HOST and so on. */
@Singleton
record MailSettings(
        @Value("${motette.mail.host}") String host,
        @Value("${motette.mail.port}") int port,
        @Value("${motette.mail.username}") String username,
        @Value("${motette.mail.password}") String password,
        @Value("${motette.mail.start-tls}") boolean startTls,
        @Value("${motette.mail.sender}") String sender,
        @Value("${motette.mail.sender-name}") String senderName) {

    boolean canSend() {
        return !host.isBlank();
    }

    boolean signsIn() {
        return !username.isBlank();
    }
}
