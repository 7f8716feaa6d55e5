package motette.allocation.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rules;
import motette.allocation.rules.VoteType;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextTableTest {

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ten_thousand_projects_are_one_table_with_columns_of_one_width() {
        var election = Election.builder(new BigDecimal(100), VoteType.APPROVAL);
        for (int id = 1; id <= 10_000; id++) {
            election.project(String.valueOf(id), BigDecimal.TEN, "");
        }
        var allocation = Rules.allocate(election.ballot(12, 0).build(), Rule.of(Method.GREEDY_VOTES));
        var table = TextTable.of(allocation, "EUR", Locale.ENGLISH, new Texts());
        assertThat(table)
                .contains("\n  1      €10  12 votes\n", "\n  2      €10   0 votes\n", "\n  10000  €10   0 votes\n");
    }
}
