package motette.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import motette.PortalTest;
import motette.Waiting;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class MailboxTest extends PortalTest {

    @Inject
    Waiting waiting;

    @Test
    void only_addresses_of_this_portal_become_links_and_nothing_becomes_markup() {
        waiting.change("insert into mails (topic, recipient, subject, body, created_at, next_try_at) values ('m',"
                + " 'a@stadt.example', '<b>Betreff</b>', 'Hier: http://localhost:8080/ideas/128.\n"
                + "<script>alert(1)</script> https://elsewhere.example/x http://localhost:8080.elsewhere.example/y"
                + " javascript:alert(1) http://localhost:8080//elsewhere.example', now(), now())");
        var id = waiting.ask("select max(id) from mails");
        var browser = browser();
        assertThat(browser.page("/demo/mailbox")
                        .select("a[href=/demo/mailbox/" + id + "]")
                        .text())
                .isEqualTo("<b>Betreff</b>, a@stadt.example");
        var mail = browser.page("/demo/mailbox/" + id).expectFirst(".mail-preview__body");
        assertThat(mail.select("a").eachAttr("href")).containsExactly("/ideas/128");
        assertThat(mail.select("a").text()).isEqualTo("http://localhost:8080/ideas/128");
        assertThat(mail.select("script")).isEmpty();
        assertThat(mail.text()).contains("<script>alert(1)</script>", "https://elsewhere.example/x");
        assertThat(browser.get("/demo/mailbox/999999").statusCode()).isEqualTo(404);
    }
}
