package motette.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpStatus;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.places.CityPack;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "motette.security.contact", value = "sicherheit@stadt.example")
class WellKnownTest extends PortalTest {

    @Inject
    CityPack city;

    @Inject
    TestClock clock;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void whoever_finds_a_hole_finds_whom_to_tell() {
        var answer = browser().get("/.well-known/security.txt");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .isEqualToIgnoringCase("text/plain;charset=utf-8");
        var fields = answer.body()
                .lines()
                .collect(Collectors.toMap(line -> line.split(": ", 2)[0], line -> line.split(": ", 2)[1]));
        assertThat(fields)
                .containsEntry("Contact", "mailto:sicherheit@stadt.example")
                .containsEntry("Canonical", "http://localhost:8080/.well-known/security.txt")
                .containsKeys("Expires", "Preferred-Languages");
        assertThat(Instant.parse(String.valueOf(fields.get("Expires"))))
                .isBetween(
                        clock.instant().plus(Duration.ofDays(30)),
                        clock.instant().plus(Duration.ofDays(365)));
    }

    @Test
    void without_a_contact_or_after_its_day_it_is_not_there() {
        assertThat(controller("", "", "").security().status().getCode()).isEqualTo(HttpStatus.NOT_FOUND.getCode());
        assertThat(controller("", "", "rat@stadt.example").security().body())
                .contains("Contact: mailto:rat@stadt.example\n");
        var dated = controller("https://stadt.example/sicherheit", "2027-03-31", "");
        clock.set(Instant.parse("2027-03-31T21:59:59Z"));
        assertThat(dated.security().body())
                .contains("Contact: https://stadt.example/sicherheit\n", "Expires: 2027-03-31T22:00:00Z\n");
        clock.set(Instant.parse("2027-03-31T22:00:00Z"));
        assertThat(dated.security().status().getCode()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_a_contact_or_a_day_is_named_at_the_start() {
        for (var wrong : new String[] {
            "http://stadt.example", "sicherheit", "mailto:", "tel:0341", "a b@c.example", "x@y.example\nContact: z"
        }) {
            assertThatThrownBy(() -> controller(wrong, "", ""))
                    .as(wrong)
                    .hasMessageContaining("motette.security.contact is '");
        }
        assertThatThrownBy(() -> controller("a@b.example", "soon", ""))
                .hasMessageContaining("motette.security.expires is 'soon'");
    }

    @Test
    void password_managers_are_led_to_what_somebody_signs_in_with() {
        assertThat(Browser.location(browser().get("/.well-known/change-password")))
                .isEqualTo("/me");
        var resident = browser().signIn(Town.resident());
        assertThat(resident.follow(resident.get("/.well-known/change-password")).select("h1"))
                .isNotEmpty();
        assertThat(browser()
                        .get("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200")
                        .statusCode())
                .isEqualTo(404);
    }

    private WellKnownController controller(String contact, String expires, String operator) {
        return new WellKnownController(city, contact, expires, operator, "https://motette.example/", clock);
    }
}
