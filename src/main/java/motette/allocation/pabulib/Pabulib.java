package motette.allocation.pabulib;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.rules.Election;

/**
 * Elections in Pabulib's format. Every method reads a whole file or throws {@link PabulibProblem}; nothing half read is ever
 * answered. Streams are read to their end and not closed.
 */
public final class Pabulib {

    static final Rows NOWHERE = new Rows() {
        @Override
        public void section(String name, List<String> columns) {}

        @Override
        public void row(List<String> values) {}

        @Override
        public void end() {}
    };

    private Pabulib() {}

    /**
     * An election and what was odd about its file.
     *
     * @param meta     keys of META with their values, of a key that stands twice the first
     * @param warnings in the order of the file; of very many of one kind the first and their number
     */
    public record Reading(Election election, Map<String, String> meta, List<Warning> warnings) {

        public Optional<String> meta(String key) {
            return Optional.ofNullable(meta.get(key));
        }
    }

    public static Reading election(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return election(in);
        }
    }

    /** Streams: only distinct ballots, and the ids of voters for finding one who comes twice, are kept in memory. */
    public static Reading election(InputStream in) throws IOException {
        return new ElectionReader(in, NOWHERE).read();
    }

    /** The whole file, all columns of all rows. */
    public static PabulibFile file(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return file(in);
        }
    }

    public static PabulibFile file(InputStream in) throws IOException {
        var keeping = new Keeping();
        new ElectionReader(in, keeping).read();
        return keeping.file();
    }

    /** Writes a file that {@link #file(InputStream)} reads as the same again. */
    public static void write(PabulibFile file, OutputStream out) throws IOException {
        file.writeTo(new PabulibWriter(out));
    }

    /**
     * Copies a file row by row, with {@code selected} filled: 1 for these projects, 0 for all others.
     *
     * @param meta keys of META to be set
     */
    public static void select(InputStream in, Set<String> ids, Map<String, String> meta, OutputStream out)
            throws IOException {
        new ElectionReader(new BufferedInputStream(in), new Selecting(new PabulibWriter(out), ids, meta)).read();
    }

    /** Keeps every row. */
    static final class Keeping implements Rows {

        private final List<Table> tables = new ArrayList<>();
        private List<String> columns = List.of();
        private List<List<String>> rows = new ArrayList<>();

        @Override
        public void section(String name, List<String> next) {
            keep();
            columns = next;
            rows = new ArrayList<>();
        }

        @Override
        public void row(List<String> values) {
            rows.add(values);
        }

        @Override
        public void end() {
            keep();
        }

        private void keep() {
            if (!columns.isEmpty()) {
                tables.add(new Table(columns, rows));
            }
        }

        PabulibFile file() {
            return new PabulibFile(tables.get(0), tables.get(1), tables.get(2));
        }
    }
}
