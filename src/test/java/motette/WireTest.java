package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page costs somebody with a weak phone: bytes over the wire, what it waits for, and whether anything jumps. */
@MicronautTest(transactional = false)
class WireTest extends PortalTest {

    private static final int KB = 1024;

    /** What only the map needs. */
    private static final Predicate<String> OF_THE_MAP = path -> path.contains("/leaflet")
            || path.contains("/components/map/")
            || path.equals("/places/outlines.json")
            || path.startsWith("/ideas/markers");

    private static final Predicate<String> A_PHOTO = path -> path.startsWith("/photos/");

    @Inject
    Pictures pictures;

    private Chromium chromium;

    @BeforeAll
    void open() throws Exception {
        pictures.give(1, 1600, 1200);
        pictures.give(2, 1200, 1600);
        pictures.give(40, 1600, 900);
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"/, 100", "/ideas, 100", "/districts/ost, 100", "/ideas/1, 100", "/budgets, 100"})
    void a_page_is_light_without_map_and_photos(String path, int most) {
        assertThat(sum(transferred(path), OF_THE_MAP.or(A_PHOTO).negate()))
                .as("bytes of " + path)
                .isBetween(1, most * KB);
    }

    @Test
    void the_map_page_is_light_with_all_of_the_map() {
        var pieces = transferred("/ideas");
        assertThat(pieces.keySet()).anyMatch(path -> path.contains("/leaflet/"));
        assertThat(sum(pieces, A_PHOTO.negate())).isBetween(1, 250 * KB);
    }

    @Test
    void nothing_of_the_map_is_asked_for_where_there_is_none() {
        assertThat(transferred("/").keySet()).noneMatch(OF_THE_MAP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ideas", "/ideas/1", "/districts/ost", "/sign-in"})
    void nothing_is_drawn_later_for_the_sake_of_a_script_or_a_second_style_sheet(String path) {
        var page = browser().page(path);
        assertThat(page.select("script:not([type=module])")).isEmpty();
        assertThat(page.select("link[rel=stylesheet]")).hasSize(1);
        var sheet = browser().get(page.select("link[rel=stylesheet]").attr("href"), "Accept-Encoding", "identity");
        assertThat(sheet.statusCode()).isEqualTo(200);
        assertThat(sheet.body()).doesNotContain("@import").contains(".wordmark", "@layer components");
        assertThat(sheet.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("public", "max-age=31536000", "immutable"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, 390",
        "/, 1440",
        "/ideas, 390",
        "/ideas, 1440",
        "/ideas/1, 390",
        "/ideas/1, 1440",
        "/ideas/2, 390",
        "/districts/ost, 390",
        "/districts/ost, 1440",
        "/ideas/new/place, 390"
    })
    void nothing_jumps_when_photos_and_maps_arrive(String path, int width) {
        var page = chromium.open(width, width == 390 ? 844 : 900, ColorScheme.LIGHT, true, "");
        page.addInitScript("window.shifted = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) if"
                + " (!e.hadRecentInput) window.shifted += e.value }).observe({ type: 'layout-shift', buffered:"
                + " true })");
        page.navigate(
                path, new com.microsoft.playwright.Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
        for (int i = 0; i < 4; i++) {
            page.mouse().wheel(0, 700);
            page.waitForTimeout(150);
        }
        assertThat(((Number) page.evaluate("window.shifted")).doubleValue())
                .as("cumulative layout shift")
                .isLessThan(0.02);
        page.context().close();
    }

    /** Bytes that came over the wire, heads included, by path; each piece as it comes into an empty cache. */
    private Map<String, Integer> transferred(String path) {
        var page = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        var wire = page.context().newCDPSession(page);
        var paths = new HashMap<String, String>();
        var sizes = new ArrayList<Map.Entry<String, Integer>>();
        wire.on(
                "Network.requestWillBeSent",
                event -> paths.put(text(event, "requestId"), text(event.getAsJsonObject("request"), "url")));
        wire.on(
                "Network.loadingFinished",
                event -> sizes.add(Map.entry(
                        text(event, "requestId"), event.get("encodedDataLength").getAsInt())));
        wire.send("Network.enable");
        page.navigate(
                path, new com.microsoft.playwright.Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
        page.waitForTimeout(300);
        var pieces = new HashMap<String, Integer>();
        for (var size : List.copyOf(sizes)) {
            var url = paths.getOrDefault(size.getKey(), "");
            if (url.startsWith(server.getURI().toString())) {
                pieces.merge(url.substring(server.getURI().toString().length()), size.getValue(), Integer::sum);
            }
        }
        page.context().close();
        assertThat(pieces).as("the test sees what is sent").containsKey(path).hasSizeGreaterThan(3);
        return pieces;
    }

    private static int sum(Map<String, Integer> pieces, Predicate<String> wanted) {
        return pieces.entrySet().stream()
                .filter(piece -> wanted.test(piece.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static String text(JsonObject event, String name) {
        return event.get(name).getAsString();
    }

    /** Photos of ideas of the demo city. */
    @Singleton
    static class Pictures {

        private final JdbcOperations jdbc;

        Pictures(JdbcOperations jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public void give(long idea, int width, int height) throws Exception {
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            var pen = picture.createGraphics();
            pen.setColor(new Color(0x5f8f4f));
            pen.fillOval(0, 0, width, height);
            pen.dispose();
            var jpeg = new ByteArrayOutputStream();
            ImageIO.write(picture, "jpeg", jpeg);
            var id = UUID.randomUUID();
            jdbc.prepareStatement(
                    "insert into photos (id, idea_number, position, alt, width, height, added_at)"
                            + " values (?, ?, 0, 'Ein Baum', ?, ?, now())",
                    statement -> {
                        statement.setObject(1, id);
                        statement.setLong(2, idea);
                        statement.setInt(3, width);
                        statement.setInt(4, height);
                        return statement.executeUpdate();
                    });
            jdbc.prepareStatement(
                    "insert into photo_renditions (photo_id, width, height, jpeg) values (?, ?, ?, ?)", statement -> {
                        statement.setObject(1, id);
                        statement.setInt(2, width);
                        statement.setInt(3, height);
                        statement.setBytes(4, jpeg.toByteArray());
                        return statement.executeUpdate();
                    });
        }
    }
}
