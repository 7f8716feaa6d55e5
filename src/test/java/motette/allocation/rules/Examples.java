package motette.allocation.rules;

import java.math.BigDecimal;

/** Small elections that are worked through by hand. */
final class Examples {

    private Examples() {}

    /** Ten voters, four projects, 1,000 to spend: the example that the page for residents works through. */
    static Election worked() {
        return approvals(1000, 500, 400, 300, 200)
                .ballot(5, 0, 1)
                .ballot(2, 0)
                .ballot(2, 2, 3)
                .ballot(1, 3)
                .build();
    }

    /** Six voters have 1 together, and doubles would say it is less. */
    static Election sixth() {
        return approvals(1, 1, 2, 2, 1)
                .ballot(3, 0, 1, 3)
                .ballot(1, 0, 2, 3)
                .ballot(1, 0, 1, 2, 3)
                .ballot(1, 2, 3)
                .build();
    }

    /** A tie between projects of unequal cost that doubles miss. */
    static Election tied() {
        return approvals(1000, 50, 220, 120, 190, 210, 120, 150, 70)
                .ballot(1, 3)
                .ballot(1, 3, 5)
                .ballot(2, 4)
                .ballot(1, 0, 1, 2, 6)
                .ballot(1, 3, 4, 6)
                .build();
    }

    /** Approvals of projects with ids from 1 and these costs. */
    static Election.Builder approvals(long budget, long... costs) {
        var builder = Election.builder(BigDecimal.valueOf(budget), VoteType.APPROVAL);
        for (int i = 0; i < costs.length; i++) {
            builder.project("" + (i + 1), BigDecimal.valueOf(costs[i]), "");
        }
        return builder;
    }
}
