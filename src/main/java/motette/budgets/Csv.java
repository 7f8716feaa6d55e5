package motette.budgets;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines for spreadsheets: semicolons between the cells, and no cell of people's text is taken for a formula. */
final class Csv {

    private final StringBuilder text = new StringBuilder();

    Csv line(String... cells) {
        text.append(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(";")))
                .append("\r\n");
        return this;
    }

    /** "1450,50", a comma before the cents and nothing between the thousands. */
    static String euros(long cents) {
        return "%d,%02d".formatted(cents / 100, cents % 100);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String cell(String words) {
        var harmless = words.matches("(?s)[=+\\-@\\t\\r\\n].*") ? "'" + words : words;
        return harmless.matches("(?s).*[;\"\\r\\n].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
