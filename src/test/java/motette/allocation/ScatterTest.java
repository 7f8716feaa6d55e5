package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScatterTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "100, 1", "2400000, 90", "100000000, 1000000", "12345678, 7"})
    void every_dot_lies_within_the_picture(long cents, long votes) {
        var scatter = Scatter.of(List.of(row(1, cents, votes), row(2, cents / 3, votes / 2)));
        assertThat(scatter.dots())
                .allMatch(dot -> dot.x() >= Scatter.LEFT && dot.x() <= Scatter.RIGHT)
                .allMatch(dot -> dot.y() >= Scatter.TOP && dot.y() <= Scatter.BOTTOM);
        assertThat(scatter.across()).hasSizeBetween(2, 6);
        assertThat(scatter.up()).hasSizeBetween(2, 6);
        assertThat(scatter.across().getLast().value() * 100).isGreaterThanOrEqualTo(cents);
        assertThat(scatter.up().getLast().value()).isGreaterThanOrEqualTo(votes);
    }

    @Test
    void numbers_never_lie_on_each_other() {
        var scatter = Scatter.of(IntStream.range(0, 60)
                .mapToObj(i -> row(i + 1, 100_000 + i * 7_000L % 90_000, 10 + i * 3L % 17))
                .toList());
        var labels = scatter.dots().stream().filter(Scatter.Dot::labelled).toList();
        for (var one : labels) {
            assertThat(labels)
                    .filteredOn(other -> other != one)
                    .noneMatch(other ->
                            Math.abs(other.labelX() - one.labelX()) < 8 && Math.abs(other.labelY() - one.labelY()) < 8);
        }
        assertThat(scatter.dots()).hasSize(60);
    }

    private static Comparison.Row row(int place, long cents, long votes) {
        return new Comparison.Row(
                String.valueOf(place), place, "Bänke", "", "", "", "", cents, votes, "some", "", List.of());
    }
}
