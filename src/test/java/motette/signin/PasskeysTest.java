package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Passkeys over HTTP, with a device that does whatever an attacker would like it to. */
@MicronautTest(transactional = false)
class PasskeysTest extends FactorTest {

    private static final String ADD = "/me/passkeys";
    private static final String SIGN_IN = "/sign-in/passkey";

    @Inject
    PasskeyChallenges challenges;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void whoever_made_a_passkey_signs_in_with_it_alone() {
        var passkey = made(byMail(Town.resident(1)));
        var browser = browser();
        var answer = signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/ideas/new");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).isEqualTo("/ideas/new");
        assertThat(browser.page("/me/passkeys").select(".passkeys li")).hasSize(1);
        assertThat(waiting.ask("select method || ' ' || (strong_until > started_at + interval '7 hours')"
                        + " from sign_ins where person_id = " + person(Town.resident(1)) + " order by id desc limit 1"))
                .isEqualTo("passkey true");
        assertThat(mails(Town.resident(1), "passkey-added")).isEqualTo(1);
        assertThat(waiting.ask("select count(*) from audit_entries where deed = 'second-factor.passkey-added' and"
                        + " person_id = " + person(Town.resident(1))))
                .isEqualTo("1");
    }

    @Test
    void a_device_with_a_passkey_is_offered_it_first() {
        var browser = byMail(Town.resident(2));
        assertThat(browser.page("/sign-in").select("[data-first=true]")).isEmpty();
        made(browser);
        browser.post("/sign-out", Map.of());
        var page = browser.page("/sign-in");
        assertThat(page.select("[data-first=true] form[action=/sign-in/passkey] .button--large"))
                .hasSize(1);
        assertThat(page.select("form[action=/sign-in/passkey]").hasAttr("hidden"))
                .as("without script nobody sees a button that does nothing")
                .isTrue();
        assertThat(page.select("#email").attr("autocomplete")).isEqualTo("email webauthn");
    }

    @Test
    void an_answer_counts_once() {
        var passkey = made(byMail(Town.resident(3)));
        var browser = browser();
        var signed = passkey.sign(options(browser, SIGN_IN));
        assertThat(signIn(browser, signed, "/").statusCode()).isEqualTo(303);
        browser.post("/sign-out", Map.of());
        refused(signIn(browser, signed, "/"), "zu lange gedauert");
    }

    @Test
    void of_twenty_that_send_one_answer_at_once_one_is_signed_in() throws Exception {
        var passkey = made(byMail(Town.resident(4)));
        var browser = browser();
        var signed = passkey.sign(options(browser, SIGN_IN));
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return signIn(browser, signed, "/").statusCode();
                    }))
                    .toList();
            start.countDown();
            var codes = new ArrayList<Integer>();
            for (var answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).containsOnly(303, 422).containsOnlyOnce(303);
        }
    }

    @Test
    void the_challenge_of_another_browser_is_worth_nothing() {
        var passkey = made(byMail(Town.resident(5)));
        var asked = browser();
        var signed = passkey.sign(options(asked, SIGN_IN));
        refused(signIn(browser(), signed, "/"), "zu lange gedauert");
        var other = browser();
        options(other, SIGN_IN);
        refused(signIn(other, signed, "/"), "ließ sich nicht prüfen");
        assertThat(signIn(asked, signed, "/").statusCode()).isEqualTo(303);
    }

    @Test
    void a_challenge_is_over_after_five_minutes_and_forgotten() {
        var passkey = made(byMail(Town.resident(6)));
        var browser = browser();
        var signed = passkey.sign(options(browser, SIGN_IN));
        clock.turn(Duration.ofMinutes(5).plusSeconds(1));
        refused(signIn(browser, signed, "/"), "zu lange gedauert");
        challenges.forget();
        assertThat(waiting.ask("select count(*) from passkey_challenges where expires_at < '" + clock.instant() + "'"))
                .isEqualTo("0");
    }

    @Test
    void a_passkey_that_did_not_verify_its_person_is_refused() {
        var passkey = made(byMail(Town.resident(7)));
        passkey.verifies = false;
        var browser = browser();
        refused(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/"), "Geräte-PIN");
        var another = byMail(Town.resident(7));
        var careless = new SoftPasskey(home());
        careless.verifies = false;
        assertThat(add(another, careless.create(options(another, ADD))).statusCode())
                .isEqualTo(422);
    }

    @Test
    void what_was_signed_for_another_site_is_refused() {
        var passkey = made(byMail(Town.resident(8)));
        var browser = browser();
        passkey.origin = "http://localhost:1";
        refused(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/"), "ließ sich nicht prüfen");
        passkey.origin = home().replace("localhost", "motette.example");
        refused(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/"), "ließ sich nicht prüfen");
        passkey.origin = home();
        passkey.host = "motette.example";
        refused(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/"), "ließ sich nicht prüfen");
        passkey.host = "localhost";
        assertThat(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/").statusCode())
                .isEqualTo(303);
        var another = byMail(Town.resident(8));
        var foreign = new SoftPasskey("https://motette.example");
        assertThat(add(another, foreign.create(options(another, ADD))).statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_copy_of_a_passkey_is_noticed_and_neither_it_nor_the_original_signs_in_again() {
        var person = Town.resident(9);
        var passkey = made(byMail(person));
        var browser = browser();
        assertThat(signIn(browser, passkey.sign(options(browser, SIGN_IN), 7), "/")
                        .statusCode())
                .isEqualTo(303);
        var thief = browser();
        refused(signIn(thief, passkey.sign(options(thief, SIGN_IN), 7), "/"), "eine Kopie");
        var owner = browser();
        refused(signIn(owner, passkey.sign(options(owner, SIGN_IN), 9), "/"), "eine Kopie");
        assertThat(mails(person, "passkey-copied")).isEqualTo(1);
        assertThat(byMail(person).page("/me/passkeys").select(".passkeys [data-kind=error]"))
                .hasSize(1);
    }

    @Test
    void a_device_that_keeps_no_counter_signs_in_again_and_again() {
        var browser = byMail(Town.resident(10));
        var passkey = new SoftPasskey(home());
        passkey.counter = 0;
        assertThat(add(browser, passkey.create(options(browser, ADD))).statusCode())
                .isEqualTo(303);
        for (int i = 0; i < 3; i++) {
            var next = browser();
            assertThat(signIn(next, passkey.sign(options(next, SIGN_IN), 0), "/")
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    @Test
    void a_removed_passkey_signs_nobody_in() {
        var person = Town.resident(11);
        var browser = byMail(person);
        var passkey = made(browser);
        var page = browser.page("/me/passkeys");
        var action = page.select("form[action$=/removal]").attr("action");
        var stranger = byMail(Town.resident(12));
        assertThat(stranger.post(action, Map.of("csrf", token(stranger))).statusCode())
                .isEqualTo(404);
        assertThat(Browser.location(browser.submit(page, action, Map.of()))).isEqualTo("/me/passkeys?said=removed");
        var next = browser();
        refused(signIn(next, passkey.sign(options(next, SIGN_IN)), "/"), "nicht mehr");
        assertThat(mails(person, "passkey-removed")).isEqualTo(1);
    }

    @Test
    void the_last_way_in_stays_and_a_copied_passkey_is_none() {
        var person = Town.resident(16);
        var browser = byMail(person);
        var copied = made(browser);
        var good = made(browser);
        assertThat(good).isNotNull();
        waiting.change("update persons set email = null where demo_key = '" + person + "'");
        try {
            waiting.change("update passkeys set cloned_at = now() where id = (select min(id) from passkeys where"
                    + " person_id = " + person(person) + ")");
            assertThat(copied).isNotNull();
            var page = browser.page("/me/passkeys");
            var removals = page.select("form[action$=/removal]").eachAttr("action");
            var refused = browser.submit(page, removals.getLast(), Map.of());
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("einziger Weg, sich anzumelden", "href=\"/me/passkeys\"");
            assertThat(browser.submit(page, removals.getFirst(), Map.of()).statusCode())
                    .as("the copied one")
                    .isEqualTo(303);
            made(browser);
            assertThat(browser.submit(browser.page("/me/passkeys"), removals.getLast(), Map.of())
                            .statusCode())
                    .as("there is another one now")
                    .isEqualTo(303);
        } finally {
            waiting.change(
                    "update persons set email = demo_key || '@motette.example' where demo_key = '" + person + "'");
        }
    }

    @Test
    void a_name_can_be_given_and_comes_back_when_it_cannot_be() {
        var browser = byMail(Town.resident(13));
        made(browser);
        var page = browser.page("/me/passkeys");
        var action = page.select("form[action$=/label]").attr("action");
        assertThat(Browser.location(browser.submit(page, action, Map.of("label", "  Mein   Telefon "))))
                .isEqualTo("/me/passkeys?said=renamed");
        assertThat(browser.page("/me/passkeys").select(".passkeys h2").text()).isEqualTo("Mein Telefon");
        for (var wrong : List.of("", "   ", "x".repeat(61))) {
            var answer = browser.submit(page, action, Map.of("label", wrong));
            assertThat(answer.statusCode()).isEqualTo(422);
        }
        var stranger = byMail(Town.resident(12));
        assertThat(stranger.post(action, Map.of("csrf", token(stranger), "label", "Meins"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_answer_for_one_purpose_or_person_is_worth_nothing_for_another() {
        var owner = byMail(Town.resident(14));
        var passkey = made(owner);
        var forConfirming = passkey.sign(options(owner, "/sign-in/confirm/passkey"));
        refused(signIn(owner, forConfirming, "/"), "zu lange gedauert");
        var thief = byMail(Town.resident(15));
        made(thief);
        var signed = passkey.sign(options(thief, "/sign-in/confirm/passkey"));
        var answer = thief.post("/sign-in/confirm/passkey", Map.of("csrf", token(thief), "confirm-credential", signed));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("gehört nicht zu Ihrem Konto");
    }

    @Test
    void a_passkey_shown_with_the_handle_of_another_person_is_refused() {
        var passkey = made(byMail(Town.resident(16)));
        passkey.handle = "A".repeat(43);
        var browser = browser();
        refused(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "/"), "ließ sich nicht prüfen");
    }

    @Test
    void nonsense_is_an_answer_that_does_not_hold() {
        var browser = browser();
        for (var nonsense : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":1}",
                "{\"id\":\"\",\"rawId\":\"\",\"type\":\"public-key\",\"response\":{}}",
                "[".repeat(5000),
                "\u0000")) {
            options(browser, SIGN_IN);
            assertThat(signIn(browser, nonsense, "/").statusCode())
                    .as(nonsense.substring(0, Math.min(20, nonsense.length())))
                    .isEqualTo(422);
        }
        var person = byMail(Town.resident(17));
        options(person, ADD);
        assertThat(add(person, "{}").statusCode()).isEqualTo(422);
    }

    @Test
    void nobody_adds_a_passkey_without_the_token_of_the_form() {
        var browser = byMail(Town.resident(18));
        assertThat(browser.post(ADD + "/options", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.post("/sign-in/confirm/passkey/options", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void passkeys_lead_only_to_paths_of_this_site() {
        var passkey = made(byMail(Town.resident(19)));
        var browser = browser();
        assertThat(Browser.location(signIn(browser, passkey.sign(options(browser, SIGN_IN)), "//elsewhere.example/")))
                .isEqualTo("/");
    }

    private SoftPasskey made(Browser browser) {
        var passkey = new SoftPasskey(home());
        var answer = add(browser, passkey.create(options(browser, ADD)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return passkey;
    }

    private HttpResponse<String> add(Browser browser, String credential) {
        return browser.post(ADD, Map.of("csrf", token(browser), "credential", credential));
    }

    private String options(Browser browser, String path) {
        var answer = browser.post(path + "/options", Map.of("csrf", token(browser)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> signIn(Browser browser, String credential, String next) {
        return browser.post(SIGN_IN, Map.of("credential", credential, "next", next));
    }

    private static void refused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(why);
    }
}
