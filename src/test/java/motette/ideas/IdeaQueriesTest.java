package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many ideas there are, a page asks the database as often as with few. */
@MicronautTest(transactional = false)
class IdeaQueriesTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Queries queries;

    private Ideas ideas;
    private long waiting;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeAll
    void propose_one() {
        ideas = new Ideas(transactions);
        waiting = ideas.handedIn(Town.resident(2), "Eine wartende Idee");
    }

    @Test
    void pages_ask_rarely_and_no_more_often_when_there_are_many_ideas() {
        var few = counts();
        for (int i = 0; i < 60; i++) {
            ideas.published(Town.resident(1 + i % 20), "Eine weitere Idee " + i);
        }
        for (int person = 1; person <= 20; person++) {
            ideas.run(
                    "insert into supports select number, ?, now() from ideas where state = 'published' on conflict do"
                            + " nothing",
                    ideas.person(Town.resident(person)));
        }
        assertThat(counts()).isEqualTo(few);
        assertThat(few.get("/")).isLessThanOrEqualTo(5);
        for (var list :
                List.of("/ideas", "/ideas?district=mitte&sort=supported", "/ideas?q=Bank", "/ideas?sort=random")) {
            assertThat(few.get(list)).as(list).isEqualTo(1);
        }
        assertThat(few.get("/ideas?category=unknown")).isLessThanOrEqualTo(2);
        assertThat(few.get("/ideas/markers?bbox=12,51,13,52&zoom=10")).isEqualTo(1);
        assertThat(few.get("/ideas/markers?bbox=12,51,13,52&zoom=10&q=Bank")).isEqualTo(2);
        assertThat(few.get("/ideas/1")).isEqualTo(2);
        assertThat(few.get("coordinator")).as("one of them for the menu").isEqualTo(4);
        assertThat(few.get("stranger")).isLessThanOrEqualTo(3);
    }

    private Map<String, Integer> counts() {
        var counts = new LinkedHashMap<String, Integer>();
        for (var path : List.of(
                "/",
                "/ideas",
                "/ideas?district=mitte&sort=supported",
                "/ideas?q=Bank",
                "/ideas?sort=random",
                "/ideas?category=unknown",
                "/ideas/markers?bbox=12,51,13,52&zoom=10",
                "/ideas/markers?bbox=12,51,13,52&zoom=10&q=Bank",
                "/ideas/1")) {
            counts.put(path, sent(browser(), path, 200));
        }
        counts.put("coordinator", sent(browser().signIn(Town.coordinator("mitte")), "/ideas/" + waiting, 200));
        counts.put("stranger", sent(browser().signIn(Town.resident(3)), "/ideas/" + waiting, 404));
        return counts;
    }

    /** The second time: the first reads what is kept until ideas change. */
    private int sent(Browser browser, String path, int status) {
        assertThat(browser.get(path).statusCode()).isEqualTo(status);
        return queries.during(() -> browser.get(path)).size();
    }
}
