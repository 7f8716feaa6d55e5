package motette.allocation.pabulib;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A section of a file: columns with names and rows of texts, exactly as they are to be read again.
 *
 * @param columns at least one, each name once, none with blanks around it
 * @param rows    one value per column; the first one names the row and is neither empty nor has blanks around it
 */
public record Table(List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("Columns need different names, not " + columns);
        }
        columns.forEach(Table::checkName);
        for (var row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " values for the columns " + columns);
            }
            checkName(row.getFirst());
            row.forEach(Table::checkText);
        }
    }

    private static void checkName(String name) {
        checkText(name);
        if (name.isEmpty() || !name.equals(RowReader.trim(name))) {
            throw new IllegalArgumentException("'" + name + "' is empty or has blanks around it");
        }
    }

    /** What no UTF-8 file can hold: NUL, which the reader refuses, and halves of characters. */
    private static void checkText(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                throw new IllegalArgumentException(
                        "'" + Quoted.plain(text) + "' holds a character that no file can hold");
            }
        }
    }

    /** The index of a column; {@code beneficiaries} was called {@code target} before April 2026 and is found by either name. */
    public Optional<Integer> column(String name) {
        int index = columns.indexOf(name);
        if (index < 0 && name.equals("beneficiaries")) {
            index = columns.indexOf("target");
        } else if (index < 0 && name.equals("target")) {
            index = columns.indexOf("beneficiaries");
        }
        return index < 0 ? Optional.empty() : Optional.of(index);
    }

    /** What stands in a column of the row with that name, if both are there. */
    public Optional<String> value(String row, String column) {
        return column(column)
                .flatMap(index -> rows.stream()
                        .filter(values -> values.getFirst().equals(row))
                        .map(values -> values.get(index))
                        .findFirst());
    }
}
