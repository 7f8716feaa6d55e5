package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order on the ballot. */
class BallotOrderTest {

    @Test
    void the_same_seed_draws_the_same_order_whatever_order_the_ideas_come_in() {
        var seed = new byte[32];
        seed[0] = 7;
        var drawn = BallotOrder.order(seed, List.of(1L, 2L, 3L, 10L, 11L));
        assertThat(BallotOrder.order(seed, List.of(11L, 3L, 10L, 1L, 2L))).isEqualTo(drawn);
        assertThat(drawn).containsExactlyInAnyOrder(1L, 2L, 3L, 10L, 11L);
    }

    @Test
    void another_seed_draws_another_order() {
        var orders = new HashSet<List<Long>>();
        for (int i = 0; i < 50; i++) {
            var seed = new byte[32];
            seed[31] = (byte) i;
            orders.add(BallotOrder.order(seed, List.of(1L, 2L, 3L, 4L, 5L, 6L)));
        }
        assertThat(orders).hasSizeGreaterThan(40);
    }
}
