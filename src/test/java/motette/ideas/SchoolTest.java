package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.PortalTest;
import motette.limits.Limits;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** A school, a neighbourhood centre: very many people, one address. With the limits as they are delivered. */
@MicronautTest(transactional = false)
class SchoolTest extends PortalTest {

    private static final int PUPILS = 200;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Limits limits;

    @Test
    void two_hundred_behind_one_address_sign_in_begin_ideas_and_support_within_a_minute() throws Exception {
        var ideas = new Ideas(transactions);
        long idea = ideas.published(Town.resident(2), "Ein Schulgarten für alle");
        ideas.run("insert into persons (pseudonym, email, demo_key, created_at) select 'Schulkind ' || i,"
                + " 'pupil-' || i || '@schule.example', 'pupil-' || i, now() from generate_series(1, " + PUPILS
                + ") i");
        try (var threads = Executors.newFixedThreadPool(20)) {
            var codes = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(IntStream.rangeClosed(1, PUPILS)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        assertThat(limits.take("sign-in-link-per-network", "7f000001"))
                                .isEmpty();
                        assertThat(limits.take("sign-in-link-all", "")).isEmpty();
                        assertThat(limits.take("sign-in-link-per-address", "pupil-" + i + "@schule.example"))
                                .isEmpty();
                        var guest = browser();
                        assertThat(guest.post("/ideas/new/draft", Map.of("title", "Ein Beet " + i))
                                        .statusCode())
                                .isEqualTo(204);
                        var pupil = guest.signIn("pupil-" + i);
                        return pupil.post("/ideas/" + idea + "/support", Map.of("csrf", pupil.token()))
                                .statusCode();
                    })
                    .toList())) {
                codes.add(answer.get());
            }
            assertThat(codes).hasSize(PUPILS).containsOnly(303);
        }
        assertThat(ideas.number("select count(*) from supports where idea_number = ?", idea))
                .isEqualTo(PUPILS);
        assertThat(ideas.number(
                        "select count(*) from (select max(at) - min(at) as took from supports where idea_number = ?) s"
                                + " where took < interval '1 minute'",
                        idea))
                .isEqualTo(1);
    }
}
