package motette.votes;

import jakarta.inject.Inject;
import java.time.Duration;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A round in the east that is open for one more hour, for tests of paper and tablet. */
abstract class OnSiteTest extends PortalTest {

    @Inject
    TestRounds rounds;

    @Inject
    Urn urn;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    Round round;

    private final String slug;

    OnSiteTest(String slug) {
        this.slug = slug;
    }

    @BeforeEach
    void announce() {
        rounds.forgetAll();
        waiting.change("delete from limit_buckets");
        round = rounds.announce(TestRounds.plan(slug, TestRounds.OST)
                .budget(100_000_000)
                .from(Duration.ofHours(-1), Duration.ofHours(1)));
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }
}
