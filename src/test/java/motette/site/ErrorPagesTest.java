package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class ErrorPagesTest extends PortalTest {

    @Test
    void a_page_that_does_not_exist_says_so_and_leads_on() {
        var answer = browser().get("/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Diese Seite gibt es nicht", "/ideas");
    }

    @Test
    void a_form_from_another_site_is_refused_before_anything_happens() {
        var answer = browser().post("/sign-in/demo", Map.of("person", Town.resident()), "Sec-Fetch-Site", "cross-site");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("laden Sie die Seite neu");
        assertThat(browser()
                        .post("/sign-in/demo", Map.of("person", Town.resident()), "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void signing_in_leads_back_only_to_paths_of_this_site() {
        for (var next : new String[] {
            "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"
        }) {
            var answer = browser().post("/sign-in/demo", Map.of("person", Town.resident(), "next", next));
            assertThat(Browser.location(answer)).isEqualTo("/");
        }
    }
}
