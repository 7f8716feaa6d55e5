package motette.places;

import static motette.places.Pack.PATTERNS;
import static motette.places.Pack.PLACES;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Path2D;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatternsTest {

    private static final Pattern STEP = Pattern.compile("([Ml]| |(?=-))(-?[\\d.]+) ?(-?[\\d.]+)");

    @Test
    void every_quarter_fills_its_picture_and_stands_in_it_whole() {
        for (var quarter : PLACES.quarters()) {
            var box = shape(PATTERNS.quarter(quarter.key(), 320, 240, 20)
                            .orElseThrow()
                            .outline())
                    .getBounds2D();
            assertThat(box.getMinX()).as(quarter.name()).isBetween(19.0, 301.0);
            assertThat(box.getMaxX()).as(quarter.name()).isBetween(19.0, 301.0);
            assertThat(box.getMinY()).as(quarter.name()).isBetween(19.0, 221.0);
            assertThat(box.getMaxY()).as(quarter.name()).isBetween(19.0, 221.0);
            assertThat(box.getWidth() >= 278 || box.getHeight() >= 198)
                    .as(quarter.name() + " " + box)
                    .isTrue();
        }
        assertThat(PATTERNS.quarter("no such key", 320, 240, 20)).isEmpty();
    }

    @Test
    void a_district_lies_among_its_neighbours() {
        for (var district : PLACES.districts()) {
            var pattern = PATTERNS.district(district.key(), 600, 500, 40).orElseThrow();
            assertThat(shape(pattern.outline()).getBounds2D().getWidth()).isGreaterThan(200);
            assertThat(pattern.around()).startsWith("M").hasSizeGreaterThan(300);
        }
        assertThat(PATTERNS.district("no such key", 600, 500, 40)).isEmpty();
    }

    @Test
    void no_two_quarters_look_alike_and_the_sprite_of_all_is_small() {
        assertThat(PLACES.quarters().stream()
                        .map(quarter -> PATTERNS.quarter(quarter.key(), 160, 120, 14)
                                .orElseThrow()
                                .outline()))
                .doesNotHaveDuplicates();
        var sprite = PATTERNS.sprite();
        for (var quarter : PLACES.quarters()) {
            assertThat(sprite).containsOnlyOnce("<symbol id=\"q-" + quarter.key() + "\"");
        }
        assertThat(sprite.getBytes(StandardCharsets.UTF_8).length).isLessThan(70_000);
    }

    private static Path2D shape(String path) {
        var shape = new Path2D.Double();
        for (var part : path.split("Z")) {
            double x = 0;
            double y = 0;
            var steps = STEP.matcher(part);
            while (steps.find()) {
                x += Double.parseDouble(steps.group(2));
                y += Double.parseDouble(steps.group(3));
                if (steps.group(1).equals("M")) {
                    shape.moveTo(x, y);
                } else {
                    shape.lineTo(x, y);
                }
            }
            shape.closePath();
        }
        return shape;
    }
}
