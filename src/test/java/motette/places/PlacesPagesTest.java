package motette.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import motette.PortalTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class PlacesPagesTest extends PortalTest {

    @Test
    void the_outlines_come_as_the_pack_has_them_and_only_once() {
        var first = browser().get("/places/outlines.json");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(new String(Pack.CITY.bytes("outlines.json"), StandardCharsets.UTF_8));
        assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=86400");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            var again = browser().get("/places/outlines.json", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).contains(tag);
        }
        assertThat(browser()
                        .get("/places/outlines.json", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_search_answers_with_what_a_place_picker_needs() {
        var answer = browser().get("/places/search?q=gruenau%20mite&limit=1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches("\\[\\{\"name\":\"Grünau-Mitte\",\"kind\":\"quarter\",\"quarterKey\":\"62\","
                        + "\"quarterName\":\"Grünau-Mitte\",\"lon\":12\\.\\d+,\"lat\":51\\.\\d+}]");
        assertThat(browser().get("/places/search?q=").body()).isEqualTo("[]");
        assertThat(browser().get("/places/search").body()).isEqualTo("[]");
        assertThat(browser().get("/places/search?q=a&limit=1000").body().split("quarterKey", -1))
                .hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/places/search?q=a&limit=many", "/places/search?q=a&limit=", "/places/search?q=a&limit=99999999999",
                        "/places/at",
                "/places/at?lon=12.37", "/places/at?lon=east&lat=north", "/places/at?lon=NaN&lat=51.3",
                        "/places/at?lon=12.3&lat=Infinity",
                "/places/at?lon=12.3&lat=%22%3Cb%3E"
            })
    void what_is_no_number_is_refused_in_json(String path) {
        var answer = browser().get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":400", "must be a number");
    }
}
