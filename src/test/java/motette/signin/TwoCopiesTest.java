package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.Waiting;
import motette.limits.Blocked;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two copies of the application on one database: what ends on one has ended on the other, and keys fit on both. */
@MicronautTest(transactional = false)
class TwoCopiesTest extends PortalTest {

    private static final String KILL =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database()"
                    + " and application_name = '" + EndedSignIns.APPLICATION_NAME + "'";

    @Inject
    Waiting waiting;

    @Inject
    Queries queries;

    @Inject
    TestClock clock;

    @Inject
    Block blocking;

    private EmbeddedServer other;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeAll
    void startAnother() {
        other = copy(Map.of());
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @AfterEach
    void realTime() {
        clock.reset();
        otherClock().reset();
    }

    @Test
    void who_signs_out_on_one_is_refused_on_the_other_within_a_second() {
        var here = new CookieJar(server.getURI()).signIn(Town.resident());
        var there = here.copy(other.getURI());
        assertThat(there.isSignedIn()).isTrue();
        assertThat(here.post("/sign-out", Map.of("csrf", here.token())).statusCode())
                .isEqualTo(303);
        assertThat(here.take("motette") + here.take("motette-refresh")).isEmpty();
        assertThat(within(Duration.ofSeconds(1), () -> !there.isSignedIn())).isTrue();
        assertThat(there.take("motette-refresh")).isEmpty();
    }

    @Test
    void a_stolen_copy_of_the_cookies_is_worth_nothing_after_signing_out() {
        var jar = new CookieJar(server.getURI()).signIn(Town.resident());
        var stolen = jar.copy(server.getURI());
        var refreshOnly = jar.copy(server.getURI()).drop("motette");
        jar.post("/sign-out", Map.of("csrf", jar.token()));
        assertThat(within(Duration.ofSeconds(1), () -> !stolen.isSignedIn())).isTrue();
        assertThat(refreshOnly.isSignedIn()).isFalse();
    }

    @Test
    void a_role_or_block_that_begins_or_ends_on_one_does_so_on_the_other_and_signs_nobody_out() {
        var there = new CookieJar(other.getURI()).signIn(Town.coordinator("mitte"));
        var number = waiting.idea(Town.resident(8), "00", "Ein Brunnen am Platz", Instant.now());
        assertThat(there.get("/moderation?idea=" + number).statusCode()).isEqualTo(200);
        var role = "update roles set ended_at = %s, ended_by = %s, end_reason = %s where person_id = (select id from"
                + " persons where demo_key = '" + Town.coordinator("mitte") + "')";
        waiting.change(role.formatted("now()", "1", "'Probe'"));
        assertThat(there.get("/moderation?idea=" + number).statusCode())
                .as("whatever the token says")
                .isEqualTo(403);
        assertThat(there.isSignedIn()).as("and reads why not").isTrue();
        waiting.change(role.formatted("null", "null", "''"));
        assertThat(there.get("/moderation?idea=" + number).statusCode()).isEqualTo(200);

        var idea = waiting.idea(Town.resident(8), "00", "Ein Baum am Platz", Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'published', now())");
        var resident = new CookieJar(other.getURI()).signIn(Town.resident(9));
        blocking.block(Town.resident(9) + "@motette.example");
        var refused = resident.post("/ideas/" + idea + "/support", Map.of("csrf", resident.token()));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Wiederholt Werbung eingereicht.");
        assertThat(resident.isSignedIn()).isTrue();
    }

    /** A block made on this copy. */
    @Singleton
    static class Block {

        private final Blocked blocked;

        Block(Blocked blocked) {
            this.blocked = blocked;
        }

        @Transactional
        public void block(String email) {
            blocked.block(email, "Wiederholt Werbung eingereicht.", null, 1);
        }
    }

    @Test
    void a_row_that_is_deleted_by_hand_ends_the_sign_in_too() throws Exception {
        var jar = new CookieJar(other.getURI()).signIn(Town.resident(6));
        waiting.change("delete from sign_ins where id = "
                + SignedJWT.parse(jar.take("motette")).getJWTClaimsSet().getLongClaim("sid"));
        assertThat(within(Duration.ofSeconds(1), () -> !jar.isSignedIn())).isTrue();
    }

    @Test
    void while_nothing_is_heard_the_database_is_asked_and_what_was_missed_is_read() throws Exception {
        var ended = other.getApplicationContext().getBean(EndedSignIns.class);
        var here = new CookieJar(server.getURI()).signIn(Town.resident());
        var there = here.copy(other.getURI());
        var stays = new CookieJar(other.getURI()).signIn(Town.resident(2));
        var killing = new AtomicBoolean(true);
        var threads = Executors.newSingleThreadExecutor();
        try {
            threads.submit(() -> {
                while (killing.get()) {
                    waiting.ask(KILL);
                    Thread.sleep(20);
                }
                return true;
            });
            assertThat(within(Duration.ofSeconds(5), () -> ended.of(0) == EndedSignIns.State.UNKNOWN))
                    .isTrue();
            assertThat(there.isSignedIn()).isTrue();
            here.post("/sign-out", Map.of("csrf", here.token()));
            assertThat(there.isSignedIn()).as("at once").isFalse();
            assertThat(stays.isSignedIn()).isTrue();
        } finally {
            killing.set(false);
            threads.close();
        }
        assertThat(within(Duration.ofSeconds(10), () -> ended.of(0) == EndedSignIns.State.RUNNING))
                .as("heard again")
                .isTrue();
        var missed = Long.parseLong(waiting.ask("select max(sign_in_id) from ended_sign_ins"));
        assertThat(ended.of(missed)).isEqualTo(EndedSignIns.State.ENDED);
        assertThat(stays.isSignedIn()).isTrue();
    }

    @Test
    void a_request_of_somebody_signed_in_asks_the_database_nothing_more_than_a_guests() {
        var jar = new CookieJar(server.getURI()).signIn(Town.resident());
        var guest = new CookieJar(server.getURI());
        guest.get("/about");
        jar.get("/about");
        assertThat(within(
                        Duration.ofSeconds(10),
                        () -> queries.during(() -> jar.get("/about"))
                                .equals(queries.during(() -> guest.get("/about")))))
                .isTrue();
    }

    @Test
    void a_new_key_is_known_before_it_signs_and_signs_nobody_out() throws Exception {
        turn(Duration.ofDays(31));
        var ring = server.getApplicationContext().getBean(KeyRing.class);
        var former = ring.signing();
        ring.keep();
        ring.keep();
        assertThat(waiting.ask("select count(*) from signing_keys")).isEqualTo("2");
        assertThat(ring.signing().id()).as("waits").isEqualTo(former.id());
        turn(Duration.ofMinutes(5));
        var before = new CookieJar(server.getURI()).signIn(Town.resident());
        var csrf = before.token();
        turn(Duration.ofMinutes(6));
        var after = new CookieJar(server.getURI()).signIn(Town.resident(2));
        assertThat(kid(after))
                .isNotEqualTo(former.id())
                .isEqualTo(ring.signing().id());
        assertThat(kid(before)).isEqualTo(former.id());
        var refresh = before.take("motette-refresh");
        assertThat(before.copy(other.getURI()).isSignedIn()).isTrue();
        assertThat(after.copy(other.getURI()).drop("motette-refresh").isSignedIn())
                .as("by a copy that has not read the key yet")
                .isTrue();
        assertThat(before.take("motette-refresh")).isEqualTo(refresh);
        assertThat(before.post("/me/place", Map.of("csrf", csrf, "quarter", "")).statusCode())
                .isEqualTo(303);
        turn(Duration.ofHours(2));
        ring.keep();
        assertThat(waiting.ask("select string_agg(id, '') from signing_keys")).isEqualTo(kid(after));
        assertThat(before.isSignedIn()).isTrue();
        assertThat(kid(before)).isEqualTo(kid(after));
        assertThat(before.post("/me/place", Map.of("csrf", csrf, "quarter", "")).statusCode())
                .as("a form from before the change")
                .isEqualTo(303);
    }

    @Test
    void of_many_copies_that_find_a_key_due_one_makes_it() throws Exception {
        var rings = new KeyRing[] {
            server.getApplicationContext().getBean(KeyRing.class),
            other.getApplicationContext().getBean(KeyRing.class)
        };
        turn(Duration.ofDays(70));
        var keys = Integer.parseInt(waiting.ask("select count(*) from signing_keys"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                var ring = rings[i % 2];
                threads.submit(ring::keep);
            }
        }
        assertThat(waiting.ask("select count(*) from signing_keys")).isEqualTo(String.valueOf(keys + 1));
        waiting.change("delete from signing_keys where made_at > now() + interval '1 day'");
        rings[0].read();
        rings[1].read();
    }

    @Test
    void while_the_secret_changes_tokens_and_forms_of_the_former_one_hold() throws Exception {
        var jar = new CookieJar(server.getURI()).signIn(Town.resident());
        var csrf = jar.token();
        var refresh = jar.take("motette-refresh");
        var former = server.getApplicationContext().getRequiredProperty("motette.secret", String.class);
        var fresh = "tK3v9Qe2mWz7Rb5XnL8cHy4JdPa6GuSf";
        try (var changed = copy(Map.of("motette.secret", fresh, "motette.second-secret", former))) {
            var there = jar.copy(changed.getURI());
            assertThat(there.post("/me/place", Map.of("csrf", csrf, "quarter", ""))
                            .statusCode())
                    .isEqualTo(303);
            assertThat(there.take("motette-refresh"))
                    .as("the access token held")
                    .isEqualTo(refresh);
        }
        try (var alone = copy(Map.of("motette.secret", fresh))) {
            var there = jar.copy(alone.getURI());
            assertThat(there.isSignedIn()).as("goes on by the refresh token").isTrue();
            assertThat(there.take("motette-refresh")).isNotEqualTo(refresh);
            assertThat(there.post("/me/place", Map.of("csrf", csrf, "quarter", ""))
                            .statusCode())
                    .as("a form of the former secret")
                    .isEqualTo(403);
        }
        waiting.change("delete from signing_keys where id <> '" + kid(jar) + "'");
        for (var copy : new EmbeddedServer[] {server, other}) {
            copy.getApplicationContext().getBean(KeyRing.class).read();
        }
    }

    private EmbeddedServer copy(Map<String, Object> different) {
        var context = server.getApplicationContext();
        var properties = new HashMap<String, Object>();
        for (var same :
                new String[] {"datasources.default.url", "motette.assets.version", "motette.secret", "motette.demo"}) {
            properties.put(same, context.getRequiredProperty(same, String.class));
        }
        properties.put("micronaut.server.port", "-1");
        properties.put("datasources.default.maximum-pool-size", "6");
        properties.putAll(different);
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }

    private void turn(Duration by) {
        clock.turn(by);
        otherClock().turn(by);
    }

    private TestClock otherClock() {
        return other.getApplicationContext().getBean(TestClock.class);
    }

    private static String kid(CookieJar jar) throws java.text.ParseException {
        return SignedJWT.parse(jar.take("motette")).getHeader().getKeyID();
    }

    private static boolean within(Duration most, BooleanSupplier so) {
        var until = System.nanoTime() + most.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
