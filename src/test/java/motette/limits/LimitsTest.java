package motette.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.KeptSecrets;
import motette.shared.Languages;
import motette.shared.Secrets;
import motette.shared.Texts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "motette.limits.twenty.capacity", value = "20")
@Property(name = "motette.limits.twenty.per", value = "1h")
@Property(name = "motette.limits.lenient.capacity", value = "1")
@Property(name = "motette.limits.lenient.per", value = "1h")
@Property(name = "motette.limits.lenient.fails-open", value = "true")
class LimitsTest extends PortalTest {

    /** One token of {@code twenty} comes back in three minutes. */
    private static final Duration ONE_COMES_BACK = Duration.ofMinutes(3);

    @Inject
    Limits limits;

    @Inject
    LimitsForgetting forgetting;

    @Inject
    Collection<Limit> configured;

    @Inject
    DataSource database;

    @Inject
    KeptSecrets kept;

    @Inject
    TestClock clock;

    @Inject
    Waiting waiting;

    @Inject
    Texts texts;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void two_copies_of_the_application_share_a_bucket() {
        var copy = new Limits(configured, database, kept, Duration.ofSeconds(30), clock);
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take("twenty", "shared")).isEmpty();
            assertThat(copy.take("twenty", "shared")).isEmpty();
        }
        assertThat(copy.take("twenty", "shared")).isPresent();
        assertThat(limits.take("twenty", "shared")).isPresent();
        assertThat(copy.take("twenty", "another")).isEmpty();
    }

    @Test
    void of_fifty_at_once_exactly_as_many_pass_as_fit() throws Exception {
        var copy = new Limits(configured, database, kept, Duration.ofSeconds(30), clock);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(50)) {
            var answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit((Callable<Boolean>) () -> {
                        start.await();
                        return (i % 2 == 0 ? limits : copy)
                                .take("twenty", "rush")
                                .isEmpty();
                    }))
                    .toList();
            start.countDown();
            var passed = new ArrayList<Boolean>();
            for (var answer : answers) {
                passed.add(answer.get());
            }
            assertThat(passed.stream().filter(Boolean::booleanValue)).hasSize(20);
        }
    }

    @Test
    void whoever_waits_as_long_as_told_comes_through() {
        for (int i = 0; i < 20; i++) {
            limits.demand("twenty", "patient");
        }
        var pause = limits.take("twenty", "patient").orElseThrow();
        assertThat(pause.length()).isBetween(ONE_COMES_BACK.minusSeconds(20), ONE_COMES_BACK);
        assertThat(texts.get(
                        Locale.GERMAN,
                        pause("supports", pause.length()).refusal().reason()))
                .isEqualTo("Sie haben gerade sehr viele Ideen unterstützt. Bitte warten Sie 3 Minuten.");
        clock.turn(pause.length());
        assertThat(limits.take("twenty", "patient")).isEmpty();
        assertThat(limits.take("twenty", "patient")).isPresent();
        clock.turn(Duration.ofHours(1));
        for (int i = 0; i < 20; i++) {
            limits.demand("twenty", "patient");
        }
    }

    @Test
    void times_are_said_in_seconds_minutes_or_hours_and_never_too_short() {
        assertThat(said(Duration.ofMillis(1))).endsWith("Bitte warten Sie 1 Sekunde.");
        assertThat(said(Duration.ofSeconds(90))).endsWith("Bitte warten Sie 90 Sekunden.");
        assertThat(said(Duration.ofSeconds(91))).endsWith("Bitte warten Sie 2 Minuten.");
        assertThat(said(Duration.ofMinutes(4))).endsWith("Bitte warten Sie 4 Minuten.");
        assertThat(said(Duration.ofMinutes(91))).endsWith("Bitte warten Sie 2 Stunden.");
        assertThat(pause("ideas", Duration.ofMillis(1500)).seconds()).isEqualTo("2");
    }

    @Test
    void a_locked_bucket_holds_up_nobody_else() throws Exception {
        limits.demand("twenty", "busy");
        limits.demand("twenty", "free");
        try (var other = DelegatingDataSource.unwrapDataSource(database).getConnection()) {
            other.setAutoCommit(false);
            try (var statement = other.prepareStatement("select from limit_buckets where id like 'twenty:%' and id = ("
                    + "select id from limit_buckets where id like 'twenty:%' order by state limit 1) for update")) {
                statement.executeQuery();
            }
            try (var threads = Executors.newFixedThreadPool(4)) {
                var answers = IntStream.range(0, 200)
                        .mapToObj(i -> threads.submit(() -> limits.take("twenty", "neighbour " + i)))
                        .toList();
                for (var answer : answers) {
                    assertThat(answer.get(5, TimeUnit.SECONDS)).isEmpty();
                }
            }
            other.rollback();
        }
    }

    @Test
    void keys_are_kept_only_as_keyed_hashes() {
        limits.demand("twenty", "anna@stadt.example");
        limits.demand("twenty", 4711);
        assertThat(waiting.ask("select count(*) from limit_buckets where id ~ 'anna|4711' or "
                        + "encode(state, 'escape') ~ 'anna|4711|stadt'"))
                .isEqualTo("0");
        assertThat(waiting.ask("select bool_and(id ~ '^[a-z-]+:[0-9a-f]{32}$') from limit_buckets"))
                .isEqualTo("t");
        assertThat(new Secrets("another secret of thirty-two characters!", "").hash("twenty", "x"))
                .isNotEqualTo(kept.of("limits").hash("twenty", "x"));
    }

    @Test
    void full_buckets_are_forgotten_and_used_ones_are_not() {
        waiting.change("delete from limit_buckets");
        limits.demand("twenty", "used");
        assertThat(forgetting.forgetSome()).isZero();
        var left = Duration.ofMillis(
                Long.parseLong(waiting.ask("select min(expires_at) from limit_buckets")) - clock.millis());
        assertThat(left).isBetween(ONE_COMES_BACK.minusSeconds(20), ONE_COMES_BACK.plusSeconds(5));
        waiting.change("update limit_buckets set expires_at = " + (clock.millis() - 1));
        limits.demand("twenty", "fresh");
        assertThat(forgetting.forgetSome()).isEqualTo(1);
        assertThat(waiting.ask("select count(*) from limit_buckets")).isEqualTo("1");
    }

    @Test
    void without_its_table_a_limit_refuses_unless_it_is_of_reading() {
        waiting.change("alter table limit_buckets rename to limit_buckets_away");
        try {
            var pause = limits.take("twenty", "x").orElseThrow();
            assertThat(pause.refusal().reason().key()).isEqualTo("limits.unreachable");
            assertThat(pause.seconds()).isEqualTo("30");
            assertThat(limits.take("lenient", "x")).isEmpty();
        } finally {
            waiting.change("alter table limit_buckets_away rename to limit_buckets");
        }
        assertThat(limits.take("lenient", "x")).isEmpty();
        assertThat(limits.take("lenient", "x")).isPresent();
    }

    @Test
    void sign_in_and_codes_fail_closed_and_every_limit_has_its_words() {
        assertThat(configured.stream()
                        .filter(limit -> limit.name().startsWith("sign-in")
                                || limit.name().startsWith("code"))
                        .filter(Limit::passesUnreachable))
                .isEmpty();
        for (var locale : Languages.ALL) {
            assertThat(configured.stream()
                            .map(Limit::name)
                            .filter(name -> !name.equals("twenty") && !name.equals("lenient")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(texts.find(locale, "limits.what." + name))
                            .as(name)
                            .isPresent());
        }
    }

    @Test
    void a_limit_nobody_configured_is_our_mistake() {
        assertThatThrownBy(() -> limits.take("unheard-of", "x")).hasMessageContaining("motette.limits.unheard-of");
    }

    /** The figure of decision 0011: three statements on one connection; a quarter of a millisecond on a desk. */
    @Test
    void a_count_costs_less_than_a_page() throws SQLException {
        for (int i = 0; i < 300; i++) {
            limits.take("sign-in-link-all", "warm " + i % 7);
        }
        var times = new long[400];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            limits.take("sign-in-link-all", "measured " + i % 7);
            times[i] = System.nanoTime() - start;
        }
        java.util.Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "limit take: median %.2f ms, 95 %% %.2f ms%n",
                times[times.length / 2] / 1e6,
                times[times.length * 95 / 100] / 1e6);
        assertThat(Duration.ofNanos(times[times.length / 2])).isLessThan(Duration.ofMillis(20));
    }

    private static Pause pause(String limit, Duration wait) {
        return Pause.of(limit, wait);
    }

    private String said(Duration wait) {
        return texts.get(Locale.GERMAN, pause("ideas", wait).refusal().reason());
    }
}
