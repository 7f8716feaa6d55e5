package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import motette.shared.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments as typed, on the wall clock of the city. */
class TypedMomentTest {

    @ParameterizedTest
    @CsvSource({
        "2027-03-15, 18:00, 2027-03-15T17:00:00Z",
        "15.3.2027, 18.00, 2027-03-15T17:00:00Z",
        "15.03.2027, 18 Uhr, 2027-03-15T17:00:00Z",
        "2027-07-01, 8, 2027-07-01T06:00:00Z",
        "2027-03-28, 01:59, 2027-03-28T00:59:00Z",
        "2027-03-28, 03:00, 2027-03-28T01:00:00Z",
        "2027-10-31, 01:59, 2027-10-30T23:59:00Z",
        "2027-10-31, 03:00, 2027-10-31T02:00:00Z",
    })
    void a_day_and_a_time_are_one_moment(String day, String time, Instant expected) {
        var typed = new TypedMoment(day, time);
        assertThat(typed.instant()).contains(expected);
        assertThat(problems(typed).isEmpty()).isTrue();
        assertThat(TypedMoment.of(expected).instant()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28, 02:00, votes.desk.problem.gap",
        "2027-03-28, 02:59, votes.desk.problem.gap",
        "2027-10-31, 02:00, votes.desk.problem.overlap",
        "2027-10-31, 02:59, votes.desk.problem.overlap",
        "2027-02-30, 10:00, votes.desk.problem.day",
        "'', 10:00, votes.desk.problem.day",
        "morgen, 10:00, votes.desk.problem.day",
        "9999-12-31, 10:00, votes.desk.problem.day",
        "2027-03-15, 24:00, votes.desk.problem.time",
        "2027-03-15, 12:60, votes.desk.problem.time",
        "2027-03-15, '', votes.desk.problem.time",
        "2027-03-15, mittags, votes.desk.problem.time",
    })
    void a_moment_that_is_none_or_two_is_told(String day, String time, String sentence) {
        var typed = new TypedMoment(day, time);
        assertThat(typed.instant()).isEmpty();
        assertThat(problems(typed).get("opens_on").key()).isEqualTo(sentence);
    }

    @Test
    void an_hour_that_comes_twice_is_not_guessed_when_it_is_shown_again() {
        var second = Instant.parse("2027-10-31T01:30:00Z");
        assertThat(TypedMoment.of(second)).isEqualTo(new TypedMoment("2027-10-31", "02:30"));
        assertThat(TypedMoment.of(second).instant()).isEmpty();
    }

    private static Problems problems(TypedMoment typed) {
        var problems = Problems.none();
        typed.check(problems, "opens_on");
        return problems;
    }
}
