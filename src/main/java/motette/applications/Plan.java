package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.shared.Money;

/** The cost plan and the finance plan as typed, and what they come to. What cannot be read counts nothing and is said. */
@Introspected
record Plan(List<Line> lines) {

    static final int MOST_LINES = 30;
    static final int LONGEST = 200;

    /** More than any fund of a district has is a slip of the hand; it also keeps sums far from overflowing. */
    private static final long MOST_CENTS = 100_000_000_00L;

    static final String COST = "cost";
    static final String FINANCE = "finance";
    static final String FUND = "fund";
    static final List<String> SOURCES = List.of("own-money", "own-work", "third-confirmed", "third-applied");

    /**
     * One line.
     *
     * @param field  of the form: "cost3", "finance1"; "asked" for what the fund is asked for
     * @param source empty on the side of cost
     * @param amount as typed
     */
    @Introspected
    record Line(String field, String side, String source, String what, String amount) {

        boolean isEmpty() {
            return what.isBlank() && amount.isBlank();
        }

        Optional<Long> cents() {
            return Money.parse(amount).map(Money::cents).filter(cents -> cents > 0 && cents <= MOST_CENTS);
        }

        boolean isWhole() {
            return cents().isPresent() && !what.isBlank() && (side.equals(COST) || !source.isEmpty());
        }
    }

    /** @param fund name of the fund, the words of the line that asks it */
    static Plan of(Map<String, String> fields, String fund) {
        var lines = new ArrayList<Line>();
        for (int i = 1; i <= MOST_LINES; i++) {
            lines.add(new Line(COST + i, COST, "", get(fields, COST + i + "-what"), get(fields, COST + i + "-amount")));
        }
        lines.add(new Line("asked", FINANCE, FUND, get(fields, "asked").isBlank() ? "" : fund, get(fields, "asked")));
        for (int i = 1; i <= MOST_LINES; i++) {
            var source = get(fields, FINANCE + i + "-source");
            lines.add(new Line(
                    FINANCE + i,
                    FINANCE,
                    SOURCES.contains(source) ? source : "",
                    get(fields, FINANCE + i + "-what"),
                    get(fields, FINANCE + i + "-amount")));
        }
        return new Plan(lines.stream().filter(line -> !line.isEmpty()).toList());
    }

    private static String get(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "").strip();
    }

    long cost() {
        return sum(COST);
    }

    long finance() {
        return sum(FINANCE);
    }

    /** Asked of the fund. */
    long asked() {
        return lines.stream()
                .filter(line -> line.source().equals(FUND))
                .mapToLong(line -> line.cents().orElse(0L))
                .sum();
    }

    /** Own money and own work. */
    long own() {
        return lines.stream()
                .filter(line -> line.source().startsWith("own-"))
                .mapToLong(line -> line.cents().orElse(0L))
                .sum();
    }

    /** Cost that nobody pays yet; negative where more comes in than it costs. */
    long gap() {
        return cost() - finance();
    }

    boolean addsUp() {
        return cost() > 0 && gap() == 0;
    }

    /** Own share that is asked for, to the next full cent. */
    static long ownShare(long cost, int percent) {
        return Math.ceilDiv(Math.multiplyExact(cost, percent), 100);
    }

    List<Line> side(String side) {
        return lines.stream().filter(line -> line.side().equals(side)).toList();
    }

    private long sum(String side) {
        return side(side).stream().mapToLong(line -> line.cents().orElse(0L)).sum();
    }
}
