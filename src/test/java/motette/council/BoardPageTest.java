package motette.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import motette.budgets.Accounts;
import motette.budgets.BudgetView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardPageTest {

    @Test
    void the_money_goes_down_the_list_and_skips_what_it_does_not_cover() {
        var page = BoardPage.of(
                budget(10_000),
                List.of(2026),
                false,
                false,
                List.of(row(1, 6_000L), row(2, 5_000L), row(3, null), row(4, 4_000L)),
                0,
                List.of());
        assertThat(page.open()).extracting(BoardRow::fits).containsExactly(true, false, true, true);
        assertThat(page.open()).extracting(BoardRow::after).containsExactly(4_000L, 1_000L, 4_000L, 0L);
    }

    private static BudgetView budget(long available) {
        return new BudgetView(
                1,
                "fund",
                "Fund",
                "body",
                "Body",
                "districtCouncil",
                2026,
                new Accounts(available, available, 0, 0, 0),
                "body",
                available,
                "source",
                false,
                null,
                List.of(2026));
    }

    private static BoardRow row(long number, @Nullable Long cost) {
        return new BoardRow(number, "Bänke", "Grünau", "Bänke", "leaf", "bench", "published", cost, 0, false, 0, null);
    }
}
