package motette.allocation.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import motette.allocation.Explanations;
import motette.allocation.rules.Allocation;
import motette.shared.Amount;
import motette.shared.Message;
import motette.shared.Texts;

/** A result for reading in a terminal: how it came about, then every project with its figures and its reasons. */
final class TextTable {

    private static final int WIDTH = 100;

    private final Allocation allocation;
    private final String currency;
    private final Locale locale;
    private final Texts texts;
    private final StringBuilder text = new StringBuilder();

    private TextTable(Allocation allocation, String currency, Locale locale, Texts texts) {
        this.allocation = allocation;
        this.currency = currency;
        this.locale = locale;
        this.texts = texts;
    }

    static String of(Allocation allocation, String currency, Locale locale, Texts texts) {
        return new TextTable(allocation, currency, locale, texts).text();
    }

    private String text() {
        var explanations = Explanations.of(allocation, currency);
        wrap("", explanations.head());
        var election = allocation.election();
        var left = IntStream.range(0, election.projects().size())
                .filter(project -> !allocation.funded(project))
                .boxed()
                .sorted(Comparator.comparing((Integer project) -> -election.votes(project))
                        .thenComparing(project -> project))
                .toList();
        var all = new ArrayList<>(allocation.selected());
        all.addAll(left);
        var rows = all.stream().map(this::row).toList();
        var widths = IntStream.range(0, 3).map(column -> width(rows, column)).toArray();
        section("allocation.text.funded", allocation.selected(), rows, widths, explanations);
        section(
                "allocation.text.not-funded",
                left,
                rows.subList(allocation.selected().size(), rows.size()),
                widths,
                explanations);
        return text.toString();
    }

    private List<String> row(int project) {
        var election = allocation.election();
        return List.of(
                election.project(project).id(),
                new Amount(election.project(project).cost(), currency, false).text(locale),
                texts.get(locale, Message.of("allocation.text.votes", election.votes(project))),
                printable(election.project(project).name()));
    }

    private void section(
            String title, List<Integer> projects, List<List<String>> rows, int[] widths, Explanations explanations) {
        text.append('\n')
                .append(texts.get(locale, Message.of(title, projects.size())))
                .append('\n');
        for (int i = 0; i < projects.size(); i++) {
            var row = rows.get(i);
            text.append("\n  ")
                    .append(pad(printable(row.get(0)), widths[0], false))
                    .append("  ")
                    .append(pad(row.get(1), widths[1], true))
                    .append("  ")
                    .append(pad(row.get(2), widths[2], true))
                    .append(row.get(3).isBlank() ? "" : "  " + row.get(3))
                    .append('\n');
            wrap("    ", explanations.of(projects.get(i)));
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .mapToInt(row -> printable(row.get(column)).length())
                .max()
                .orElse(0);
    }

    private static String pad(String value, int width, boolean right) {
        var blanks = " ".repeat(Math.max(0, width - value.length()));
        return right ? blanks + value : value + blanks;
    }

    private void wrap(String indent, List<Message> sentences) {
        int column = 0;
        for (var sentence : sentences) {
            for (var word : printable(texts.get(locale, sentence)).split(" ", -1)) {
                if (column > 0 && column + 1 + word.length() > WIDTH) {
                    text.append('\n');
                    column = 0;
                }
                text.append(column == 0 ? indent : " ").append(word);
                column += (column == 0 ? indent.length() : 1) + word.length();
            }
        }
        text.append('\n');
    }

    /** Nothing from a file commands a terminal. */
    private static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ").replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "");
    }
}
