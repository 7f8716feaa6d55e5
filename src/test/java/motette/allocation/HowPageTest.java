package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.Locale;
import motette.PortalTest;
import motette.shared.Message;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;

/** What the page for residents says of its example is what the rules find. */
@MicronautTest(transactional = false)
class HowPageTest extends PortalTest {

    @Test
    void the_example_comes_out_as_its_lesson_says() {
        var page = HowPage.of(WorkedExample.matter(new Texts(), Locale.GERMAN));
        assertThat(page.rules()).extracting(HowPage.Rule::key).containsExactly("votes", "ratio", "shares");
        assertThat(page.rules())
                .extracting(HowPageTest::funded)
                .containsExactly(
                        List.of("Bänke im Park", "Trinkbrunnen am Markt"),
                        List.of("Bänke im Park", "Hochbeete im Hof", "Kochkurs für alle"),
                        List.of("Bänke im Park", "Hochbeete im Hof", "Kochkurs für alle"));
        assertThat(page.rules())
                .extracting(HowPage.Rule::reach)
                .containsExactly(
                        Message.of("allocation.how.reach", 70, 7L, 10L),
                        Message.of("allocation.reach.everybody"),
                        Message.of("allocation.reach.everybody"));
    }

    private static List<String> funded(HowPage.Rule rule) {
        return rule.ideas().stream()
                .filter(HowPage.Idea::in)
                .map(HowPage.Idea::title)
                .toList();
    }

    @Test
    void everybody_reads_it_in_four_sentences_and_in_leichte_sprache() {
        var page = browser().page("/allocation/how");
        assertThat(page.select("ol.sentences > li")).hasSize(4);
        assertThat(page.select("ul.sentences--easy > li")).hasSizeGreaterThan(4);
        assertThat(page.select("svg[role=img] > title").text()).isNotBlank();
        assertThat(page.select(".proposal")).hasSize(3);
        assertThat(browser().page("/").select(".footer a[href=/allocation/how]"))
                .hasSize(1);
    }

    @Test
    void it_speaks_english_too() {
        assertThat(browser().page("/allocation/how?lang=en").select("main").text())
                .contains("Raised beds in the yard")
                .doesNotContain("Hochbeete", "{");
    }
}
