package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import motette.PortalTest;
import motette.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class RoundNoticesTest extends PortalTest {

    @Inject
    DeskRounds made;

    @Inject
    TestRounds tests;

    @Inject
    RoundNotices notices;

    @Inject
    TestClock clock;

    @BeforeEach
    void noRounds() {
        tests.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void the_lines_that_point_to_a_round_know_of_a_deed_at_once() {
        long id = made.prepared("gleich-bekannt");
        assertThat(notices.of("2")).isEmpty();
        made.announce(id);
        assertThat(notices.of("2")).hasSize(1);
        clock.set(made.opensAt(id));
        made.hold(id);
        assertThat(notices.of("2").getFirst().phase()).isEqualTo("held");
    }
}
