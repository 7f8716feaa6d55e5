package motette.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import motette.shared.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of SächsGemO § 39 as tables of examples. */
class ResolutionCheckTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource({"11, 1, 2, 6", "18, 1, 2, 9", "9, 1, 2, 5", "5, 1, 2, 3", "8, 1, 2, 4", "7, 2, 3, 5", "11, 1, 4, 3"})
    void the_quorum_is_the_fraction_of_the_seats_rounded_up(int seats, int numerator, int denominator, int quorum) {
        assertThat(procedure(seats, numerator, denominator).quorum()).isEqualTo(quorum);
    }

    @ParameterizedTest
    @CsvSource({
        "granted, 6, 0, 0, ''",
        "granted, 4, 0, 0, council.problem.quorum",
        "granted, 1, 0, 5, ''",
        "granted, 3, 3, 0, council.problem.no-majority",
        "granted, 0, 0, 6, council.problem.no-majority",
        "granted, 6, 5, 0, ''",
        "granted, 6, 5, 1, council.problem.seats",
        "granted-in-part, 3, 4, 0, council.problem.no-majority",
        "not-granted, 3, 3, 0, ''",
        "not-granted, 2, 5, 1, ''",
        "not-granted, 5, 2, 0, council.problem.majority",
        "not-granted, 2, 3, 0, council.problem.quorum",
        "postponed, 1, 5, 0, ''",
        "postponed, 5, 0, 0, council.problem.quorum",
        "granted, '', 0, 0, council.problem.yes",
        "granted, -1, 0, 0, council.problem.yes"
    })
    void votes_decide_as_the_rules_say(String kind, String yes, String no, String abstentions, String problem) {
        var amount = kind.equals("granted-in-part") ? "500" : "900";
        var problems = check(
                90_000L, Map.of("kind", kind, "amount", amount, "yes", yes, "no", no, "abstentions", abstentions));
        assertThat(problems.has("yes") ? problems.get("yes").key() : "").isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "granted, 90000, 900, ''", "granted, 90000, '', ''", "granted, 90000, 800, council.problem.amount-full",
        "granted, 90000, nonsense, council.problem.amount-full", "granted, , 800, ''",
                "granted, , '', council.problem.amount",
        "granted, 0, 0, council.problem.amount", "granted-in-part, 90000, 800, ''",
                "granted-in-part, 90000, 900, council.problem.amount-part",
        "granted-in-part, 90000, 1.000, council.problem.amount-part", "granted-in-part, , 800, ''",
                "granted-in-part, 90000, 0, council.problem.amount",
        "not-granted, 90000, whatever, ''", "postponed, 90000, 5, ''"
    })
    void the_amount_follows_the_cost(String kind, Long cost, String amount, String problem) {
        var votes = kind.equals("not-granted") ? Map.of("yes", "1", "no", "6") : Map.of("yes", "6", "no", "1");
        var fields = new java.util.HashMap<String, String>(votes);
        fields.putAll(Map.of("kind", kind, "amount", amount, "abstentions", "0"));
        var problems = check(cost, fields);
        assertThat(problems.has("amount") ? problems.get("amount").key() : "").isEqualTo(problem);
        assertThat(problems.isEmpty()).isEqualTo(problem.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"100000, '', ''", "100001, '', council.problem.statement", "100001, given, ''"})
    void above_the_limit_the_statement_of_the_administration_is_needed(long cost, String statement, String problem) {
        var problems = check(
                cost,
                Map.of(
                        "kind",
                        "granted",
                        "amount",
                        "",
                        "yes",
                        "6",
                        "no",
                        "0",
                        "abstentions",
                        "0",
                        "statement",
                        statement));
        assertThat(problems.has("statement") ? problems.get("statement").key() : "")
                .isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, ''",
        "2026-11-23, council.problem.day-future",
        "2026-03-01, council.problem.day-published",
        "2025-10-31, council.problem.day-year",
        "22.11.2026, council.problem.day",
        "'', council.problem.day"
    })
    void the_session_was_within_the_year_of_the_budget(String day, String problem) {
        var problems = check(
                90_000L, Map.of("kind", "postponed", "yes", "6", "no", "0", "abstentions", "0", "decided_on", day));
        assertThat(problems.has("decided_on") ? problems.get("decided_on").key() : "")
                .isEqualTo(problem);
    }

    @Test
    void a_reason_has_ten_to_two_thousand_characters() {
        for (var reason : Map.of("zu kurz", false, "zehn Zeich", true, "ü".repeat(2000), true, "ü".repeat(2001), false)
                .entrySet()) {
            var problems = check(
                    90_000L,
                    Map.of("kind", "postponed", "yes", "6", "no", "0", "abstentions", "0", "reason", reason.getKey()));
            assertThat(problems.has("reason")).isNotEqualTo(reason.getValue());
        }
    }

    private static motette.shared.Problems check(Long cost, Map<String, String> typed) {
        var fields = new java.util.HashMap<String, String>(
                Map.of("decided_on", "2026-11-20", "reason", "Das hat uns überzeugt.", "request_id", "x"));
        fields.putAll(typed);
        var form = ResolutionForm.of(fields);
        var idea = new Candidate(
                1, "Bänke", "Grünau", "Bänke", "proposal", "published", cost, 3, LocalDate.of(2026, 3, 2));
        return ResolutionCheck.of(form, idea, form.day().map(day -> procedure(11, 1, 2)), TODAY);
    }

    private static Procedure procedure(int seats, int numerator, int denominator) {
        return new Procedure(
                seats,
                numerator,
                denominator,
                Money.ofEuros(1000),
                LocalDate.of(2025, 11, 1),
                LocalDate.of(2026, 12, 31));
    }
}
