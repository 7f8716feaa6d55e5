package motette.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.shared.Money;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Cost and finance agree to the cent or are refused, in whatever order they are typed. */
class PlanTest {

    @Property(tries = 300)
    void lines_in_any_order_add_up_or_are_refused_to_the_cent(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 9_999_999) Long> costs,
            @ForAll @LongRange(min = -3, max = 3) long off) {
        long total = costs.stream().mapToLong(Long::longValue).sum();
        var fields = new HashMap<String, String>();
        var order = new ArrayList<Integer>();
        for (int i = 1; i <= costs.size(); i++) {
            order.add(i);
        }
        Collections.reverse(order);
        for (int i = 0; i < costs.size(); i++) {
            fields.put("cost" + order.get(i) + "-what", "Posten " + i);
            fields.put("cost" + order.get(i) + "-amount", new Money(costs.get(i)).typed());
        }
        long own = total / 3;
        long asked = total - own + off;
        if (own > 0) {
            fields.put("finance1-source", "own-money");
            fields.put("finance1-what", "Kasse");
            fields.put("finance1-amount", new Money(own).typed());
        }
        fields.put("asked", asked > 0 ? new Money(asked).typed() : "");
        var plan = Plan.of(fields, "Topf");
        assertThat(plan.cost()).isEqualTo(total);
        assertThat(plan.finance()).isEqualTo(own + Math.max(0, asked));
        assertThat(ApplicationForm.moneyProblems(plan, 0).isEmpty()).isEqualTo(off == 0);
        assertThat(plan.gap()).isEqualTo(total - own - Math.max(0, asked));
    }

    @Test
    void an_amount_that_cannot_be_read_is_named() {
        var plan = Plan.of(Map.of("cost1-what", "Saft", "cost1-amount", "viel", "asked", "10"), "Topf");
        assertThat(ApplicationForm.moneyProblems(plan, 0).get("cost1-amount").args())
                .containsExactly("viel");
    }

    @Test
    void a_line_of_finance_says_what_kind_it_is() {
        var plan = Plan.of(
                Map.of(
                        "cost1-what",
                        "Saft",
                        "cost1-amount",
                        "10",
                        "asked",
                        "8",
                        "finance1-what",
                        "Kasse",
                        "finance1-amount",
                        "2"),
                "Topf");
        assertThat(ApplicationForm.moneyProblems(plan, 0).has("finance1-amount"))
                .isTrue();
    }

    @Test
    void the_own_share_is_a_rule_and_rounds_up() {
        assertThat(Plan.ownShare(1001, 10)).isEqualTo(101);
        var fields = new HashMap<>(Map.of(
                "cost1-what",
                "Saft",
                "cost1-amount",
                "10,01",
                "asked",
                "9,01",
                "finance1-what",
                "Arbeit",
                "finance1-amount",
                "1,00",
                "finance1-source",
                "own-work"));
        assertThat(ApplicationForm.moneyProblems(Plan.of(fields, "Topf"), 10).has("sums"))
                .isTrue();
        fields.putAll(Map.of("asked", "9,00", "finance1-amount", "1,01"));
        assertThat(ApplicationForm.moneyProblems(Plan.of(fields, "Topf"), 10).isEmpty())
                .isTrue();
    }

    @Test
    void differences_name_fields_and_lines() {
        assertThat(Differences.between(
                        Map.of("title", "Alt", "cost2-amount", "10", "what", "gleich"),
                        Map.of("title", "Neu", "cost2-amount", "12", "what", "gleich ")))
                .containsExactly(
                        new Differences.Difference("title", 0, "Alt", "Neu"),
                        new Differences.Difference("cost-amount", 2, "10", "12"));
    }
}
