package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.regex.Pattern;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
class DevicesTest extends PortalTest {

    private static final String FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
    private static final String SAFARI =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                    + " Version/18.5 Mobile/15E148 Safari/604.1";

    @Inject
    Waiting waiting;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0 | Firefox, Android
        Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Safari, iPhone
        Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0 | Edge, Windows
        Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 | Chrome, macOS
        Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet, Android
        Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox, Linux
        curl/8.5.0 | ''
        <script>alert(1)</script> | ''
        """)
    void a_device_is_told_by_kind_of_browser_and_system_only(String userAgent, String told) {
        assertThat(Device.of(userAgent)).isEqualTo(told);
    }

    @Test
    void somebody_sees_their_sign_ins_and_ends_one() {
        var phone = signIn("zwei@stadt.example", FIREFOX);
        var tablet = signIn("zwei@stadt.example", SAFARI);
        var page = page(phone);
        assertThat(page.select(".panel h2").eachText()).containsExactly("Firefox, Android", "Safari, iPhone");
        assertThat(page.select(".panel").getFirst().text()).contains("Dieses Gerät", "mit Code per E-Mail");
        assertThat(page.select(".panel").getFirst().select("form")).isEmpty();
        assertThat(phone.get("/me").body()).contains("href=\"/me/sign-ins\"");
        var end = page.select(".panel form").attr("action");
        assertThat(phone.post(end, Map.of("csrf", phone.token())).headers().firstValue("Location"))
                .contains("/me/sign-ins?said=one");
        assertThat(soonSignedOut(tablet)).isTrue();
        assertThat(phone.get("/me/sign-ins?said=one").body()).contains("Das Gerät ist abgemeldet.");
        assertThat(page(phone).select(".panel h2").eachText()).containsExactly("Firefox, Android");
        assertThat(phone.post(end, Map.of("csrf", phone.token())).statusCode())
                .as("a second time")
                .isEqualTo(404);
    }

    @Test
    void nobody_ends_or_sees_the_sign_ins_of_others() {
        var victim = signIn("opfer@stadt.example", FIREFOX);
        var id = waiting.ask("select max(s.id) from sign_ins s join persons p on p.id = s.person_id where email ="
                + " 'opfer@stadt.example'");
        var other = new CookieJar(server.getURI()).signIn(Town.administrator());
        assertThat(other.post("/me/sign-ins/" + id + "/ending", Map.of("csrf", other.token()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.post("/me/sign-ins/ending", Map.of("csrf", "wrong")).statusCode())
                .isEqualTo(403);
        assertThat(page(other).select("form[action*='/" + id + "/']")).isEmpty();
        assertThat(victim.isSignedIn()).isTrue();
        assertThat(waiting.ask("select ended_at is null from sign_ins where id = " + id))
                .isEqualTo("t");
    }

    @Test
    void all_others_end_or_all_with_this_one() {
        var first = signIn("alle@stadt.example", FIREFOX);
        var second = signIn("alle@stadt.example", FIREFOX);
        var third = signIn("alle@stadt.example", SAFARI);
        assertThat(third.post("/me/sign-ins/ending", Map.of("csrf", third.token()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(soonSignedOut(first)).isTrue();
        assertThat(soonSignedOut(second)).isTrue();
        assertThat(third.isSignedIn()).isTrue();
        var fourth = signIn("alle@stadt.example", FIREFOX);
        var kept = third.copy(server.getURI());
        third.post("/me/sign-ins/ending", Map.of("csrf", third.token(), "here", "too"));
        assertThat(third.take("motette") + third.take("motette-refresh")).isEmpty();
        assertThat(soonSignedOut(kept)).isTrue();
        assertThat(soonSignedOut(fourth)).isTrue();
    }

    @Test
    void a_kind_of_device_never_used_before_is_told_by_mail() {
        var address = "neues-geraet@stadt.example";
        signIn(address, FIREFOX);
        assertThat(notices(address)).as("the first sign-in of all").isEqualTo("0");
        signIn(address, FIREFOX);
        assertThat(notices(address)).as("a known device").isEqualTo("0");
        signIn(address, SAFARI);
        assertThat(notices(address)).isEqualTo("1");
        assertThat(waiting.ask(
                        "select body from mails where topic like 'new-device:%' and recipient = '" + address + "'"))
                .contains("Safari, iPhone", "/me/sign-ins");
        signIn(address, SAFARI);
        assertThat(notices(address)).isEqualTo("1");
    }

    @Test
    void nothing_of_the_browser_but_its_kind_is_kept() {
        signIn("karg@stadt.example", SAFARI);
        assertThat(waiting.ask("select device from sign_ins order by id desc limit 1"))
                .isEqualTo("Safari, iPhone");
        assertThat(waiting.ask("select count(*) from sign_ins s where s::text like '%Version/%' or s::text like"
                        + " '%Mozilla%' or s::text like '%127.0.0.1%'"))
                .isEqualTo("0");
        assertThat(waiting.ask("select seen_at = date_trunc('hour', seen_at) from sign_ins order by id desc limit 1"))
                .isEqualTo("t");
    }

    private CookieJar signIn(String address, String userAgent) {
        var jar = new CookieJar(server.getURI());
        jar.post("/sign-in/link", Map.of("email", address));
        var code = Pattern.compile("(?m)^(\\d{3}) (\\d{3})$")
                .matcher(waiting.ask("select body from mails where topic like 'sign-in-%' and recipient = '" + address
                        + "' order by id desc limit 1"));
        assertThat(code.find()).isTrue();
        assertThat(jar.post("/sign-in/code", Map.of("code", code.group(1) + code.group(2)), "User-Agent", userAgent)
                        .statusCode())
                .isEqualTo(303);
        return jar;
    }

    private static Document page(CookieJar jar) {
        return Jsoup.parse(jar.get("/me/sign-ins").body());
    }

    private String notices(String address) {
        return waiting.ask(
                "select count(*) from mails where topic like 'new-device:%' and recipient = '" + address + "'");
    }

    private static boolean soonSignedOut(CookieJar jar) {
        for (int i = 0; i < 100; i++) {
            if (!jar.isSignedIn()) {
                return true;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }
}
