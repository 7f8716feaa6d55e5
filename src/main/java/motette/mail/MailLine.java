package motette.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;

/** An open line to the mail server. */
final class MailLine implements AutoCloseable {

    private static final String TIMEOUT_MILLIS = "10000";

    private final Session session;
    private final Transport transport;
    private final MailSettings settings;

    private MailLine(Session session, Transport transport, MailSettings settings) {
        this.session = session;
        this.transport = transport;
        this.settings = settings;
    }

    static MailLine open(MailSettings settings) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(settings.signsIn()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(settings.startTls()));
        properties.put("mail.smtp.starttls.required", String.valueOf(settings.startTls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        var session = Session.getInstance(properties);
        var transport = session.getTransport("smtp");
        if (settings.signsIn()) {
            transport.connect(settings.host(), settings.port(), settings.username(), settings.password());
        } else {
            transport.connect(settings.host(), settings.port(), null, null);
        }
        return new MailLine(session, transport, settings);
    }

    /** As text and as HTML: the reader's program takes the last of the two that it shows (RFC 2046, 5.1.4). */
    void send(WaitingMail mail, String html) throws MessagingException {
        var message = new NumberedMessage(session, mail.id(), domain(settings.sender()));
        message.setFrom(sender());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient(), true));
        message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
        message.setContent(new MimeMultipart("alternative", part(mail.body(), "plain"), part(html, "html")));
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!mail.unsubscribe().isEmpty()) {
            message.setHeader("List-Unsubscribe", "<" + mail.unsubscribe() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }

    private static MimeBodyPart part(String text, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), kind);
        return part;
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException alreadyGone) {
            // The mails are sent; how the line ends changes nothing.
        }
    }

    /** A line break in a subject would begin a header of the writer's own. */
    static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private InternetAddress sender() throws MessagingException {
        try {
            return new InternetAddress(settings.sender(), settings.senderName(), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    /** Its id follows from the mail, so that a mail sent twice after a crash is recognised as one. */
    private static final class NumberedMessage extends MimeMessage {

        private final String id;

        NumberedMessage(Session session, long mail, String domain) {
            super(session);
            this.id = "<motette-mail-" + mail + "@" + domain + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
