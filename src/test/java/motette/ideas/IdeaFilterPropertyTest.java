package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.transaction.TransactionOperations;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is filtered: the list shows what looking at every idea shows, and the map tells the same story. */
class IdeaFilterPropertyTest {

    private static final EmbeddedServer PORTAL = ApplicationContext.run(
            EmbeddedServer.class, new HashMap<String, Object>(new PortalTest() {}.getProperties()), "test");
    private static final Ideas IDEAS = new Ideas(transactions());
    private static final Browser BROWSER = new Browser(PORTAL.getURI());
    private static final JsonMapper JSON = PORTAL.getApplicationContext().getBean(JsonMapper.class);

    /** All ideas with what the filters look at. */
    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(
            long number, String district, String quarter, String category, String state, double lon, double lat) {

        boolean fits(Asked asked) {
            return Set.of("published", "postponed", "granted", "granted-in-part", "not-granted")
                            .contains(state)
                    && (asked.district().isEmpty() || asked.district().equals(district))
                    && (asked.quarter().isEmpty() || asked.quarter().equals(quarter))
                    && (asked.category().isEmpty() || asked.category().equals(category))
                    && switch (asked.state()) {
                        case "" -> true;
                        case "decided" ->
                            Set.of("granted", "granted-in-part", "not-granted").contains(state);
                        case "granted" -> Set.of("granted", "granted-in-part").contains(state);
                        default -> asked.state().equals(state);
                    };
        }
    }

    record Asked(String district, String quarter, String category, String state, String sort) {

        String query() {
            return "district=" + district + "&quarter=" + quarter + "&category=" + category + "&state=" + state
                    + "&sort=" + sort;
        }
    }

    record View(double lon, double lat, double width, double height, int zoom) {

        boolean shows(double x, double y) {
            return x >= lon && x <= lon + width && y >= lat && y <= lat + height;
        }

        String query() {
            return "bbox=" + lon + "," + lat + "," + (lon + width) + "," + (lat + height) + "&zoom=" + zoom;
        }
    }

    @BeforeContainer
    static void propose() {
        var random = new Random(7);
        var quarters = List.of("00", "01", "11", "31", "62", "71");
        var categories = List.of("bewegung", "sitzen_rasten", "laerm_luft");
        var ends = List.of(
                "handed-in",
                "published",
                "published",
                "returned",
                "declined",
                "withdrawn",
                "postponed",
                "granted",
                "granted-in-part",
                "not-granted");
        for (int i = 0; i < 60; i++) {
            long idea = IDEAS.handedIn(
                    Town.resident(1 + i % 20),
                    i % 3 == 0 ? "Bänke für alle " + i : "Spiele im Freien " + i,
                    Ideas.TEXT,
                    categories.get(random.nextInt(3)),
                    quarters.get(random.nextInt(6)),
                    12.25 + random.nextDouble() * 0.28,
                    51.25 + random.nextDouble() * 0.19);
            IDEAS.tell(idea, ends.get(random.nextInt(ends.size())));
        }
        var all = IDEAS.text(
                "select string_agg(concat_ws('|', i.number, d.slug, q.key, i.category_key, i.state, i.lon, i.lat),"
                        + " ';') from ideas i join quarters q on q.key = i.quarter_key join districts d on d.key ="
                        + " q.district_key");
        for (var line : all.split(";")) {
            var part = line.split("\\|");
            ROWS.add(new Row(
                    Long.parseLong(part[0]), part[1], part[2], part[3], part[4], rounded(part[5]), rounded(part[6])));
        }
    }

    /** As the map tells it. */
    private static double rounded(String degrees) {
        return new BigDecimal(degrees).setScale(6, RoundingMode.HALF_UP).doubleValue();
    }

    @AfterContainer
    static void stop() {
        PORTAL.close();
    }

    @Property(tries = 150)
    void the_list_shows_what_looking_at_every_idea_shows(@ForAll("filters") Asked asked) {
        var expected =
                ROWS.stream().filter(row -> row.fits(asked)).map(Row::number).collect(Collectors.toSet());
        assertThat(listed(asked.query())).isEqualTo(expected);
    }

    @Property(tries = 150)
    void list_and_map_tell_the_same_story(
            @ForAll("filters") Asked asked, @ForAll("words") String words, @ForAll("views") View view) {
        var query = asked.query() + "&q=" + words;
        var listed = listed(query);
        var shown = markers(query + "&" + view.query());
        var expected = ROWS.stream()
                .filter(row -> listed.contains(row.number()))
                .collect(Collectors.groupingBy(row -> view.zoom() < 17 ? cell(row, view.zoom()) : row.number()))
                .values()
                .stream()
                .filter(cell -> touches(view, cell))
                .toList();
        assertThat(shown.ideas().size()
                        + shown.clusters().stream()
                                .mapToInt(Clusters.Cluster::count)
                                .sum())
                .isEqualTo(expected.stream().mapToInt(List::size).sum());
        assertThat(shown.ideas().stream().map(Clusters.Marker::number))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(cell -> cell.size() == 1)
                        .map(cell -> cell.getFirst().number())
                        .toList());
        assertThat(shown.ideas()).allMatch(marker -> view.shows(marker.lon(), marker.lat()));
        assertThat(shown.clusters()).allMatch(cluster -> cluster.count() > 1).allMatch(IdeaFilterPropertyTest::within);
    }

    /** The square of 72 pixels on the Web Mercator map in which it lies. */
    private static long cell(Row row, int zoom) {
        var squares = 256 * Math.pow(2, zoom) / 72;
        var sine = Math.sin(Math.toRadians(row.lat()));
        var down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
        return (long) ((row.lon() + 180) / 360 * squares) * 10_000_000_000L + (long) (down * squares);
    }

    private static boolean touches(View view, List<Row> cell) {
        var lons = cell.stream().mapToDouble(Row::lon).summaryStatistics();
        var lats = cell.stream().mapToDouble(Row::lat).summaryStatistics();
        return lons.getMax() >= view.lon()
                && lons.getMin() <= view.lon() + view.width()
                && lats.getMax() >= view.lat()
                && lats.getMin() <= view.lat() + view.height();
    }

    @Provide
    Arbitrary<Asked> filters() {
        return Combinators.combine(
                        Arbitraries.of("", "", "mitte", "ost", "west", "nordost", "suedwest", "atlantis"),
                        Arbitraries.of("", "", "", "00", "31", "62", "999"),
                        Arbitraries.of("", "", "bewegung", "sitzen_rasten", "hitze_schatten", "no-such"),
                        Arbitraries.of(
                                "",
                                "",
                                "published",
                                "decided",
                                "granted",
                                "granted-in-part",
                                "not-granted",
                                "postponed",
                                "handed-in",
                                "declined"),
                        Arbitraries.of("newest", "supported", "random"))
                .as(Asked::new);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("", "", "Bank", "Spiel", "Brunen", "Kinder", "xyzzy", "im+Park", "-Bank");
    }

    @Provide
    Arbitrary<View> views() {
        return Combinators.combine(
                        Arbitraries.doubles().between(12.2, 12.5).ofScale(4),
                        Arbitraries.doubles().between(51.2, 51.4).ofScale(4),
                        Arbitraries.doubles().between(0, 0.4).ofScale(4),
                        Arbitraries.doubles().between(0, 0.3).ofScale(4),
                        Arbitraries.integers().between(0, 22))
                .as(View::new);
    }

    private static boolean within(Clusters.Cluster cluster) {
        var bounds = cluster.bounds();
        return cluster.lon() >= bounds.get(0)
                && cluster.lat() >= bounds.get(1)
                && cluster.lon() <= bounds.get(2)
                && cluster.lat() <= bounds.get(3);
    }

    private static Set<Long> listed(String query) {
        var page = BROWSER.page("/ideas?" + query);
        var numbers = new HashSet<Long>();
        page.select("[data-idea]").forEach(card -> numbers.add(Long.valueOf(card.attr("data-idea"))));
        while (!page.select("[rel=next]").isEmpty()) {
            page = BROWSER.page(page.select("[rel=next]").attr("href"));
            page.select("[data-idea]").forEach(card -> numbers.add(Long.valueOf(card.attr("data-idea"))));
        }
        var counted = page.select("#results > [role=status]").text();
        assertThat(counted)
                .startsWith(numbers.isEmpty() ? "Keine" : numbers.size() == 1 ? "Eine" : numbers.size() + " ");
        return numbers;
    }

    private static Clusters markers(String query) {
        try {
            return JSON.readValue(BROWSER.get("/ideas/markers?" + query).body(), Clusters.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> transactions() {
        return PORTAL.getApplicationContext().getBean(TransactionOperations.class);
    }
}
