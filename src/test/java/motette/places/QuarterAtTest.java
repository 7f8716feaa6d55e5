package motette.places;

import static motette.places.Pack.PLACES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class QuarterAtTest {

    private static final Map<String, Geometry> SHAPES = Boundaries.read(Pack.geoJson("boundaries.geojson"));
    private static final Geometry CITY = CoverageUnion.union(SHAPES.values().toArray(Geometry[]::new));
    private static final GeometryFactory POINTS = new GeometryFactory();

    @Example
    void every_demo_idea_and_every_landmark_lies_in_the_quarter_it_names() {
        assertThat(Pack.items("demo/ideas.json")).hasSize(40);
        assertThat(Pack.items("landmarks.json")).hasSizeGreaterThan(200);
        for (var file : List.of("demo/ideas.json", "demo/waiting.json", "demo/decided.json", "landmarks.json")) {
            for (var item : Pack.items(file)) {
                assertThat(keyAt(PackFile.number(item, "lon"), PackFile.number(item, "lat")))
                        .as("%s of %s", item, file)
                        .contains(PackFile.text(item, "quarter"));
            }
        }
    }

    @Example
    void every_quarter_contains_its_label() {
        assertThat(PLACES.quarters())
                .hasSize(63)
                .allSatisfy(quarter -> assertThat(keyAt(quarter.labelLon(), quarter.labelLat()))
                        .contains(quarter.key()));
    }

    @Example
    void a_thousand_points_are_resolved_in_no_time_and_as_the_slow_way_does() {
        var points = pointsInside(1000);
        points.forEach(point -> PLACES.quarterAt(point.x, point.y));
        var began = System.nanoTime();
        for (var point : points) {
            PLACES.quarterAt(point.x, point.y);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(50));
        assertThat(points)
                .allSatisfy(point -> assertThat(keyAt(point.x, point.y))
                        .isEqualTo(slowly(point))
                        .isPresent());
    }

    @Example
    void outside_the_city_there_is_no_quarter() {
        var halle = new Coordinate(11.9688, 51.4825);
        var schkeuditz = new Coordinate(12.2214, 51.3969);
        for (var point : List.of(
                halle,
                schkeuditz,
                new Coordinate(0, 0),
                new Coordinate(51.34, 12.37),
                new Coordinate(Double.NaN, 51.34),
                new Coordinate(12.37, Double.NaN),
                new Coordinate(Double.POSITIVE_INFINITY, 51.34),
                new Coordinate(12.37, Double.NEGATIVE_INFINITY),
                new Coordinate(1e300, -1e300))) {
            assertThat(PLACES.quarterAt(point.x, point.y)).as("%s", point).isEmpty();
        }
    }

    @Example
    void a_point_on_a_shared_border_belongs_to_the_quarter_with_the_lowest_key() {
        int shared = 0;
        for (var corner : Objects.requireNonNull(SHAPES.get("01")).getCoordinates()) {
            var touching = SHAPES.entrySet().stream()
                    .filter(shape -> shape.getValue().covers(POINTS.createPoint(corner)))
                    .map(Map.Entry::getKey)
                    .toList();
            shared += touching.size() > 1 ? 1 : 0;
            assertThat(keyAt(corner.x, corner.y)).contains(touching.getFirst());
        }
        assertThat(shared).isGreaterThan(100);
    }

    @Example
    void the_quarters_leave_no_gap_between_them() {
        assertThat(CoverageValidator.isValid(SHAPES.values().toArray(Geometry[]::new)))
                .isTrue();
    }

    @Property
    void whatever_the_numbers_there_is_an_answer(@ForAll double lon, @ForAll double lat) {
        var box = CITY.getEnvelopeInternal();
        var found = PLACES.quarterAt(lon, lat);
        assertThat(box.contains(lon, lat) || found.isEmpty()).isTrue();
    }

    @Property(tries = 500)
    void around_the_city_a_point_is_inside_exactly_when_the_outline_of_the_city_covers_it(
            @ForAll @DoubleRange(min = 12.2, max = 12.6) double lon,
            @ForAll @DoubleRange(min = 51.2, max = 51.5) double lat) {
        assertThat(PLACES.quarterAt(lon, lat).isPresent())
                .isEqualTo(CITY.covers(POINTS.createPoint(new Coordinate(lon, lat))));
    }

    private static Optional<String> keyAt(double lon, double lat) {
        return PLACES.quarterAt(lon, lat).map(Quarter::key);
    }

    private static Optional<String> slowly(Coordinate point) {
        return SHAPES.entrySet().stream()
                .filter(shape -> shape.getValue().covers(POINTS.createPoint(point)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<Coordinate> pointsInside(int count) {
        var random = new Random(20261122);
        var box = CITY.getEnvelopeInternal();
        var points = new ArrayList<Coordinate>();
        while (points.size() < count) {
            var point = new Coordinate(
                    random.nextDouble(box.getMinX(), box.getMaxX()), random.nextDouble(box.getMinY(), box.getMaxY()));
            if (CITY.covers(POINTS.createPoint(point))) {
                points.add(point);
            }
        }
        return points;
    }
}
