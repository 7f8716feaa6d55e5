package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The colours of main.css keep the contrast of WCAG 2.2 (1.4.3, 1.4.11) wherever components put one upon another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColoursTest {

    private static final double TEXT = 4.5;
    private static final double PART = 3;

    private static final Pattern CHOICE =
            Pattern.compile("--([a-z-]+): var\\(--light, ([^;]*?)\\) var\\(--dark, ([^;]*?)\\);");
    private static final Pattern TONE = Pattern.compile("\\[data-tone=([a-z]+)\\] \\{([^}]*)}");

    private final Map<String, String> light = new HashMap<>();
    private final Map<String, String> dark = new HashMap<>();
    private String css = "";

    @BeforeAll
    void read() throws IOException {
        css = Files.readString(Path.of("web/main.css"));
        CHOICE.matcher(css).results().forEach(token -> {
            light.put(token.group(1), token.group(2));
            dark.put(token.group(1), token.group(3));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ink, ground, 4.5",
        "ink, surface, 4.5",
        "ink, sunken, 4.5",
        "ink, accent-pale, 4.5",
        "ink, danger-pale, 4.5",
        "ink-soft, ground, 4.5",
        "ink-soft, surface, 4.5",
        "ink-soft, sunken, 4.5",
        "ink-soft, accent-pale, 4.5",
        "accent, ground, 4.5",
        "accent, surface, 4.5",
        "accent, sunken, 4.5",
        "accent-strong, accent-pale, 4.5",
        "on-accent, accent, 4.5",
        "on-accent, accent-strong, 4.5",
        "danger, ground, 4.5",
        "danger, surface, 4.5",
        "danger, danger-pale, 4.5",
        "edge, ground, 3",
        "edge, surface, 3",
        "edge, sunken, 3",
        "focus, ground, 3",
        "focus, surface, 3",
        "focus, accent-pale, 3",
        "part-granted, surface, 3",
        "part-reserved, surface, 3",
        "part-granted, part-available, 2.5"
    })
    void one_colour_upon_another_can_be_read_in_both_schemes(String upper, String lower, double least) {
        for (var scheme : List.of(light, dark)) {
            assertThat(contrast(luminance(colour(scheme, upper)), luminance(colour(scheme, lower))))
                    .as("%s on %s, %s", upper, lower, scheme == light ? "light" : "dark")
                    .isGreaterThanOrEqualTo(least);
        }
    }

    Stream<Arguments> tones() {
        return Stream.concat(
                Stream.of(Arguments.of("leaf", 137.0, .1)),
                TONE.matcher(css)
                        .results()
                        .map(tone -> Arguments.of(
                                tone.group(1), number(tone.group(2), "--h", 137), number(tone.group(2), "--c", .1))));
    }

    /** Badges and pins: the tone as ink upon its own pale, and as a part upon the surface. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tones")
    void a_tone_can_be_read_upon_its_pale(String tone, double hue, double chroma) {
        for (var scheme : List.of(light, dark)) {
            var ink = luminance(percent(scheme, "tone-l"), chroma, hue);
            var pale = luminance(percent(scheme, "pale-l"), chroma * .38, hue);
            assertThat(contrast(ink, pale)).as("%s as a badge", tone).isGreaterThanOrEqualTo(TEXT);
            assertThat(contrast(ink, luminance(colour(scheme, "surface"))))
                    .as("%s as a pin", tone)
                    .isGreaterThanOrEqualTo(PART);
        }
    }

    @Test
    void every_colour_of_a_component_is_a_token() throws IOException {
        try (var files = Files.walk(Path.of("web/components"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".css")).toList()) {
                for (var name : Pattern.compile("var\\(--([a-z0-9-]+)\\)")
                        .matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .toList()) {
                    assertThat(css + Files.readString(file) + "--mark: --space:")
                            .as("%s uses --%s, which nobody sets", file, name)
                            .containsPattern("--" + name + "\\s*:|--" + name + ",");
                }
            }
        }
    }

    private static String colour(Map<String, String> scheme, String name) {
        var colour = scheme.get(name);
        assertThat(colour).as("--%s in main.css", name).isNotNull();
        return colour == null ? "" : colour;
    }

    private static double percent(Map<String, String> scheme, String name) {
        return Double.parseDouble(colour(scheme, name).replace("%", "")) / 100;
    }

    private static double number(String rule, String property, double otherwise) {
        var found = Pattern.compile(property + ": ([0-9.]+)").matcher(rule);
        return found.find() ? Double.parseDouble(found.group(1)) : otherwise;
    }

    private static double luminance(String oklch) {
        var parts = oklch.substring(oklch.indexOf('(') + 1).replace(")", "").split("[ /]+");
        return luminance(
                Double.parseDouble(parts[0].replace("%", "")) / 100,
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]));
    }

    /** Relative luminance (WCAG 2.2) of a colour in OKLCH, by the matrices of CSS Color 4; what sRGB cannot show is cut. */
    private static double luminance(double lightness, double chroma, double hue) {
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));
        double l = Math.pow(lightness + .3963377774 * a + .2158037573 * b, 3);
        double m = Math.pow(lightness - .1055613458 * a - .0638541728 * b, 3);
        double s = Math.pow(lightness - .0894841775 * a - 1.2914855480 * b, 3);
        double red = 4.0767416621 * l - 3.3077115913 * m + .2309699292 * s;
        double green = -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s;
        double blue = -.0041960863 * l - .7034186147 * m + 1.7076147010 * s;
        return .2126 * Math.clamp(red, 0, 1) + .7152 * Math.clamp(green, 0, 1) + .0722 * Math.clamp(blue, 0, 1);
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    }
}
