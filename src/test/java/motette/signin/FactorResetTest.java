package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.Map;
import motette.Browser;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class FactorResetTest extends FactorTest {

    private static final String REASON = "Diensttelefon verloren, Ausweis gesehen am 3. März";

    @Test
    void whoever_lost_every_factor_gets_a_fresh_start_and_is_told() throws InterruptedException {
        var chair = Town.chair("west");
        var theirs = byMail(chair);
        setUpApp(theirs);
        theirs.post("/me/recovery-codes", Map.of("csrf", token(theirs)));
        var admin = browser().signIn(Town.administrator());
        var person = "/people/" + person(chair);
        assertThat(admin.page(person).select("a[href=" + person + "/factors]")).hasSize(1);
        var page = admin.page(person + "/factors");
        assertThat(page.select("main").text()).contains("kein Passkey", "eine Authenticator-App", "10 Ersatz-Codes");

        var path = person + "/factors/ending";
        var short_ = admin.submit(page, path, Map.of("reason", "weg"));
        assertThat(short_.statusCode()).isEqualTo(422);
        assertThat(short_.body()).contains("Schreiben Sie den Grund in 10 bis 500 Zeichen", ">weg</textarea>");
        assertThat(held(chair)).isEqualTo("true");

        var done = admin.submit(page, path, Map.of("reason", REASON));
        assertThat(admin.follow(done).select("[role=status]").text()).contains("Alle Nachweise sind entfernt");
        assertThat(held(chair)).isEqualTo("false");
        assertThat(waiting.ask("select count(*) from recovery_codes where person_id = " + person(chair)))
                .isEqualTo("0");
        assertThat(waiting.ask(
                        "select reason from audit_entries where deed = 'second-factor.reset' and subject = 'person:"
                                + person(chair) + "'"))
                .isEqualTo(REASON);
        assertThat(mails(chair, "reset")).isEqualTo(1);
        assertThat(waiting.ask("select count(*) from sign_ins where person_id = " + person(chair)
                        + " and end_reason = 'factors-reset' and ended_at is not null"))
                .isEqualTo("1");
        for (int i = 0; i < 50 && theirs.get("/me").statusCode() == 200; i++) {
            Thread.sleep(100);
        }
        assertThat(Browser.location(theirs.get("/me"))).startsWith("/sign-in?next=");

        setUpApp(byMail(chair));
        assertThat(held(chair)).isEqualTo("true");
    }

    @Test
    void who_has_no_mailbox_is_not_locked_out() {
        var chair = Town.chair("nord");
        setUpApp(byMail(chair));
        waiting.change("update persons set email = null where demo_key = '" + chair + "'");
        try {
            var admin = browser().signIn(Town.administrator());
            var path = "/people/" + person(chair) + "/factors";
            var page = admin.page(path);
            assertThat(page.select("main").text()).contains("Dieses Konto hat keine E-Mail-Adresse");
            assertThat(page.select("main form[method=post]")).isEmpty();
            var refused = admin.post(path + "/ending", Map.of("csrf", token(admin), "reason", REASON));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(held(chair)).isEqualTo("true");
        } finally {
            waiting.change(
                    "update persons set email = demo_key || '@motette.example' where demo_key = '" + chair + "'");
        }
    }

    @Test
    void nobody_resets_their_own_factors_here_and_only_the_administration_anybodys() {
        var admin = browser().signIn(Town.administrator());
        var own = "/people/" + person(Town.administrator()) + "/factors";
        assertThat(admin.get(own).statusCode()).isEqualTo(403);
        assertThat(admin.post(own + "/ending", Map.of("csrf", token(admin), "reason", REASON))
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.page("/people/" + person(Town.administrator())).select("a[href$=/factors]"))
                .isEmpty();
        assertThat(browser()
                        .signIn(Town.auditor())
                        .get("/people/" + person(Town.chair("nord")) + "/factors")
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.get("/people/999999999/factors").statusCode()).isEqualTo(404);
    }

    @Test
    void an_administrator_without_a_second_factor_is_asked_for_it_first() {
        var admin = byMail(Town.administrator());
        var path = "/people/" + person(Town.chair("nord")) + "/factors";
        assertThat(admin.get(path).statusCode()).isEqualTo(403);
        assertThat(admin.post(path + "/ending", Map.of("csrf", token(admin), "reason", REASON))
                        .statusCode())
                .isEqualTo(403);
    }

    private String held(String person) {
        return waiting.ask(
                "select exists (select from authenticator_apps where person_id = " + person(person) + ")::text");
    }
}
