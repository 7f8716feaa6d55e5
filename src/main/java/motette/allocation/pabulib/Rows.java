package motette.allocation.pabulib;

import java.io.IOException;
import java.util.List;

/** Takes the rows of a file as they come: to write them, to keep them, or to change them on their way. */
interface Rows {

    /** A section begins, with the names of its columns. */
    void section(String name, List<String> columns) throws IOException;

    /** A row of the section that began last, one value per column. */
    void row(List<String> values) throws IOException;

    /** No row follows. */
    void end() throws IOException;
}
