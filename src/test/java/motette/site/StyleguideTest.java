package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import motette.PortalTest;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class StyleguideTest extends PortalTest {

    /** Folders that are a behaviour without a look of their own, or the frame that stands around every page anyhow. */
    private static final List<String> NOT_SHOWN = List.of("masthead", "bottom-bar", "footer", "styleguide");

    @Test
    void every_component_is_shown_light_dark_and_from_right_to_left() throws IOException {
        var page = browser().page("/styleguide");
        assertThat(page.select("h1").text()).isEqualTo("Gestaltung");
        for (var samples : page.select(".samples")) {
            assertThat(samples.select("> .sample").eachAttr("data-scheme")).containsExactly("light", "dark", "light");
            assertThat(samples.select("> .sample").eachAttr("dir")).containsExactly("ltr", "ltr", "rtl");
        }
        assertThat(page.select(".samples")).hasSizeGreaterThan(15);
        for (var state : List.of("is-hovered", "is-focused")) {
            assertThat(page.select("." + state)).as(state).hasSizeGreaterThan(6);
        }
        assertThat(page.select("[disabled]")).isNotEmpty();
        assertThat(page.select("[aria-invalid]")).isNotEmpty();
        assertThat(page.select("[style]")).isEmpty();
    }

    @Test
    void no_component_of_the_common_kind_is_missing() throws IOException {
        var page = browser().page("/styleguide");
        var shown = page.select("[class]").stream()
                .flatMap(element -> element.classNames().stream())
                .map(name -> name.replaceAll("(__|--).*", ""))
                .collect(Collectors.toSet());
        assertThat(shown)
                .contains(
                        "button",
                        "field",
                        "choice",
                        "error-summary",
                        "card",
                        "badge",
                        "timeline",
                        "money-bar",
                        "map",
                        "photo",
                        "pager",
                        "tabs",
                        "dialog",
                        "toast",
                        "table",
                        "empty",
                        "skeleton",
                        "notice",
                        "queue",
                        "decision-bar",
                        "steps",
                        "breadcrumb",
                        "facts",
                        "figures",
                        "support",
                        "code-show",
                        "nav");
        try (var folders = Files.list(Path.of("web/components"))) {
            var sheets = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> Files.exists(Path.of("web/components", name, name + ".css")))
                    .filter(name -> !NOT_SHOWN.contains(name))
                    .toList();
            var imported = Files.readString(Path.of("web/main.css"));
            assertThat(sheets).allSatisfy(name -> assertThat(imported).contains("components/" + name + "/" + name));
        }
    }
}
