package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.limits.Limits;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class SignInLinkTest extends PortalTest {

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Inject
    Limits limits;

    @Inject
    SignInLinks links;

    /** A bucket emptied in the future stays empty until then: the next test would find it so. */
    @AfterEach
    void realTime() {
        clock.reset();
        waiting.change("delete from limit_buckets where id like 'sign-in-link-%'");
    }

    @Test
    void somebody_new_arrives_by_the_link_and_goes_on_where_they_wanted() {
        var browser = browser();
        var path = ask(browser, "Neu@Stadt.Example ", "/ideas/new");
        var page = browser.page(path);
        var answer = browser.submit(page, path, Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).isEqualTo("/ideas/new");
        assertThat(browser.page("/sign-in").select(".nav a[href=/me]")).isNotEmpty();
        assertThat(waiting.ask(
                        "select pseudonym = 'Einwohner:in ' || id from persons where email = 'neu@stadt.example'"))
                .isEqualTo("t");
    }

    @Test
    void somebody_known_stays_the_same_person() {
        var browser = browser();
        var address = Town.resident() + "@motette.example";
        var path = ask(browser, address, "/");
        browser.submit(browser.page(path), path, Map.of());
        assertThat(waiting.ask("select count(*) || ' ' || min(demo_key) from persons where email = '" + address + "'"))
                .isEqualTo("1 " + Town.resident());
    }

    @Test
    void opening_a_link_does_not_use_it_up_and_a_link_signs_in_once() {
        var path = ask(browser(), "einmal@stadt.example", "/");
        browser().page(path);
        browser().page(path);
        assertThat(browser().post(path, Map.of()).statusCode()).isEqualTo(303);
        var again = browser();
        var answer = again.post(path, Map.of());
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("gilt nicht mehr", "href=\"/sign-in\"");
        assertThat(again.page("/sign-in").select(".nav a[href=/me]")).isEmpty();
        assertThat(browser().get(path).statusCode()).isEqualTo(410);
    }

    @Test
    void a_link_ends_after_fifteen_minutes() {
        var path = ask(browser(), "langsam@stadt.example", "/");
        clock.turn(Duration.ofMinutes(14));
        assertThat(browser().get(path).statusCode()).isEqualTo(200);
        clock.turn(Duration.ofSeconds(61));
        assertThat(browser().get(path).statusCode()).isEqualTo(410);
        assertThat(browser().post(path, Map.of()).statusCode()).isEqualTo(410);
        assertThat(waiting.ask("select count(*) from persons where email = 'langsam@stadt.example'"))
                .isEqualTo("0");
    }

    @Test
    void of_twenty_who_use_one_link_at_once_one_is_signed_in() throws Exception {
        var path = ask(browser(), "zwanzig@stadt.example", "/");
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return browser().post(path, Map.of()).statusCode();
                    }))
                    .toList();
            start.countDown();
            var codes = new ArrayList<Integer>();
            for (var answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).containsOnly(303, 410).containsOnlyOnce(303);
        }
        assertThat(waiting.ask("select count(*) from persons where email = 'zwanzig@stadt.example'"))
                .isEqualTo("1");
    }

    @Test
    void the_answer_is_the_same_for_everybody_and_after_five_links_no_more_mails_go_out() throws Exception {
        var known = browser().post("/sign-in/link", Map.of("email", Town.resident(2) + "@motette.example"));
        var unknown = browser().post("/sign-in/link", Map.of("email", "niemand@stadt.example"));
        assertThat(Browser.location(known)).isEqualTo(Browser.location(unknown)).isEqualTo("/sign-in/link");
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (int i = 0; i < 12; i++) {
                threads.submit(() -> browser().post("/sign-in/link", Map.of("email", "viele@stadt.example")));
            }
        }
        assertThat(waiting.ask("select count(*) from mails where recipient = 'viele@stadt.example'"))
                .isEqualTo("5");
        assertThat(Browser.location(browser().post("/sign-in/link", Map.of("email", "viele@stadt.example"))))
                .isEqualTo("/sign-in/link");
        clock.turn(Duration.ofMinutes(16));
        browser().post("/sign-in/link", Map.of("email", "viele@stadt.example"));
        assertThat(waiting.ask("select count(*) from mails where recipient = 'viele@stadt.example'"))
                .isEqualTo("6");
    }

    @Test
    void requests_that_send_no_mail_use_up_nothing_of_what_the_owner_may_have() {
        clock.stop();
        clock.turn(Duration.ofDays(60));
        while (limits.take("sign-in-link-odd", "").isEmpty()) {
            // Until no odd request sends a mail any more.
        }
        for (int i = 0; i < 10; i++) {
            browser().post("/sign-in/link", Map.of("email", "ziel@stadt.example"));
        }
        assertThat(waiting.ask("select count(*) from mails where recipient = 'ziel@stadt.example'"))
                .isEqualTo("0");
        clock.turn(Duration.ofSeconds(61));
        browser().post("/sign-in/link", Map.of("email", "ziel@stadt.example"));
        assertThat(waiting.ask("select count(*) from mails where recipient = 'ziel@stadt.example'"))
                .isEqualTo("1");
    }

    @Test
    void the_whole_site_sends_only_so_many_links_a_minute() {
        clock.stop();
        clock.turn(Duration.ofDays(30));
        int asked = 0;
        while (asked < 5000 && limits.take("sign-in-link-all", "").isEmpty()) {
            asked++;
        }
        assertThat(Browser.location(browser().post("/sign-in/link", Map.of("email", "andrang@stadt.example"))))
                .isEqualTo("/sign-in/link");
        assertThat(waiting.ask("select count(*) from mails where recipient = 'andrang@stadt.example'"))
                .isEqualTo("0");
        clock.turn(Duration.ofSeconds(61));
        browser().post("/sign-in/link", Map.of("email", "andrang@stadt.example"));
        assertThat(waiting.ask("select count(*) from mails where recipient = 'andrang@stadt.example'"))
                .isEqualTo("1");
    }

    @Test
    void an_address_that_cannot_be_comes_back_with_a_sentence() {
        for (var wrong : new String[] {
            "", "anna", "anna@", "@stadt.example", "a b@stadt.example", "a@b", "a@stadt.example\r\nBcc: x@y.example"
        }) {
            var answer = browser().post("/sign-in/link", Map.of("email", wrong));
            assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
            assertThat(answer.body()).contains("vollständige E-Mail-Adresse");
        }
    }

    @Test
    void a_link_leads_only_to_paths_of_this_site_and_its_secret_is_kept_nowhere() {
        var browser = browser();
        var path = ask(browser, "fern@stadt.example", "//elsewhere.example");
        assertThat(Browser.location(browser.submit(browser.page(path), path, Map.of())))
                .isEqualTo("/");
        var token = path.substring(path.lastIndexOf('/') + 1);
        assertThat(token).hasSize(43);
        assertThat(waiting.ask(
                        "select count(*) from sign_in_links where encode(token_hash, 'escape') like '%" + token + "%'"))
                .isEqualTo("0");
        assertThat(waiting.ask("select token_hash = sha256('" + token
                        + "') from sign_in_links where email = 'fern@stadt.example'"))
                .isEqualTo("t");
    }

    @Test
    void a_made_up_link_says_so() {
        assertThat(browser().get("/sign-in/link/" + "A".repeat(43)).statusCode())
                .isEqualTo(410);
        assertThat(browser().post("/sign-in/link/x", Map.of()).statusCode()).isEqualTo(410);
    }

    /** @return path of the link in the mail */
    private String ask(Browser browser, String address, String next) {
        var answer = browser.submit(
                browser.page("/sign-in?next=" + next), "/sign-in/link", Map.of("email", address, "next", next));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.follow(answer).text()).contains("Wenn die Adresse stimmt, ist eine E-Mail unterwegs");
        var body = waiting.ask("select body from mails where recipient = '"
                + address.strip().toLowerCase(java.util.Locale.ROOT) + "' order by id desc limit 1");
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+").matcher(body);
        assertThat(link.find()).isTrue();
        return link.group();
    }
}
