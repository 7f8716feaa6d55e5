package motette.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import motette.PortalTest;
import motette.Waiting;
import motette.places.Places;
import motette.residence.Residences;
import org.junit.jupiter.api.Test;

/** What the demo city shows of residence from the start. */
@MicronautTest(transactional = false)
class DemoResidenceTest extends PortalTest {

    @Inject
    Residences residences;

    @Inject
    Places places;

    @Inject
    Waiting waiting;

    @Test
    void every_demo_resident_has_shown_that_they_live_in_their_quarter() {
        for (int i = 1; i <= 20; i++) {
            long person =
                    Long.parseLong(waiting.ask("select id from persons where demo_key = '" + Town.resident(i) + "'"));
            var residence = residences.of(person);
            var quarter = residence.proof().orElseThrow().quarter();
            assertThat(residence.claimed()).contains(quarter);
            assertThat(residences.refusal(person, quarter.districtKey())).isEmpty();
        }
    }

    @Test
    void three_letters_wait_for_an_officer_who_tries_to_print() {
        assertThat(waiting.ask("select count(*) || ' ' || count(address_sealed) || ' ' || count(batch_id)"
                        + " from residence_letters where closed_at is null"))
                .isEqualTo("3 3 0");
        assertThat(browser().signIn(Town.officer()).page("/residence/letters").text())
                .contains("3 Briefe warten auf den Druck");
    }

    @Test
    void every_quarter_has_a_postcode() {
        assertThat(places.quarters())
                .allMatch(quarter -> residences.somePostcode(quarter.key()).matches("04\\d{3}"));
    }
}
