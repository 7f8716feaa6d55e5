package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.regex.Pattern;
import motette.PortalTest;
import motette.shared.Languages;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class OfflineUseTest extends PortalTest {

    @Test
    void the_manifest_speaks_the_readers_language_and_everything_it_names_is_there() throws JsonProcessingException {
        for (var locale : Languages.ALL) {
            var answer = browser().get("/manifest.webmanifest?lang=" + Languages.tag(locale));
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/manifest+json");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            var manifest = new ObjectMapper().readTree(answer.body());
            assertThat(manifest.get("lang").asText()).isEqualTo(Languages.tag(locale));
            assertThat(manifest.get("dir").asText()).isIn("ltr", "rtl");
            assertThat(manifest.get("short_name").asText()).isEqualTo("Motette");
            assertThat(manifest.get("icons")).isNotEmpty();
            manifest.get("icons")
                    .forEach(icon -> assertThat(
                                    browser().get(icon.get("src").asText()).statusCode())
                            .as(icon.toString())
                            .isEqualTo(200));
            manifest.get("shortcuts")
                    .forEach(shortcut -> assertThat(
                                    browser().get(shortcut.get("url").asText()).statusCode())
                            .as(shortcut.toString())
                            .isIn(200, 303));
        }
    }

    @Test
    void the_worker_is_asked_for_anew_each_time_and_names_the_version_of_the_assets() {
        var answer = browser().get("/service-worker.js");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("worker-src 'self'", "manifest-src 'self'");
        assertThat(answer.body()).contains("VERSION = \"test\"", "/assets/test");
        for (var script : new String[] {"/components/kept-ideas/store.js", "/site/worker.js"}) {
            assertThat(answer.body()).contains(script);
            assertThat(browser().get("/assets/test" + script).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_a_device_keeps_is_the_same_for_everybody_and_never_personal() {
        var kept = BrowserRules.FOR_EVERYBODY;
        assertThat(kept.flags()).isZero();
        for (var path : new String[] {
            "/", "/ideas", "/ideas/12", "/ideas/offline", "/offline", "/districts/ost", "/budgets", "/about"
        }) {
            assertThat(kept.matcher(path).matches()).as(path).isTrue();
        }
        for (var path : new String[] {
            "/me",
            "/me/data",
            "/ideas/new/place",
            "/ideas/lookup",
            "/ideas/confirmation/x",
            "/ideas/offline/sender",
            "/sign-in",
            "/watches",
            "/moderation",
            "/residence",
            "/people/1",
            "/council/sbb-ost/2026/ideas/10/resolution"
        }) {
            assertThat(kept.matcher(path).matches()).as(path).isFalse();
        }
        assertThat(browser().signIn(Town.resident()).get("/ideas").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }

    @Test
    void whoever_signs_out_makes_the_device_forget() {
        var resident = browser().signIn(Town.resident());
        var answer = resident.post("/sign-out", java.util.Map.of("csrf", resident.token()));
        assertThat(answer.headers().firstValue("Clear-Site-Data")).contains("\"storage\"");
    }

    @Test
    void the_page_for_moments_without_net_says_so_in_every_other_language() {
        var page = browser().page("/offline?lang=de");
        for (var locale : Languages.ALL) {
            assertThat(page.select("[lang=" + Languages.tag(locale) + "]"))
                    .as(Languages.tag(locale))
                    .isNotEmpty();
        }
        assertThat(page.select("html").attr("lang")).isEqualTo("de");
        assertThat(Pattern.compile("data-live").matcher(page.html()).results().count())
                .isEqualTo(1);
    }
}
