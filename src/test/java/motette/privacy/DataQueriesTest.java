package motette.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import motette.PortalTest;
import motette.Queries;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class DataQueriesTest extends PortalTest {

    @Inject
    Queries queries;

    @Inject
    Register register;

    @Inject
    Sql sql;

    @Test
    void the_page_asks_as_often_for_a_long_life_as_for_a_short_one() {
        var browser = browser().signIn(Town.resident(4));
        browser.page("/me/data");
        var few = queries.during(() -> browser.page("/me/data"));
        sql.run("insert into personal_reads (at, reader_id, office, person_id, what, why) select now(), 1, '', id,"
                + " 'address', 'x' from persons, generate_series(1, 500) where demo_key = '" + Town.resident(4) + "'");
        var many = queries.during(() -> browser.page("/me/data"));
        assertThat(many)
                .hasSameSizeAs(few)
                .hasSizeLessThanOrEqualTo(register.holdings().size() + 2);
    }
}
