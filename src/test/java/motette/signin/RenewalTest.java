package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a sign-in goes on when its access token is over, and when it does not. */
@MicronautTest(transactional = false)
class RenewalTest extends PortalTest {

    private static final String ACCESS = "motette";
    private static final String REFRESH = "motette-refresh";

    @Inject
    TestClock clock;

    @Inject
    Waiting waiting;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_page_after_the_end_of_the_access_token_gets_new_tokens() {
        var jar = jar();
        var access = jar.take(ACCESS);
        var refresh = jar.take(REFRESH);
        clock.turn(Duration.ofMinutes(11));
        var answer = jar.get("/ideas");
        assertThat(answer.body()).contains("href=\"/me\"");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(jar.take(ACCESS)).isNotEqualTo(access).startsWith("ey");
        assertThat(jar.take(REFRESH)).isNotEqualTo(refresh).hasSize(43);
        assertThat(jar.get("/ideas").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void nobody_loses_what_they_typed() {
        var jar = jar();
        var csrf = jar.token();
        clock.turn(Duration.ofHours(3));
        var answer = jar.post("/me/pseudonym", Map.of("csrf", csrf, "pseudonym", "Nachtvogel"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/me?said=renamed");
        assertThat(jar.get("/me").body()).contains("Nachtvogel");
    }

    @Test
    void the_new_tokens_arrive_also_with_a_refusal_or_a_page_that_is_not_there() {
        for (var way : List.of("forged", "not there", "not yours", "wrong method")) {
            var jar = jar();
            var refresh = jar.take(REFRESH);
            clock.turn(Duration.ofMinutes(11));
            var answer = switch (way) {
                case "forged" -> jar.post("/me/pseudonym", Map.of("csrf", "wrong"));
                case "not there" -> jar.get("/nowhere");
                case "not yours" -> jar.get("/moderation");
                case "wrong method" -> jar.post("/about", Map.of("csrf", "wrong"));
                default -> jar.post("/me/pseudonym", Map.of("csrf", "x".repeat(300_000)));
            };
            assertThat(answer.statusCode()).as(way).isGreaterThanOrEqualTo(400);
            assertThat(jar.take(REFRESH)).as(way).isNotEqualTo(refresh).hasSize(43);
            clock.turn(Duration.ofMinutes(11));
            assertThat(jar.isSignedIn()).as(way).isTrue();
        }
    }

    /** The server refuses it before anybody asks who sends it. */
    @Test
    void a_form_that_is_too_long_costs_no_sign_in() {
        var jar = jar();
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.post("/me/pseudonym", Map.of("csrf", "x".repeat(300_000)))
                        .statusCode())
                .isEqualTo(413);
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.isSignedIn()).isTrue();
    }

    @Test
    void data_that_caches_may_keep_never_carries_tokens() {
        var jar = jar();
        clock.turn(Duration.ofMinutes(11));
        for (var path : List.of(
                "/api/v1/ideas",
                "/oparl/v1.1/system",
                "/assets/test/main.css",
                "/photos/x/480.jpg",
                "/places/search?q=a",
                "/health")) {
            assertThat(jar.get(path).headers().allValues("Set-Cookie")).as(path).isEmpty();
        }
        assertThat(jar.isSignedIn()).isTrue();
    }

    @Test
    void the_same_token_shown_twice_at_once_yields_the_same_next_one() throws Exception {
        var jar = jar();
        clock.turn(Duration.ofMinutes(11));
        var start = new CountDownLatch(1);
        var next = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(12)) {
            List<Future<String>> tabs = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> {
                        var tab = jar.copy(server.getURI());
                        start.await();
                        assertThat(tab.isSignedIn()).isTrue();
                        return tab.take(REFRESH);
                    }))
                    .toList();
            start.countDown();
            for (var tab : tabs) {
                next.add(tab.get());
            }
        }
        assertThat(next).hasSize(1).doesNotContain(jar.take(REFRESH));
        assertThat(tokensOf(jar)).isEqualTo("2");
    }

    @Test
    void an_answer_that_was_lost_costs_nothing() {
        var jar = jar();
        clock.turn(Duration.ofMinutes(11));
        jar.getAndLose("/ideas");
        clock.turn(Duration.ofSeconds(15));
        assertThat(jar.isSignedIn()).isTrue();
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.isSignedIn()).isTrue();
    }

    @Test
    void a_used_token_shown_again_later_ends_the_sign_in_for_both() throws Exception {
        var jar = jar();
        var thief = jar.copy(server.getURI()).drop(ACCESS);
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.isSignedIn()).isTrue();
        clock.turn(Duration.ofSeconds(21));
        assertThat(thief.isSignedIn()).isFalse();
        assertThat(thief.take(REFRESH)).isEmpty();
        Thread.sleep(500);
        assertThat(jar.isSignedIn()).as("with its access token").isFalse();
        assertThat(waiting.ask("select count(*) from audit_entries where deed = 'sign-in.reuse'"))
                .isNotEqualTo("0");
    }

    @Test
    void whoever_steals_and_goes_on_first_is_found_when_the_owner_comes() {
        var jar = jar();
        var thief = jar.copy(server.getURI());
        clock.turn(Duration.ofMinutes(11));
        assertThat(thief.isSignedIn()).isTrue();
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.isSignedIn()).isFalse();
        clock.turn(Duration.ofMinutes(11));
        assertThat(thief.isSignedIn()).isFalse();
    }

    @Test
    void a_made_up_token_ends_nothing() {
        var jar = jar();
        var guess = jar.copy(server.getURI()).drop(ACCESS).put(REFRESH, "A".repeat(43));
        assertThat(guess.isSignedIn()).isFalse();
        assertThat(jar.copy(server.getURI())
                        .drop(ACCESS)
                        .put(REFRESH, "' or 1=1 --")
                        .isSignedIn())
                .isFalse();
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.isSignedIn()).isTrue();
    }

    @Test
    void residents_stay_for_a_month_if_they_come_once_a_fortnight() {
        var jar = jar();
        clock.turn(Duration.ofDays(13));
        assertThat(jar.isSignedIn()).isTrue();
        clock.turn(Duration.ofDays(13));
        assertThat(jar.isSignedIn()).isTrue();
        clock.turn(Duration.ofDays(4));
        assertThat(jar.isSignedIn()).as("after 30 days").isFalse();
        clock.reset();
        var away = jar();
        clock.turn(Duration.ofDays(15));
        assertThat(away.isSignedIn()).as("away for a fortnight").isFalse();
    }

    @Test
    void staff_stays_for_a_day_of_work() {
        var jar = new CookieJar(server.getURI()).signIn(Town.coordinator("west"));
        for (int i = 0; i < 3; i++) {
            clock.turn(Duration.ofMinutes(230));
            assertThat(jar.isSignedIn()).isTrue();
        }
        clock.turn(Duration.ofMinutes(35));
        assertThat(jar.isSignedIn()).as("after 12 hours").isFalse();
        clock.reset();
        var away = new CookieJar(server.getURI()).signIn(Town.coordinator("west"));
        clock.turn(Duration.ofMinutes(241));
        assertThat(away.isSignedIn()).as("away for 4 hours").isFalse();
    }

    @Test
    void who_joins_the_staff_is_held_to_its_hours_and_shown_its_places() {
        var jar = new CookieJar(server.getURI()).signIn(Town.resident(3));
        assertThat(jar.get("/moderation").statusCode()).isEqualTo(403);
        waiting.change("insert into roles (person_id, name, scope, from_date, granted_at) select id, 'coordinator',"
                + " (select key from areas order by key limit 1), date '2020-01-01', now() from persons where"
                + " demo_key = '" + Town.resident(3) + "'");
        clock.turn(Duration.ofMinutes(11));
        assertThat(jar.get("/moderation").statusCode()).isEqualTo(200);
        clock.turn(Duration.ofHours(12));
        assertThat(jar.isSignedIn()).isFalse();
    }

    @Test
    void tokens_are_kept_as_hashes_and_salts_do_not_stay() {
        var jar = jar();
        var first = jar.take(REFRESH);
        clock.turn(Duration.ofMinutes(11));
        jar.isSignedIn();
        clock.turn(Duration.ofMinutes(11));
        jar.isSignedIn();
        assertThat(waiting.ask("select count(*) from refresh_tokens where token_hash = sha256('" + first + "')"))
                .isEqualTo("1");
        assertThat(waiting.ask("select count(*) from refresh_tokens t where t::text like '%" + first + "%'"))
                .isEqualTo("0");
        assertThat(waiting.ask("select count(*) from refresh_tokens where token_hash = sha256('" + first
                        + "') and salt is null"))
                .isEqualTo("1");
        assertThat(tokensOf(jar)).isEqualTo("3");
    }

    @Test
    void what_is_over_is_deleted() {
        var jar = jar();
        var hash = "sha256('" + jar.take(REFRESH) + "')";
        var id = waiting.ask("select sign_in_id from refresh_tokens where token_hash = " + hash);
        var rows = server.getApplicationContext().getBean(SignInsForgetting.class);
        clock.turn(Duration.ofDays(15));
        rows.forget();
        assertThat(waiting.ask("select count(*) from refresh_tokens where token_hash = " + hash))
                .isEqualTo("0");
        assertThat(waiting.ask("select count(*) from sign_ins where id = " + id))
                .isEqualTo("1");
        clock.turn(Duration.ofDays(30));
        rows.forget();
        assertThat(waiting.ask("select count(*) from sign_ins where id = " + id))
                .isEqualTo("0");
    }

    private CookieJar jar() {
        return new CookieJar(server.getURI()).signIn(Town.resident());
    }

    private String tokensOf(CookieJar jar) {
        return waiting.ask(
                "select count(*) from refresh_tokens where sign_in_id = (select sign_in_id from refresh_tokens"
                        + " where token_hash = sha256('" + jar.take(REFRESH) + "'))");
    }
}
