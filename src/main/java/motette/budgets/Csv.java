package motette.budgets;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines for spreadsheets: semicolons between the cells, and no cell of people's text is taken for a formula. */
public final class Csv {

    private final StringBuilder text = new StringBuilder();

    public Csv line(String... cells) {
        text.append(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(";")))
                .append("\r\n");
        return this;
    }

    /** "1450,50", a comma before the cents and nothing between the thousands. */
    public static String euros(long cents) {
        return "%s%d,%02d".formatted(cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String cell(String words) {
        var harmless = words.matches("(?s)[=+\\-@\\t\\r\\n].*") && !words.matches("-\\d+,\\d\\d") ? "'" + words : words;
        return harmless.matches("(?s).*[;\"\\r\\n].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
