package motette.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import motette.Browser;
import motette.Chromium;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy of map tiles before a service that runs in this test. */
@MicronautTest(transactional = false)
class TilesTest extends PortalTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

    /** Of the middle of Leipzig. */
    private static final int X = 2188;

    private static final int Y = 1365;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile Answer answer = TilesTest::png;
    private final HttpServer outer = start();

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put(
                "motette.tiles.url", "http://127.0.0.1:" + outer.getAddress().getPort() + "/{z}/{x}/{y}.png");
        properties.put("motette.tiles.attribution", "© Testkarte");
        properties.put("motette.tiles.patience", "2s");
        properties.put("motette.tiles.most", "5");
        properties.put("motette.tiles.most-bytes", "100");
        return properties;
    }

    @BeforeEach
    void anew() {
        waiting.change("delete from tiles");
        asked.clear();
        answer = TilesTest::png;
        clock.turn(Duration.ofMinutes(2));
    }

    @AfterAll
    void end() {
        clock.reset();
        outer.stop(0);
    }

    @Test
    void a_tile_is_fetched_once_and_then_kept_until_it_is_old() {
        var tile = get(12, X, Y);
        assertThat(tile.statusCode()).isEqualTo(200);
        assertThat(tile.body()).isEqualTo(PNG);
        assertThat(tile.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(tile.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("public"));
        assertThat(get(12, X, Y).statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly("/12/" + X + "/" + Y + ".png");
        clock.turn(Duration.ofDays(31));
        assertThat(get(12, X, Y).statusCode()).isEqualTo(200);
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tiles/12/2100/1365",
                "/tiles/12/2188/1300",
                "/tiles/9/273/170",
                "/tiles/18/140032/87360",
                "/tiles/99/1/1",
                "/tiles/12/99999999999/1",
                "/tiles/12/-1/1",
                "/tiles/12/2188/1365.png",
                "/tiles/12/2188/..%2f1365",
                "/tiles/12/2188/1365%2f..%2f..%2fsecret"
            })
    void nothing_but_tiles_of_the_city_is_asked_for(String path) {
        assertThat(browser().get(path).statusCode()).isEqualTo(404);
        assertThat(asked).isEmpty();
    }

    @Test
    void many_who_want_the_same_tile_at_once_cost_one_request() throws Exception {
        answer = exchange -> {
            pause();
            png(exchange);
        };
        try (var people = Executors.newFixedThreadPool(12)) {
            var all = people.invokeAll(
                    Stream.<Callable<Integer>>generate(() -> () -> get(12, X, Y).statusCode())
                            .limit(24)
                            .toList());
            for (var one : all) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_redirect_is_not_followed_wherever_it_leads() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere.png");
            exchange.sendResponseHeaders(302, -1);
        };
        assertThat(get(12, X, Y).statusCode()).isEqualTo(404);
        assertThat(asked).containsExactly("/12/" + X + "/" + Y + ".png");
    }

    @ParameterizedTest
    @CsvSource({"text/html, 7", "image/svg+xml, 7", "image/png, 600000", "image/png, 0"})
    void what_is_no_tile_is_not_passed_on(String type, int bytes) {
        answer = exchange -> send(exchange, type, new byte[bytes]);
        assertThat(get(12, X, Y).statusCode()).isEqualTo(404);
        assertThat(waiting.ask("select count(*) from tiles")).isEqualTo("0");
    }

    @Test
    void a_service_that_fails_is_left_alone_for_a_while_and_an_old_tile_is_better_than_none() {
        assertThat(get(12, X, Y).statusCode()).isEqualTo(200);
        clock.turn(Duration.ofDays(31));
        answer = exchange -> exchange.sendResponseHeaders(503, -1);
        assertThat(get(12, X, Y).statusCode()).as("old").isEqualTo(200);
        assertThat(get(12, X + 1, Y).statusCode()).isEqualTo(404);
        assertThat(get(12, X, Y + 1).statusCode()).isEqualTo(404);
        assertThat(asked).hasSize(2);
        answer = TilesTest::png;
        clock.turn(Duration.ofSeconds(31));
        assertThat(get(12, X + 1, Y).statusCode()).isEqualTo(200);
    }

    @Test
    @Timeout(60)
    void a_service_that_never_ends_what_it_began_holds_nobody() throws Exception {
        assertThat(get(12, X, Y).statusCode()).isEqualTo(200);
        clock.turn(Duration.ofDays(31));
        var over = new CountDownLatch(1);
        answer = exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(PNG);
            exchange.getResponseBody().flush();
            awaitEnd(over);
        };
        try (var people = Executors.newFixedThreadPool(6)) {
            var all = people.invokeAll(
                    Stream.<Callable<Integer>>generate(() -> () -> get(12, X, Y).statusCode())
                            .limit(6)
                            .toList());
            for (var one : all) {
                assertThat(one.get()).as("the old tile").isEqualTo(200);
            }
            assertThat(get(12, X + 1, Y).statusCode()).as("left alone").isEqualTo(404);
            assertThat(asked).hasSize(2);
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_tile_that_is_missing_says_nothing_about_the_others() {
        answer = exchange -> exchange.sendResponseHeaders(404, -1);
        assertThat(get(12, X, Y).statusCode()).isEqualTo(404);
        answer = TilesTest::png;
        assertThat(get(12, X + 1, Y).statusCode()).isEqualTo(200);
    }

    @Test
    void the_oldest_go_when_there_are_too_many_or_too_many_bytes() {
        for (int i = 0; i < 8; i++) {
            clock.turn(Duration.ofSeconds(1));
            assertThat(get(14, X * 4 + i, Y * 4).statusCode()).isEqualTo(200);
        }
        assertThat(waiting.ask("select string_agg((x - " + X * 4 + ")::text, ' ' order by x) from tiles"))
                .isEqualTo("3 4 5 6 7");
        answer = exchange -> send(exchange, "image/png", new byte[90]);
        clock.turn(Duration.ofSeconds(1));
        get(14, X * 4 + 8, Y * 4);
        assertThat(waiting.ask("select string_agg((x - " + X * 4 + ")::text, ' ' order by x) from tiles"))
                .isEqualTo("7 8");
    }

    @Test
    void pages_say_where_tiles_are_and_whose_they_are() {
        var service = browser().page("/ideas").select("meta[name=tiles]");
        assertThat(service.attr("content")).isEqualTo("/tiles/{z}/{x}/{y}");
        assertThat(service.attr("data-attribution")).isEqualTo("© Testkarte");
        assertThat(service.attr("data-zooms")).isEqualTo("10-17");
    }

    @Test
    void browsers_show_tiles_below_the_outlines_and_the_outlines_alone_when_none_come() {
        answer = exchange -> send(exchange, "image/png", grey());
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(1000, 800, ColorScheme.LIGHT, true, "");
            page.navigate("/ideas");
            page.locator(".map--tiles .leaflet-tile-loaded").first().waitFor();
            assertThat(page.locator(".leaflet-control-attribution").innerText()).contains("© Testkarte", "Grenzen");
            assertThat(asked).allMatch(path -> path.matches("/\\d+/\\d+/\\d+\\.png"));

            waiting.change("delete from tiles");
            answer = exchange -> exchange.sendResponseHeaders(404, -1);
            var other = chromium.open(1000, 800, ColorScheme.LIGHT, true, "");
            other.navigate("/ideas");
            other.locator(".map__cluster").first().waitFor();
            other.waitForTimeout(1500);
            assertThat(other.locator(".map--tiles").count()).isZero();
            assertThat(other.locator(".map__quarter").count()).isEqualTo(63);
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static byte[] grey() throws IOException {
        var picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY), "png", picture);
        return picture.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{x}.tiles.example/{z}/{y}.png",
                "https://tiles.example:{z}/{x}/{y}",
                "https://name:word@tiles.example/{z}/{x}/{y}",
                "file:///tiles/{z}/{x}/{y}",
                "https://tiles.example/{z}/{x}",
                "tiles.example/{z}/{x}/{y}"
            })
    void an_address_that_could_lead_elsewhere_ends_the_start(String template) {
        assertThatThrownBy(() -> settings(template, "© x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(template);
    }

    @Test
    void a_map_without_a_name_is_not_shown() {
        assertThatThrownBy(() -> settings("https://tiles.example/{z}/{x}/{y}.png", " "))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("attribution");
    }

    @Test
    void a_tile_knows_whether_it_lies_in_a_box() {
        var city = List.of(12.2, 51.2, 12.6, 51.5);
        assertThat(new Tile(12, X, Y).touches(city)).isTrue();
        assertThat(new Tile(0, 0, 0).touches(city)).isTrue();
        assertThat(new Tile(12, X, Y + 30).touches(city)).isFalse();
        assertThat(new Tile(12, X - 30, Y).touches(city)).isFalse();
    }

    private static TileSettings settings(String template, String attribution) {
        return new TileSettings(
                template, attribution, 10, 17, Duration.ofDays(1), 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private HttpResponse<byte[]> get(int zoom, int x, int y) {
        return new Browser(server.getURI())
                .sendForBytes(HttpRequest.newBuilder(server.getURI().resolve("/tiles/" + zoom + "/" + x + "/" + y))
                        .build());
    }

    private static void png(HttpExchange exchange) throws IOException {
        send(exchange, "image/png", PNG);
    }

    private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    asked.add(exchange.getRequestURI().toString());
                    answer.to(exchange);
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
