package motette.allocation.pabulib;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows as a file: UTF-8, LF, and quotes only where a value could not be read again without. */
final class PabulibWriter implements Rows {

    private final Writer out;

    PabulibWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()), 1 << 16);
    }

    @Override
    public void section(String name, List<String> columns) throws IOException {
        out.write(name);
        out.write('\n');
        row(columns);
    }

    @Override
    public void row(List<String> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write(';');
            }
            var value = values.get(i);
            if (needsQuotes(value) || (i == 0 && Section.named(value).isPresent())) {
                out.write('"');
                out.write(value.replace("\"", "\"\""));
                out.write('"');
            } else {
                out.write(value);
            }
        }
        out.write('\n');
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private static boolean needsQuotes(String value) {
        boolean needs = !value.isEmpty()
                && (RowReader.isBlank(value.charAt(0)) || RowReader.isBlank(value.charAt(value.length() - 1)));
        for (int i = 0; i < value.length() && !needs; i++) {
            char c = value.charAt(i);
            needs = c == ';' || c == '"' || c == '\n' || c == '\r';
        }
        return needs;
    }
}
