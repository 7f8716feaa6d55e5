package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.limits.Blocked;
import motette.residence.Assurance;
import motette.residence.Outcome;
import motette.residence.Residences;
import motette.residence.VerifiedPerson;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** Changing the secrets of the installation costs nobody anything: codes, blocks and the electoral roll stay. */
@MicronautTest(transactional = false)
class SecretsChangeTest extends PortalTest {

    private static final String FRESH = "tK3v9Qe2mWz7Rb5XnL8cHy4JdPa6GuSf";
    private static final String ROLL = "wF8sD2kN5vB9xC3zL7qP1yT4rE6uH0jM";
    private static final String LATER_ROLL = "nV6bG1hJ4mK8pQ2sX5cZ9wR3tY7uL0aE";

    @Inject
    Waiting waiting;

    @Inject
    Blocked blocked;

    @Inject
    Residences residences;

    @Test
    void a_guests_code_a_block_and_the_roll_outlive_every_secret() {
        var code = handIn("Ein Vordach für den Wartenden");
        block("fort@stadt.example");
        var person = id(Town.resident(1));
        residences.shownBy(person, somebody());
        var identity = residences.identity(person).orElseThrow();
        follow(browser(), 0);
        int place = 0;
        var former = server.getApplicationContext().getRequiredProperty("motette.secret", String.class);
        for (var secrets : List.of(
                Map.of("motette.secret", FRESH, "motette.second-secret", former),
                Map.of("motette.secret", FRESH),
                Map.of("motette.secret", FRESH, "motette.residence-secret", ROLL),
                Map.of("motette.secret", former, "motette.second-secret", FRESH, "motette.residence-secret", ROLL),
                Map.of(
                        "motette.secret", former,
                        "motette.residence-secret", LATER_ROLL,
                        "motette.second-residence-secret", ROLL),
                Map.of("motette.secret", former, "motette.residence-secret", LATER_ROLL))) {
            try (var copy = ApplicationContext.run(EmbeddedServer.class, like(secrets))) {
                var there = copy.getApplicationContext();
                var browser = new Browser(copy.getURI());
                follow(new Browser(copy.getURI()), ++place);
                var found = browser.submit(browser.page("/ideas/lookup"), "/ideas/lookup", Map.of("code", code));
                assertThat(found.body()).as(secrets.toString()).contains("Ein Vordach für den Wartenden");
                assertThat(there.getBean(Blocked.class).of("fort@stadt.example"))
                        .as(secrets.toString())
                        .hasValueSatisfying(block -> assertThat(block.fits()).isTrue());
                var roll = there.getBean(Residences.class);
                assertThat(roll.identity(person)).as(secrets.toString()).contains(identity);
                assertThat(roll.shownBy(id(Town.resident(2)), somebody()))
                        .as("a second account of the same human, " + secrets)
                        .isInstanceOf(Outcome.ForStaff.class);
            }
        }
        assertThat(waiting.ask("select count(*) - count(distinct name) from kept_keys"))
                .as("no key is made twice")
                .isEqualTo("0");
        assertThat(waiting.ask("select count(distinct end_hash) from watches where person_id = " + person))
                .as("the link in every mail that ends all news")
                .isEqualTo("1");
        assertThat(waiting.ask("select count(*) from watches where person_id = " + person))
                .isEqualTo("7");
    }

    @Test
    void production_does_not_begin_anew_with_a_secret_that_opens_nothing() {
        assertThatThrownBy(() -> ApplicationContext.builder()
                        .environments("production")
                        .properties(like(Map.of("motette.secret", ROLL)))
                        .start()
                        .close())
                .rootCause()
                .hasMessageContaining("No secret given opens the key", "MOTETTE_SECOND_SECRET");
    }

    private String handIn(String title) {
        var guest = browser();
        new Proposal(guest).written(title);
        var answer = guest.submit(guest.page(Proposal.CHECK), "/ideas/new/guest-submission", Map.of("email", ""));
        return guest.follow(answer).select(".code-show__signs").text();
    }

    private void block(String email) {
        var administrator = browser().signIn(Town.administrator());
        administrator.submit(
                administrator.page("/limits/blocked"),
                "/limits/blocked",
                Map.of("email", email, "reason", "Wiederholt Werbung eingereicht.", "until", ""));
        assertThat(blocked.isBlocked(email)).isTrue();
    }

    private static void follow(Browser browser, int place) {
        var follower = browser.signIn(Town.resident(1));
        follower.submit(follower.page("/watches"), "/watches", Map.of("place", "d:" + place));
    }

    private long id(String demoKey) {
        return Long.parseLong(waiting.ask("select id from persons where demo_key = '" + demoKey + "'"));
    }

    private static VerifiedPerson somebody() {
        return new VerifiedPerson(
                "Vorname", "Nachname", LocalDate.of(1980, 3, 7), "Weg 1", "04315", "21", Assurance.SUBSTANTIAL);
    }

    private Map<String, Object> like(Map<String, String> different) {
        var context = server.getApplicationContext();
        var properties = new HashMap<String, Object>();
        for (var same : List.of("datasources.default.url", "motette.assets.version", "motette.demo")) {
            properties.put(same, context.getRequiredProperty(same, String.class));
        }
        properties.put("micronaut.server.port", "-1");
        properties.put("datasources.default.maximum-pool-size", "4");
        properties.putAll(different);
        return properties;
    }
}
