package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import motette.shared.Problems;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions over the worked example: 1,000 euros; ideas 1 to 4 cost 500, 400, 300 and 200. */
class WhatIfTest {

    private final Matter matter = WorkedExample.matter(new Texts(), Locale.GERMAN);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget=viel          | budget | allocation.problem.budget",
                "budget=-5            | budget | allocation.problem.budget",
                "budget=1e9           | budget | allocation.problem.budget",
                "budget=99999999999999 | budget | allocation.problem.budget",
                "least=drei           | least  | allocation.problem.least",
                "least=-1             | least  | allocation.problem.least",
                "least=99999999999    | least  | allocation.problem.least",
                "rules=lottery        | rules  | allocation.problem.rules",
                "in=9                 | in     | allocation.problem.unknown",
                "out=01               | out    | allocation.problem.unknown",
                "in=2;out=2           | in     | allocation.problem.both",
                "in=1,2,3             | in     | allocation.problem.dear",
                "in=4;budget=199,99   | in     | allocation.problem.dear"
            })
    void what_cannot_be_is_said_at_its_field(String typed, String field, String problem) {
        assertThat(problems(typed).list())
                .singleElement()
                .satisfies(one -> assertThat(one.getKey()).isEqualTo(field))
                .satisfies(one -> assertThat(one.getValue().key()).isEqualTo(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none",
                "budget=1.000,00 €",
                "budget=0",
                "least=0",
                "in=1,1,2",
                "in=4;budget=200",
                "out=1,2,3,4",
                "rules=shares"
            })
    void what_can_be_has_no_problem(String typed) {
        assertThat(problems(typed == null ? "" : typed).list()).isEmpty();
    }

    @Test
    void a_very_long_number_is_not_repeated_in_full() {
        var message = problems("in=" + "9".repeat(500)).get("in");
        assertThat(String.valueOf(message.args().getFirst())).hasSizeLessThan(30);
    }

    @Test
    void the_query_says_what_was_typed_and_nothing_else() {
        assertThat(whatIf("budget=1.200 €;in=4;out=1,2").query()).isEqualTo("budget=1.200+%E2%82%AC&in=4&out=1&out=2");
        assertThat(WhatIf.NOTHING.query()).isEmpty();
    }

    @Test
    void conditions_show_what_they_change() {
        var comparison = Comparison.of(matter, whatIf("in=2;budget=1100"), false);
        var shares = comparison.columns().getLast();
        assertThat(shares.funded()).isEqualTo(3);
        assertThat(shares.added()).containsExactly("Trinkbrunnen am Markt");
        assertThat(shares.dropped()).containsExactly("Kochkurs für alle");
        assertThat(shares.left()).isZero();
        var votes = comparison.columns().getFirst();
        assertThat(votes.added()).containsExactly("Hochbeete im Hof");
        assertThat(votes.dropped()).isEmpty();
        assertThat(comparison.all())
                .filteredOn(row -> row.number().equals("2"))
                .allSatisfy(row -> assertThat(row.fixed()).isEqualTo("in"));
    }

    @Test
    void without_conditions_nothing_is_new() {
        assertThat(Comparison.of(matter, WhatIf.NOTHING, false).columns()).allMatch(Comparison.Column::unchanged);
        assertThat(whatIf("rules=shares").changes()).isFalse();
    }

    private Problems problems(String typed) {
        return whatIf(typed).problems(matter);
    }

    private static WhatIf whatIf(String typed) {
        Map<String, List<String>> fields = new TreeMap<>();
        Arrays.stream(typed.split(";"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("=", 2))
                .forEach(part ->
                        fields.put(part[0], part[0].equals("budget") ? List.of(part[1]) : List.of(part[1].split(","))));
        return WhatIf.of(fields);
    }
}
