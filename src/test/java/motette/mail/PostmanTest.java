package motette.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Texts;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class PostmanTest extends PortalTest {

    private static final int PORT = freePort();

    @Inject
    Postman postman;

    @Inject
    Letters letters;

    @Inject
    Waiting waiting;

    @Inject
    Texts texts;

    @Inject
    TestClock clock;

    private final GreenMail server = new GreenMail(new ServerSetup(PORT, "localhost", ServerSetup.PROTOCOL_SMTP));

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("motette.demo", "false");
        properties.put("motette.mail.host", "localhost");
        properties.put("motette.mail.port", String.valueOf(PORT));
        properties.put("motette.mail.start-tls", "false");
        properties.put("motette.mail.sender", "post@stadt.example");
        properties.put("motette.mail.every", "1h");
        return properties;
    }

    @AfterEach
    void close() {
        server.stop();
        clock.reset();
        waiting.change("delete from mails");
    }

    @Test
    void a_mail_arrives_once_with_its_umlauts() throws Exception {
        server.start();
        letters.post("one", "Grüße aus Lößnig", "Schöne Bänke für Großzschocher – 4.200 €");
        postman.deliver();
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Grüße aus Lößnig");
        assertThat(part(mail, 0)).isEqualTo("Schöne Bänke für Großzschocher – 4.200 €");
        assertThat(Jsoup.parse(part(mail, 1)).select("p").text()).contains("Schöne Bänke für Großzschocher – 4.200 €");
        assertThat(mail.getAllRecipients()[0]).hasToString("anna@stadt.example");
        assertThat(mail.getFrom()[0]).hasToString("Motette <post@stadt.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(waiting.ask("select sent_at is not null and attempts = 1 from mails"))
                .isEqualTo("t");
    }

    @Test
    void a_mail_is_text_and_the_same_as_a_page_that_fetches_nothing() throws Exception {
        server.start();
        letters.post("both", "Ihre <b>Anmeldung</b>", """
            Guten Tag,

            mit diesem Link melden Sie sich an:
            https://motette.example/sign-in?token=a&b=<c>

            Oder mit diesem Code:
            123 456

            <script>alert(1)</script> steht nur so da.

            Motette · Stimmen fürs gesunde Quartier\
            """);
        postman.deliver();
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(0).getContentType())
                .startsWith("text/plain");
        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(1).getContentType())
                .startsWith("text/html");
        var html = Jsoup.parse(part(mail, 1));
        assertThat(html.select("h1").text()).isEqualTo("Ihre <b>Anmeldung</b>");
        assertThat(html.select(".way a").attr("href")).isEqualTo("https://motette.example/sign-in?token=a&b=<c>");
        assertThat(html.select(".code").text()).isEqualTo("123 456");
        assertThat(html.select(".end").text()).startsWith("Motette ·");
        assertThat(html.select("script, img, link, [style], [src]")).isEmpty();
        assertThat(html.select("style").html())
                .contains("prefers-color-scheme: dark")
                .doesNotContain("url(", "@import");
    }

    /** Sign-in, notices, answers, confirmations: whatever is a mail in the texts. */
    @Test
    void every_mail_there_is_arrives_whole_in_both_forms() throws Exception {
        server.start();
        var keys = new TreeSet<String>();
        for (var key : ResourceBundle.getBundle("messages.messages_de").keySet()) {
            if (key.matches(".*mail\\.text(\\..*)?")) {
                keys.add(key);
            }
        }
        assertThat(keys).hasSizeGreaterThan(7);
        Object[] facts = {
            "https://motette.example/x/1", "Bank im Schatten", "ABCD EFGH", "4", "5", "6", "https://motette.example/y"
        };
        for (var key : keys) {
            letters.post(key, key, texts.get(Locale.GERMAN, key, facts));
        }
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(keys.size());
        for (var mail : server.getReceivedMessages()) {
            var plain = part(mail, 0);
            var html = Jsoup.parse(part(mail, 1)).body();
            html.select("h1, .sign").remove();
            assertThat(words(html.text())).as(mail.getSubject()).isEqualTo(words(plain));
            assertThat(plain).as(mail.getSubject()).contains("Guten Tag");
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String part(MimeMessage mail, int which) throws Exception {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(which)
                .getContent()
                .toString()
                .strip();
    }

    @Test
    void many_copies_together_send_every_mail_once() throws Exception {
        server.start();
        for (int i = 0; i < 60; i++) {
            letters.post("many-" + i, "Nummer " + i, "Text");
        }
        try (var copies = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                copies.submit(postman::deliver);
            }
        }
        assertThat(server.getReceivedMessages())
                .extracting(MimeMessage::getSubject)
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_server_that_does_not_answer_gets_another_try_after_a_growing_pause() {
        letters.post("late", "Später", "Text");
        postman.deliver();
        postman.deliver();
        assertThat(waiting.ask("select attempts from mails"))
                .as("the pause holds")
                .isEqualTo("1");
        clock.turn(Duration.ofSeconds(31));
        postman.deliver();
        assertThat(waiting.ask("select attempts from mails")).isEqualTo("2");
        server.start();
        clock.turn(Duration.ofSeconds(31));
        postman.deliver();
        assertThat(server.getReceivedMessages())
                .as("the second pause is longer")
                .isEmpty();
        clock.turn(Duration.ofSeconds(31));
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_copy_that_died_after_claiming_does_not_keep_a_mail_for_ever() {
        server.start();
        letters.post("orphan", "Verwaist", "Text");
        waiting.change("update mails set attempts = 1, next_try_at = next_try_at + interval '10 minutes'");
        postman.deliver();
        assertThat(server.getReceivedMessages()).isEmpty();
        clock.turn(Duration.ofMinutes(11));
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_secret_is_emptied_once_it_is_sent_and_not_sent_after_its_time() {
        server.start();
        letters.post("news", "Neues", "Text");
        letters.postSecret("early", clock.instant().plus(Duration.ofMinutes(15)));
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(waiting.ask("select string_agg(body, '/' order by topic) from mails"))
                .isEqualTo("/Text");
        letters.postSecret("late", clock.instant().plus(Duration.ofMinutes(15)));
        clock.turn(Duration.ofMinutes(16));
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    @Test
    void an_address_that_cannot_be_does_not_hold_up_the_others() {
        server.start();
        waiting.change("insert into mails (topic, recipient, subject, body, created_at, next_try_at) "
                + "values ('bad', 'nobody at all', 'x', 'x', now(), now() - interval '1 minute')");
        letters.post("good", "Gut", "Text");
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(waiting.ask("select sent_at is null and attempts = 1 from mails where topic = 'bad'"))
                .isEqualTo("t");
    }

    @Test
    void a_subject_cannot_bring_headers_of_its_own() throws Exception {
        server.start();
        letters.post("evil", "Hallo\r\nBcc: alle@stadt.example\r\n\r\n<b>Text</b>", "Text");
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("Hallo Bcc: alle@stadt.example <b>Text</b>");
    }

    @Test
    void pauses_grow_to_six_hours() {
        assertThat(Postman.pause(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Postman.pause(3)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Postman.pause(18)).isEqualTo(Duration.ofHours(6));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Singleton
    static class Letters {

        private final Outbox outbox;

        Letters(Outbox outbox) {
            this.outbox = outbox;
        }

        @Transactional
        public void post(String topic, String subject, String body) {
            outbox.post(topic, "anna@stadt.example", subject, body);
        }

        @Transactional
        public void postSecret(String topic, Instant until) {
            outbox.postSecret(topic, "anna@stadt.example", "Link", "geheim", until);
        }
    }
}
