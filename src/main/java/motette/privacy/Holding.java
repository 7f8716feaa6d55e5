package motette.privacy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one table holds about a person; see register.yml for the words.
 *
 * @param fileColumn  column of bytes that the download holds as files; empty where there is none
 * @param fileName    their names, with columns of the row in braces
 * @param orEmpty     where rows cannot be deleted because something official bears their number, they are emptied
 * @param to          SQL expression by column
 * @param why         key of the reason for keeping; empty where nothing is kept
 */
record Holding(
        String table,
        String kind,
        String rows,
        List<String> columns,
        List<String> technical,
        List<String> secret,
        String fileColumn,
        String fileName,
        Change erasure,
        boolean orEmpty,
        Map<String, String> to,
        String why) {

    Holding {
        if (erasure == Change.EMPTY && to.isEmpty() || orEmpty && to.isEmpty()) {
            throw new IllegalStateException("register.yml does not say what " + table + " becomes ('to')");
        }
    }

    /** Every column it names. */
    List<String> all() {
        return Stream.of(columns, technical, secret, fileColumn.isEmpty() ? List.<String>of() : List.of(fileColumn))
                .flatMap(List::stream)
                .toList();
    }

    /** The columns of the download, in their order. */
    List<String> told() {
        return Stream.of(columns, technical).flatMap(List::stream).toList();
    }

    String delete() {
        return "delete from " + table + " where " + rows;
    }

    String empty() {
        return "update " + table + " set "
                + to.entrySet().stream()
                        .map(one -> one.getKey() + " = " + one.getValue())
                        .collect(Collectors.joining(", "))
                + " where " + rows;
    }
}
