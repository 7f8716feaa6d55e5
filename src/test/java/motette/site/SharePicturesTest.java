package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import motette.PortalTest;
import motette.site.SharePainter.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class SharePicturesTest extends PortalTest {

    @Inject
    SharePainter painter;

    @Inject
    Change change;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("motette.limits.share-pictures-per-network.capacity", "40");
        return properties;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ideas/1",
                "/districts/ost",
                "/ideas/1?lang=en",
                "/ideas/1?lang=ar",
                "/?lang=de-simple",
                "/about"
            })
    void every_public_page_names_a_picture_that_is_there_and_may_be_kept_for_ever(String page) throws Exception {
        var path = pictureOf(page);
        var picture = fetch(path);
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(picture.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("public", "immutable"));
        assertThat(picture.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
        var drawn = read(picture.body());
        assertThat(drawn.getWidth()).isEqualTo(1200);
        assertThat(drawn.getHeight()).isEqualTo(630);
        assertThat(picture.body().length).isLessThan(200_000);
        var tag = picture.headers().firstValue("ETag").orElseThrow();
        assertThat(browser().get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void the_address_is_new_when_the_idea_is_and_the_old_one_leads_on() {
        var before = pictureOf("/ideas/3");
        change.run("update ideas set title = title || ', neu' where number = 3");
        var after = pictureOf("/ideas/3");
        assertThat(after).isNotEqualTo(before);
        var old = browser().get(before);
        assertThat(old.statusCode()).isEqualTo(307);
        assertThat(old.headers().firstValue("Location")).contains(after);
        assertThat(fetch(after).statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_not_public_has_no_picture() {
        var path = pictureOf("/ideas/4");
        assertThat(fetch(path).statusCode()).isEqualTo(200);
        change.run("insert into idea_events (idea_number, kind, at) values (4, 'withdrawn', now())");
        assertThat(fetch(path).statusCode()).as("not even what was drawn").isEqualTo(404);
        for (var nothing : new String[] {
            "/share/de/ideas/999999/0.jpg",
            "/share/de/ideas/99999999999999999999/0.jpg",
            "/share/xx/ideas/1/0.jpg",
            "/share/de/districts/nowhere/0.jpg"
        }) {
            assertThat(browser().get(nothing).statusCode()).as(nothing).isEqualTo(404);
        }
    }

    @Test
    void many_who_ask_for_the_same_at_once_get_the_same() throws Exception {
        var path = pictureOf("/ideas/5");
        try (var people = Executors.newFixedThreadPool(12)) {
            var all = people.invokeAll(
                    Stream.<Callable<byte[]>>generate(() -> () -> fetch(path).body())
                            .limit(24)
                            .toList());
            for (var one : all) {
                assertThat(one.get()).isEqualTo(all.getFirst().get()).hasSizeGreaterThan(10_000);
            }
        }
    }

    /** A title in a script that the font lacks would leave its place empty, or full of the same boxes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Тіньова лавка біля школи",
                "Скамейка в тени у школы",
                "مقعد في الظل بجانب المدرسة",
                "Straßenbahnhaltestellenüberdachungsbegrünung jetzt",
                "🌳 Bäume"
            })
    void titles_of_every_language_are_drawn(String title) throws Exception {
        var drawn = read(painter.paint(sheet(title)));
        var other = read(painter.paint(sheet(title.substring(0, title.length() / 2))));
        int left = ink(drawn, 64, 350);
        int right = ink(drawn, 350, 636);
        assertThat(left + right).isGreaterThan(2_000);
        assertThat(left + right).isNotEqualTo(ink(other, 64, 636));
        if (title.startsWith("م")) {
            assertThat(right).as("from right to left").isGreaterThan(left);
        } else {
            assertThat(left).as("from left to right").isGreaterThan(right);
        }
    }

    private static Sheet sheet(String title) {
        return new Sheet("", title, "", "leaf", Optional.empty(), Optional.empty());
    }

    /** Dark points where the title stands. */
    private static int ink(BufferedImage picture, int from, int to) {
        int dark = 0;
        for (int x = from; x < to; x++) {
            for (int y = 170; y < 480; y++) {
                dark += (picture.getRGB(x, y) & 0xFF) < 90 ? 1 : 0;
            }
        }
        return dark;
    }

    private String pictureOf(String page) {
        var picture = browser().page(page).select("meta[property=og:image]").attr("content");
        assertThat(picture).startsWith("http");
        return URI.create(picture).getPath();
    }

    private HttpResponse<byte[]> fetch(String path) {
        return browser()
                .sendForBytes(
                        HttpRequest.newBuilder(server.getURI().resolve(path)).build());
    }

    private static BufferedImage read(byte[] jpeg) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    @Singleton
    static class Change {

        private final JdbcOperations jdbc;

        Change(JdbcOperations jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public void run(String sql) {
            jdbc.prepareStatement(sql, statement -> statement.executeUpdate());
        }
    }
}
