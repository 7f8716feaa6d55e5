package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import motette.shared.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallGroupsTest {

    @Test
    void a_group_of_five_is_shown_and_one_of_four_is_not() {
        assertThat(SmallGroups.merged(Map.of("Reudnitz", 5L, "Paunsdorf", 4L, "Volkmarsdorf", 4L)))
                .isEqualTo(Map.of("Reudnitz", 5L, "", 8L));
    }

    @Test
    void the_next_larger_group_goes_with_a_rest_that_is_too_small() {
        assertThat(SmallGroups.merged(Map.of("Reudnitz", 9L, "Paunsdorf", 6L, "Volkmarsdorf", 1L)))
                .isEqualTo(Map.of("Reudnitz", 9L, "", 7L));
    }

    @Test
    void whoever_says_no_quarter_is_in_the_rest() {
        assertThat(SmallGroups.merged(Map.of("", 12L, "Paunsdorf", 6L))).isEqualTo(Map.of("", 12L, "Paunsdorf", 6L));
    }

    @Test
    void nothing_is_left_over_where_every_group_is_large() {
        assertThat(SmallGroups.merged(Map.of("Paunsdorf", 6L))).isEqualTo(Map.of("Paunsdorf", 6L));
        assertThat(SmallGroups.merged(Map.of())).isEmpty();
    }

    @Property
    void nobody_is_lost_and_no_figure_stands_for_one_to_four_people_unless_there_are_no_more(
            @ForAll @Size(max = 12)
                    Map<@net.jqwik.api.constraints.StringLength(max = 2) String, @IntRange(max = 30) Integer> people) {
        var counts = new java.util.HashMap<String, Long>();
        people.forEach((name, count) -> counts.put(name, count.longValue()));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        var merged = SmallGroups.merged(counts);
        assertThat(merged.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(all);
        if (all >= 5) {
            assertThat(merged.values()).allMatch(count -> count >= 5);
        } else {
            assertThat(merged.keySet()).isSubsetOf("");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, few",
        "3, 4, few",
        "0, 5, nobody",
        "5, 5, everybody",
        "1, 100, hardly",
        "4, 100, hardly",
        "96, 100, nearly",
        "99, 100, nearly"
    })
    void words_stand_where_a_figure_would_point_at_few(long some, long all, String word) {
        assertThat(SmallGroups.share(some, all)).isEqualTo(Message.of("allocation.reach." + word));
    }

    @Test
    void figures_stand_where_both_sides_are_five_or_more() {
        assertThat(SmallGroups.share(5, 10)).isEqualTo(Message.of("allocation.reach", 50, 5L, 10L));
        assertThat(SmallGroups.share(95, 100)).isEqualTo(Message.of("allocation.reach", 95, 95L, 100L));
    }

    @ParameterizedTest
    @CsvSource({"148, 235", "149, 236", "150, 234", "152, 237", "151, 233"})
    void one_person_more_or_less_shows_nowhere_in_a_figure(long some, long all) {
        assertThat(SmallGroups.share(some, all)).isEqualTo(Message.of("allocation.reach", 64, 150L, 235L));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "7, 5", "8, 10", "12, 10", "13, 15"})
    void people_are_counted_to_the_nearest_five(long people, long shown) {
        assertThat(SmallGroups.rounded(people)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33", "2, 3, 67", "1, 200, 1", "1, 201, 0", "0, 0, 0", "7, 7, 100"})
    void per_cents_are_whole_and_half_up(long some, long all, int percent) {
        assertThat(SmallGroups.percent(some, all)).isEqualTo(percent);
    }
}
