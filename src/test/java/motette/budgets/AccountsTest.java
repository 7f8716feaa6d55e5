package motette.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class AccountsTest {

    private static final long MOST = 1_000_000_000_00L;

    @Property
    void whole_per_cents_always_add_up_and_nobody_is_a_per_cent_off(
            @ForAll @LongRange(max = MOST) long available,
            @ForAll @LongRange(max = MOST) long reserved,
            @ForAll @LongRange(max = MOST) long granted,
            @ForAll @LongRange(max = MOST) long paid) {
        long whole = available + reserved + granted + paid;
        int start = 0;
        for (var part : new Accounts(whole, available, reserved, granted, paid).parts()) {
            assertThat(part.start()).isEqualTo(start);
            start += part.percent();
            if (whole > 0) {
                assertThat(Math.abs(part.percent() - part.cents() * 100.0 / whole))
                        .isLessThan(1);
            }
        }
        assertThat(start).isEqualTo(100);
    }
}
