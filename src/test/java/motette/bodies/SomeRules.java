package motette.bodies;

import java.time.LocalDate;
import java.util.List;

/** Rules of procedure for tests of calculations. */
final class SomeRules {

    private SomeRules() {}

    static RulesOfProcedure of(int numerator, int denominator, int biasNumerator, int biasDenominator, int second) {
        return new RulesOfProcedure(
                1,
                LocalDate.of(2021, 1, 1),
                false,
                numerator,
                denominator,
                biasNumerator,
                biasDenominator,
                second,
                RulesOfProcedure.VOTES_CAST,
                "rejected",
                false,
                100_000,
                7,
                10,
                31,
                "§",
                true,
                List.of());
    }
}
