package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code in the mail: for the browser that asked, once, with few tries. */
@MicronautTest(transactional = false)
class SignInCodeTest extends PortalTest {

    private static final String ASKED = "motette-asked";

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Inject
    Queries queries;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        properties.put("motette.limits.sign-in-link-all.capacity", "1000");
        return properties;
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void the_code_signs_in_where_the_mail_was_asked_for() {
        var jar = ask("code@stadt.example", "/ideas/new");
        assertThat(jar.get("/sign-in/link").body()).contains("action=\"/sign-in/code\"", "one-time-code");
        var code = code("code@stadt.example");
        var answer = type(jar, code.substring(0, 3) + " " + code.substring(3));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/ideas/new");
        assertThat(jar.isSignedIn()).isTrue();
        assertThat(jar.take(ASKED)).isEmpty();
        assertThat(waiting.ask("select method from sign_ins order by id desc limit 1"))
                .isEqualTo("code");
    }

    @Test
    void nobody_elses_browser_can_type_the_code_and_it_signs_in_once() {
        var jar = ask("eigen@stadt.example", "/");
        var code = code("eigen@stadt.example");
        assertThat(new CookieJar(server.getURI()).get("/sign-in/link").body()).doesNotContain("/sign-in/code");
        assertThat(type(new CookieJar(server.getURI()), code).statusCode()).isEqualTo(422);
        assertThat(type(new CookieJar(server.getURI()).put(ASKED, "A".repeat(43)), code)
                        .statusCode())
                .isEqualTo(422);
        var another = ask("anders@stadt.example", "/");
        assertThat(type(another, code).statusCode()).isEqualTo(422);
        var again = jar.copy(server.getURI());
        assertThat(type(jar, code).statusCode()).isEqualTo(303);
        assertThat(type(again, code).statusCode()).isEqualTo(422);
        assertThat(again.isSignedIn()).isFalse();
    }

    @Test
    void link_and_code_of_a_mail_use_each_other_up() {
        var jar = ask("beides@stadt.example", "/");
        var code = code("beides@stadt.example");
        var link = link("beides@stadt.example");
        assertThat(new CookieJar(server.getURI()).post(link, Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(type(jar, code).statusCode()).isEqualTo(422);
        var second = ask("beides@stadt.example", "/");
        var secondLink = link("beides@stadt.example");
        assertThat(type(second, code("beides@stadt.example")).statusCode()).isEqualTo(303);
        assertThat(new CookieJar(server.getURI()).post(secondLink, Map.of()).statusCode())
                .isEqualTo(410);
    }

    @Test
    void a_code_ends_after_fifteen_minutes_and_must_have_six_digits() {
        var jar = ask("spaet@stadt.example", "/");
        var code = code("spaet@stadt.example");
        for (var odd : List.of("", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5")) {
            var answer = type(jar, odd);
            assertThat(answer.statusCode()).as(odd).isEqualTo(422);
            assertThat(answer.body()).contains("sechs Ziffern");
        }
        assertThat(tries("spaet@stadt.example")).isEqualTo("0");
        clock.turn(Duration.ofMinutes(16));
        assertThat(type(jar, code).statusCode()).isEqualTo(422);
        assertThat(jar.isSignedIn()).isFalse();
    }

    @Test
    void after_five_wrong_codes_the_mail_is_over_link_and_all_and_a_new_one_works() {
        var jar = ask("fuenf@stadt.example", "/");
        var code = code("fuenf@stadt.example");
        var link = link("fuenf@stadt.example");
        for (int i = 0; i < 5; i++) {
            assertThat(type(jar, other(code, i)).statusCode()).isEqualTo(422);
        }
        assertThat(type(jar, code).statusCode()).isEqualTo(422);
        assertThat(new CookieJar(server.getURI()).post(link, Map.of()).statusCode())
                .isEqualTo(410);
        var anew = ask("fuenf@stadt.example", "/");
        assertThat(type(anew, code("fuenf@stadt.example")).statusCode()).isEqualTo(303);
    }

    @Test
    void of_tries_at_once_no_more_than_five_count() throws Exception {
        var jar = ask("zugleich@stadt.example", "/");
        var code = code("zugleich@stadt.example");
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return type(jar.copy(server.getURI()), other(code, i)).statusCode();
                    }))
                    .toList();
            start.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(422);
            }
        }
        assertThat(tries("zugleich@stadt.example")).isEqualTo("5");
    }

    @Test
    void ten_thousand_wrong_codes_get_nowhere_and_lock_nobody_out() throws Exception {
        var address = Town.resident(4) + "@motette.example";
        var owner = ask(address, "/");
        var ownCode = code(address);
        var attacker = ask(address, "/");
        var attacked = code(address);
        var refused = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var work = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 8; thread++) {
                var part = thread;
                work.add(() -> {
                    var jar = attacker.copy(server.getURI());
                    for (int i = part; i < 10_000; i += 8) {
                        if (type(jar, other(attacked, i)).statusCode() == 422) {
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(refused).hasValue(10_000);
        assertThat(attacker.isSignedIn()).isFalse();
        assertThat(type(attacker, attacked).statusCode()).as("too late").isEqualTo(422);
        assertThat(type(owner, ownCode).statusCode()).as("who did nothing").isEqualTo(303);
        var again = ask(address, "/");
        assertThat(type(again, code(address)).statusCode()).isEqualTo(303);
    }

    @Test
    void after_ten_codes_a_day_the_mail_carries_a_link_only() {
        var address = "belagert@stadt.example";
        for (int i = 0; i < 10; i++) {
            ask(address, "/");
            assertThat(code(address)).hasSize(6);
            clock.turn(Duration.ofMinutes(16));
        }
        var jar = ask(address, "/");
        assertThat(lastMail(address))
                .doesNotContainPattern("\\b\\d{3} \\d{3}\\b")
                .contains("/sign-in/link/");
        assertThat(type(jar, "123456").statusCode()).isEqualTo(422);
        assertThat(new CookieJar(server.getURI()).post(link(address), Map.of()).statusCode())
                .isEqualTo(303);
        clock.turn(Duration.ofHours(24));
        ask(address, "/");
        assertThat(code(address)).hasSize(6);
    }

    @Test
    void the_answer_and_the_work_are_the_same_whoever_the_address_belongs_to() {
        ask("warm@stadt.example", "/");
        var known = Town.resident(2) + "@motette.example";
        var staff = Town.coordinator("west") + "@motette.example";
        assertThat(waiting.ask("select count(*) from persons where email = '" + known + "'"))
                .isEqualTo("1");
        var answers = new ArrayList<String>();
        var work = new ArrayList<List<String>>();
        for (var address : List.of(known, staff, "unbekannt@stadt.example", "nicht-da@gibt-es-nicht.example")) {
            var jar = new CookieJar(server.getURI());
            work.add(queries.during(() -> {
                var answer = jar.post("/sign-in/link", Map.of("email", address));
                answers.add(answer.statusCode() + " " + answer.headers().allValues("Location") + " " + answer.body()
                        + " " + jar.take(ASKED).length() + " "
                        + jar.get("/sign-in/link").body());
            }));
            answers.add(type(jar, "000000").body());
        }
        assertThat(work.stream().distinct()).hasSize(1);
        assertThat(work.getFirst()).isNotEmpty();
        assertThat(answers.stream().distinct()).hasSize(2);
    }

    @Test
    void code_and_browser_are_kept_as_hashes() {
        var jar = ask("pruefsumme@stadt.example", "/");
        var code = code("pruefsumme@stadt.example");
        var where = " from sign_in_links where email = 'pruefsumme@stadt.example'";
        assertThat(waiting.ask("select browser_hash = sha256('" + jar.take(ASKED) + "')" + where))
                .isEqualTo("t");
        assertThat(waiting.ask("select code_hash = sha256('" + code + "') or code_hash = sha256('" + jar.take(ASKED)
                        + " " + code + "')" + where))
                .isEqualTo("f");
        assertThat(waiting.ask("select sign_in_links::text like '%" + code + "%'" + where))
                .isEqualTo("f");
    }

    private CookieJar ask(String address, String next) {
        var jar = new CookieJar(server.getURI());
        assertThat(jar.post("/sign-in/link", Map.of("email", address, "next", next))
                        .statusCode())
                .isEqualTo(303);
        assertThat(jar.take(ASKED)).hasSize(43);
        return jar;
    }

    private static java.net.http.HttpResponse<String> type(CookieJar jar, String code) {
        return jar.post("/sign-in/code", Map.of("code", code));
    }

    private String lastMail(String address) {
        return waiting.ask("select body from mails where recipient = '" + address
                + "' and topic like 'sign-in-%' order by id desc limit 1");
    }

    private String code(String address) {
        var code = Pattern.compile("(?m)^(\\d{3}) (\\d{3})$").matcher(lastMail(address));
        assertThat(code.find()).isTrue();
        return code.group(1) + code.group(2);
    }

    private String link(String address) {
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+").matcher(lastMail(address));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private String tries(String address) {
        return waiting.ask("select tries from sign_in_links where email = '" + address + "'");
    }

    /** The i-th code that is not the right one. */
    private static String other(String code, int i) {
        return "%06d".formatted((Integer.parseInt(code) + 1 + i) % 1_000_000);
    }
}
