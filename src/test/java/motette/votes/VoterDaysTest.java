package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Voters of each day, so that nobody is told apart. */
class VoterDaysTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-11-01");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // voters of each day that is over | while it runs | after its end
                "12 15 11   | 1:12 2:15         | 1:12 2:15 3:11",
                "12 3 4 5   | 1:12              | 1:12 2-4:12",
                "3 4        |                   |              ",
                "12 3       |                   | 1-2:15       ",
                "0 9 1 10   | 1-3:10            | 1-3:10 4:10  ",
                "30 0 0 2   |                   | 1-4:32       ",
                "30 0 10 9  | 1:30              | 1:30 2-4:19  ",
            })
    void few_are_joined_and_the_last_wait_for_ten_more(String days, String running, String ended) {
        var people = new HashMap<LocalDate, Long>();
        var numbers = days.strip().split(" +");
        for (int i = 0; i < numbers.length; i++) {
            people.put(FIRST.plusDays(i), Long.valueOf(numbers[i]));
        }
        var last = FIRST.plusDays(numbers.length - 1);
        assertThat(words(VoterDays.of(people, FIRST, last, false))).isEqualTo(running == null ? "" : running.strip());
        assertThat(words(VoterDays.of(people, FIRST, last, true))).isEqualTo(ended == null ? "" : ended.strip());
    }

    @Test
    void what_once_stood_there_stays_and_no_subtraction_leaves_fewer_than_ten() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var people = new HashMap<LocalDate, Long>();
            var before = VoterDays.NOTHING;
            int length = 1 + random.nextInt(14);
            long all = 0;
            for (int i = 0; i < length; i++) {
                long day = random.nextInt(14);
                all += day;
                people.put(FIRST.plusDays(i), day);
                var now = VoterDays.of(people, FIRST, FIRST.plusDays(i), i == length - 1);
                assertThat(words(now)).startsWith(words(before));
                assertThat(now.spans()).allMatch(span -> span.people() >= Groups.LEAST);
                before = now;
            }
            long told =
                    before.spans().stream().mapToLong(VoterDays.Span::people).sum();
            assertThat(told).isEqualTo(all < Groups.LEAST ? 0 : all);
        }
    }

    private static String words(VoterDays days) {
        var words = new StringBuilder();
        for (var span : days.spans()) {
            words.append(words.isEmpty() ? "" : " ").append(span.from().getDayOfMonth());
            if (!span.isOneDay()) {
                words.append('-').append(span.to().getDayOfMonth());
            }
            words.append(':').append(span.people());
        }
        return words.toString();
    }
}
