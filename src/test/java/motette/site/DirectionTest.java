package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style sheets name sides by the direction of reading, so that every page stands in Arabic as well. */
class DirectionTest {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("([^{}]*)\\{([^{}]*)}");

    private static final List<Pattern> PHYSICAL = List.of(
            Pattern.compile("(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)"),
            Pattern.compile("(?:^|[;\\s])(?:left|right)\\s*:"),
            Pattern.compile("(?:text-align|float|clear|caption-side)\\s*:\\s*(?:left|right)"),
            Pattern.compile("border-(?:top|bottom)-(?:left|right)"),
            Pattern.compile("(?:translateX|translate3d)\\("),
            Pattern.compile("scaleX\\(-"),
            Pattern.compile("(?:background-position|transform-origin|object-position)\\s*:[^;]*(?:left|right)"));

    private static final Pattern FOUR_SIDES =
            Pattern.compile("(?:^|[;\\s])(inset|margin|padding|border-width|border-radius)\\s*:\\s*([^;]+)");

    private static final Pattern BRACKETS = Pattern.compile("\\([^()]*\\)");

    @Test
    void no_rule_names_left_or_right() throws IOException {
        var faults = new ArrayList<String>();
        try (var files = Files.walk(Path.of("web"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".css"))
                    .filter(f -> !f.endsWith("leaflet.css"))
                    .toList()) {
                var css = COMMENT.matcher(Files.readString(file)).replaceAll("");
                RULE.matcher(css)
                        .results()
                        .filter(rule -> isPhysical(rule.group(2)))
                        .filter(rule -> !rule.group(1).contains(":dir(rtl)"))
                        .forEach(rule -> faults.add(file + ":" + rule.group(0).strip()));
            }
        }
        assertThat(faults)
                .as("rules for one direction only; say start and end, or add a rule for :dir(rtl)")
                .isEmpty();
    }

    @Test
    void what_names_a_side_is_found() {
        assertThat(List.of(
                        "margin-left: 1rem",
                        "color: red; left: 0",
                        "text-align: right",
                        "padding: 1px 2px 3px 4px",
                        "inset: 0 auto auto 1rem",
                        "border-radius: 0 1rem 1rem 0",
                        "transform: translateX(10px)"))
                .allMatch(DirectionTest::isPhysical);
        assertThat(List.of(
                        "margin-inline-start: 1rem",
                        "padding: 1px 2px",
                        "inset: auto 0 0",
                        "margin: 1px calc(1px + (2px * 3)) 2px calc(1px + (2px * 3))",
                        "border-radius: 1rem 1rem 0 0",
                        "border-width: 0 2px 2px 0; transform: rotate(45deg)"))
                .noneMatch(DirectionTest::isPhysical);
    }

    /** Something turned, an arrow made of two borders, has no sides of the page. */
    private static boolean isPhysical(String declarations) {
        return PHYSICAL.stream().anyMatch(side -> side.matcher(declarations).find())
                || !declarations.contains("rotate")
                        && FOUR_SIDES
                                .matcher(declarations)
                                .results()
                                .anyMatch(found -> isLopsided(found.group(1), found.group(2)));
    }

    private static boolean isLopsided(String property, String value) {
        var flat = value;
        while (BRACKETS.matcher(flat).find()) {
            flat = BRACKETS.matcher(flat).replaceAll("");
        }
        var sides = flat.strip().split("\\s+");
        return property.equals("border-radius")
                ? sides.length == 4 && !(sides[0].equals(sides[1]) && sides[2].equals(sides[3]))
                : sides.length == 4 && !sides[1].equals(sides[3]);
    }
}
