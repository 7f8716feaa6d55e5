package motette.insights;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Cents for each inhabitant, rounded as people do. */
final class PerPerson {

    private PerPerson() {}

    /** Null where there is no number of people. */
    static @Nullable Long of(long cents, long people) {
        return people == 0
                ? null
                : Long.valueOf(BigDecimal.valueOf(cents)
                        .divide(BigDecimal.valueOf(people), 0, RoundingMode.HALF_UP)
                        .longValueExact());
    }
}
