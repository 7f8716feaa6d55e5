package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.stream.IntStream;
import motette.PortalTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class ClustersTest extends PortalTest {

    private static final String CITY = "12.2,51.2,12.6,51.5";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,2,3",
                "1,2,3,4,5",
                "a,b,c,d",
                "12.6,51.5,12.2,51.2",
                "12.2,51.5,12.6,51.2",
                "NaN,0,1,1",
                "Infinity,0,1,1",
                "1e9,0,1,1",
                "99999,0,1,1",
                ",,,",
                "12,51,13,52%00"
            })
    void a_window_that_is_none_is_refused(String bbox) {
        assertThat(browser().get("/ideas/markers?zoom=12&bbox=" + bbox).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "NaN", "1e3", "999999999999", "%00", "12,5"})
    void a_zoom_that_is_none_is_refused(String zoom) {
        assertThat(browser()
                        .get("/ideas/markers?bbox=" + CITY + "&zoom=" + zoom)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void at_every_zoom_everything_inside_the_window_is_shown_once() {
        for (int zoom = 0; zoom <= 22; zoom++) {
            assertThat(browser()
                            .get("/ideas/markers?bbox=-540,-90,540,90&zoom=" + zoom)
                            .statusCode())
                    .isEqualTo(200);
            var points = IntStream.range(0, 200)
                    .mapToObj(i -> point(i, 12.3 + i % 17 * 0.001, 51.3 + i % 13 * 0.001))
                    .toList();
            var shown = Clusters.of(points, zoom);
            assertThat(shown.ideas().size()
                            + shown.clusters().stream()
                                    .mapToInt(Clusters.Cluster::count)
                                    .sum())
                    .as("zoom " + zoom)
                    .isEqualTo(200);
        }
        assertThat(browser().get("/ideas/markers?bbox=" + CITY + "&zoom=12.75").statusCode())
                .isEqualTo(200);
        assertThat(browser()
                        .get("/ideas/markers?bbox=12.236667000000001,51.2,12.6,51.448039&zoom=12")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ideas_at_the_very_same_spot_stay_where_they_are() {
        var shown = Clusters.of(List.of(point(1, 12.3726549, 51.3436249), point(2, 12.3726549, 51.3436249)), 12);
        assertThat(shown.clusters()).singleElement().satisfies(cluster -> {
            assertThat(List.of(cluster.lon(), cluster.lat())).containsExactly(12.3726549, 51.3436249);
            assertThat(cluster.bounds()).containsExactly(12.3726549, 51.3436249, 12.3726549, 51.3436249);
        });
    }

    @Test
    void close_up_every_idea_stands_alone_unless_there_are_too_many() {
        var spot = IntStream.range(0, 400).mapToObj(i -> point(i, 12.37, 51.34)).toList();
        assertThat(Clusters.of(spot, 17).ideas()).hasSize(400);
        assertThat(Clusters.of(spot, 16).clusters()).singleElement().matches(cluster -> cluster.count() == 400);
        var more = IntStream.range(0, 401).mapToObj(i -> point(i, 12.37, 51.34)).toList();
        assertThat(Clusters.of(more, 22).clusters()).singleElement().matches(cluster -> cluster.count() == 401);
    }

    @Test
    void moving_the_map_does_not_regroup_anything() {
        var all = IntStream.range(0, 100)
                .mapToObj(i -> point(i, 12.3 + i * 0.003, 51.3))
                .toList();
        var whole = Clusters.of(all, 12);
        var east = Clusters.of(all.stream().filter(point -> point.lon() > 12.45).toList(), 12);
        assertThat(whole.clusters())
                .containsAll(east.clusters().stream()
                        .filter(cluster -> cluster.bounds().getFirst() > 12.47)
                        .toList());
    }

    private static IdeaIndex.Point point(long number, double lon, double lat) {
        return IdeaIndex.Point.of(
                number, "Idee " + number, lon, lat, "bewegung", "walk", "leaf", "published", "00", "mitte");
    }
}
