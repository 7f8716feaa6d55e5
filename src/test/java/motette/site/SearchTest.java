package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashSet;
import javax.imageio.ImageIO;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What search engines, messengers and home screens ask for. */
@MicronautTest(transactional = false)
class SearchTest extends PortalTest {

    @Inject
    Waiting town;

    @Test
    void the_map_of_the_site_names_public_pages_alone_and_all_of_them_are_there() {
        var number = Long.parseLong(town.ask("select min(number) from ideas where state = 'published'"));
        town.change("insert into idea_events (idea_number, kind, at) values (" + number + ", 'withdrawn', now())");
        var map = Jsoup.parse(browser().get("/sitemap.xml").body(), "", Parser.xmlParser());
        var paths = new HashSet<String>();
        for (Element place : map.select("url > loc")) {
            paths.add(URI.create(place.text()).getPath());
        }
        assertThat(paths).contains("/", "/ideas", "/districts/ost", "/council/sbb-ost/2026");
        assertThat(paths)
                .doesNotContain("/ideas/" + number)
                .noneMatch(path -> path.matches("/(me|moderation|people).*"));
        assertThat(paths.stream().filter(path -> path.matches("/ideas/\\d+")).count())
                .isEqualTo(Long.parseLong(town.ask("select count(*) from ideas where state in"
                        + " ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed')")));
        assertThat(paths.stream().filter(path -> browser().get(path).statusCode() != 200))
                .isEmpty();
        assertThat(browser().get("/robots.txt").body()).contains("Disallow: /me\n", "/sitemap.xml");
    }

    @Test
    void every_public_page_says_what_it_is_about() {
        for (var path : new String[] {"/", "/ideas", "/ideas/2", "/districts/ost", "/budgets", "/about"}) {
            var page = browser().page(path);
            assertThat(page.select("title").text()).endsWith("– Motette").hasSizeGreaterThan(14);
            assertThat(page.select("meta[name=description]").attr("content")).hasSizeBetween(50, 200);
            assertThat(page.select("meta[property=og:title]").attr("content")).isNotBlank();
        }
        assertThat(browser().page("/ideas/2").select("meta[name=description]").attr("content"))
                .isNotEqualTo(
                        browser().page("/").select("meta[name=description]").attr("content"));
    }

    @ParameterizedTest
    @CsvSource({"/ideas/2", "/districts/ost"})
    void a_poster_leads_to_its_page(String path) {
        var poster = browser().page(path + "/poster");
        assertThat(browser().page(path).select("a[href=" + path + "/poster]")).hasSize(1);
        assertThat(poster.select("h1").text())
                .isEqualTo(browser().page(path).select("h1").text());
        assertThat(poster.select(".poster__address").text()).endsWith(path);
        assertThat(poster.select(".poster__qr").attr("aria-label"))
                .contains(poster.select(".poster__address").text());
        assertThat(poster.select(".poster__qr path").attr("d")).hasSizeGreaterThan(500);
        assertThat(poster.select(".poster__outline path").attr("d")).startsWith("M");
    }

    @Test
    void there_is_no_poster_of_what_is_not_public() {
        var hidden = town.idea(Town.resident(), "00", "Wartet noch auf die Koordination", Instant.now());
        for (var path :
                new String[] {"/ideas/" + hidden, "/ideas/999999", "/ideas/99999999999999999999", "/districts/nowhere"
                }) {
            assertThat(browser().get(path + "/poster").statusCode()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/apple-touch-icon.png, 180",
        "/icons/icon-192.png, 192",
        "/icons/icon-512.png, 512",
        "/icons/maskable-512.png, 512"
    })
    void the_icon_is_there_in_the_size_that_its_name_says(String path, int size) throws Exception {
        var icon = browser()
                .sendForBytes(
                        HttpRequest.newBuilder(server.getURI().resolve(path)).build());
        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type")).contains("image/png");
        var picture = ImageIO.read(new ByteArrayInputStream(icon.body()));
        assertThat(picture.getWidth()).isEqualTo(size);
        assertThat(picture.getHeight()).isEqualTo(size);
        var corner = picture.getRGB(0, 0) >>> 24;
        assertThat(corner).as("covered corner").isEqualTo(path.startsWith("/icons/icon") ? 0 : 255);
        assertThat(picture.getRGB(size * 3 / 8, size * 3 / 8) & 0xFF)
                .as("a bright leaf")
                .isGreaterThan(200);
    }

    @Test
    void the_old_icon_file_holds_three_sizes() throws Exception {
        var file = browser()
                .sendForBytes(HttpRequest.newBuilder(server.getURI().resolve("/favicon.ico"))
                        .build())
                .body();
        var directory = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(directory.getShort(4)).isEqualTo((short) 3);
        for (int i = 0; i < 3; i++) {
            int length = directory.getInt(6 + 16 * i + 8);
            int start = directory.getInt(6 + 16 * i + 12);
            assertThat(ImageIO.read(new ByteArrayInputStream(file, start, length))
                            .getWidth())
                    .isEqualTo(directory.get(6 + 16 * i));
        }
    }
}
