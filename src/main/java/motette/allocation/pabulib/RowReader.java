package motette.allocation.pabulib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream into rows of fields separated by semicolons, one row in memory at a time. Fields in double quotes may hold
 * semicolons, line breaks and doubled double quotes and keep their blanks; others are trimmed. Rows end with LF, CRLF or CR; rows
 * of nothing but blanks and semicolons are passed over.
 *
 * <p>Written here because sentences about faults need the line and the column of every field, of every name within a field and of
 * a byte that is not UTF-8. The CSV libraries at hand (commons-csv, univocity, fastcsv) tell the line of a record at best, decode
 * before they look, and pass over an unclosed quote, a NUL or text behind a closing quote.
 */
final class RowReader {

    /** Of a row in characters; an unclosed quote would otherwise swallow a file into memory. */
    private static final int LONGEST_ROW = 1 << 20;

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private char[] chars = new char[2 * CHUNK];
    private int position;
    private int filled;
    private boolean ended;
    private boolean malformed;
    private boolean begun;

    private int line = 1;
    private int lineStart;
    private boolean afterReturn;

    private int rowStart;
    private int rowLine;
    private int fields;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int[] lines = new int[16];
    private int[] lineStarts = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean[] shortened = new boolean[16];
    private Optional<Place> strayQuote = Optional.empty();

    RowReader(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next row that holds something; false at the end of the file. */
    boolean next() throws IOException {
        skipByteOrderMark();
        boolean found;
        do {
            found = read();
        } while (found && isBlank());
        return found;
    }

    /** Number of fields of this row. */
    int size() {
        return fields;
    }

    String text(int field) {
        return new String(chars, starts[field], ends[field] - starts[field]);
    }

    boolean isEmpty(int field) {
        return starts[field] == ends[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /** The characters of this row; fields lie in it from {@link #start(int)} to {@link #end(int)}. */
    char[] chars() {
        return chars;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    /** Whether the field, or one behind it, is not empty. */
    boolean anyFrom(int field) {
        boolean any = false;
        for (int i = field; i < fields; i++) {
            any = any || !isEmpty(i) || quoted[i];
        }
        return any;
    }

    /** The row as it stands from the start of a field on, trimmed. */
    String rest(int field) {
        int end = ends[fields - 1];
        return new String(chars, starts[field], end - starts[field]);
    }

    Place place() {
        return new Place(rowLine, 1);
    }

    Place place(int field) {
        return place(field, starts[field]);
    }

    /** The place of a character within a field; within a field with doubled quotes, which were taken out, that of its start. */
    Place place(int field, int offset) {
        int at = shortened[field] ? starts[field] : offset;
        int line = lines[field];
        int start = lineStarts[field];
        for (int i = starts[field]; i < at; i++) {
            if (chars[i] == '\n' || (chars[i] == '\r' && chars[i + 1] != '\n')) {
                line++;
                start = i + 1;
            }
        }
        return new Place(line, columnOf(start, at));
    }

    /** The place of a double quote within an unquoted field of this row, if there is one. */
    Optional<Place> strayQuote() {
        return strayQuote;
    }

    /** The last line that was looked at. */
    Place lastLine() {
        return new Place(position == lineStart && line > 1 ? line - 1 : line, 0);
    }

    private boolean isBlank() {
        return !anyFrom(0);
    }

    private void skipByteOrderMark() throws IOException {
        if (!begun) {
            begun = true;
            if (more() && chars[position] == '\ufeff') {
                position++;
                lineStart = position;
            }
        }
    }

    private boolean read() throws IOException {
        fields = 0;
        strayQuote = Optional.empty();
        rowStart = position;
        if (available() && afterReturn && chars[position] == '\n') {
            position++;
            lineStart = position;
        }
        afterReturn = false;
        rowStart = position;
        rowLine = line;
        if (available()) {
            boolean open = true;
            while (open) {
                open = readField();
            }
            return true;
        } else {
            return false;
        }
    }

    /** Whether another field follows in this row. */
    private boolean readField() throws IOException {
        skipBlanks();
        room();
        int field = fields;
        lines[field] = line;
        lineStarts[field] = lineStart;
        shortened[field] = false;
        quoted[field] = available() && chars[position] == '"';
        starts[field] = position;
        ends[field] = position;
        fields++;
        if (quoted[field]) {
            readQuoted(field);
        } else {
            readPlain(field);
        }
        return endField();
    }

    private void readPlain(int field) throws IOException {
        boolean open = true;
        while (open && available()) {
            int at = position;
            int end = filled;
            var text = chars;
            // Nearly all characters are above the semicolon or digits; the few that matter are sorted out below.
            while (at < end && (text[at] > ';' || (text[at] > '"' && text[at] < ';'))) {
                at++;
            }
            position = at;
            if (at < end) {
                switch (text[at]) {
                    case ';', '\n', '\r' -> open = false;
                    case '"' -> {
                        strayQuote = strayQuote.or(() -> Optional.of(here()));
                        position++;
                    }
                    case '\0' -> throw nul();
                    default -> position++;
                }
            }
        }
        int end = position;
        while (end > starts[field] && isBlank(chars[end - 1])) {
            end--;
        }
        ends[field] = end;
    }

    private void readQuoted(int field) throws IOException {
        var opening = place(field);
        position++;
        starts[field] = position;
        int doubled = 0;
        boolean open = true;
        while (open) {
            if (!available()) {
                throw unclosed(opening);
            }
            char c = chars[position];
            position++;
            if (c == '"') {
                if (available() && chars[position] == '"') {
                    position++;
                    doubled++;
                } else {
                    open = false;
                }
            } else if (c == '\n') {
                line += chars[position - 2] == '\r' ? 0 : 1;
                lineStart = position;
            } else if (c == '\r') {
                line++;
                lineStart = position;
            } else if (c == '\0') {
                position--;
                throw nul();
            } else if (position - rowStart > LONGEST_ROW) {
                throw unclosed(opening);
            }
        }
        ends[field] = position - 1;
        if (doubled > 0) {
            undouble(field);
        }
        skipBlanks();
        if (available() && ";\n\r".indexOf(chars[position]) < 0) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_QUOTE,
                    here(),
                    "a quoted field",
                    String.valueOf(chars[position]),
                    "behind the closing double quote stands " + Quoted.value(String.valueOf(chars[position]))
                            + "; write a double quote within a field twice");
        }
    }

    private void undouble(int field) {
        int to = starts[field];
        for (int from = starts[field]; from < ends[field]; from++) {
            chars[to] = chars[from];
            to++;
            from += chars[from] == '"' ? 1 : 0;
        }
        ends[field] = to;
        shortened[field] = true;
    }

    private boolean endField() throws IOException {
        if (position - rowStart > LONGEST_ROW) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.ROW_TOO_LONG,
                    place(),
                    "a row",
                    String.valueOf(position - rowStart),
                    "this row is longer than " + LONGEST_ROW + " characters");
        }
        if (available()) {
            char c = chars[position];
            position++;
            if (c == ';') {
                return true;
            } else {
                line++;
                lineStart = position;
                afterReturn = c == '\r';
                return false;
            }
        } else {
            return false;
        }
    }

    private void skipBlanks() throws IOException {
        while (available() && chars[position] != '\n' && chars[position] != '\r' && isBlank(chars[position])) {
            if (chars[position] == '\0') {
                throw nul();
            }
            position++;
        }
    }

    /** Blanks as people type and spreadsheets write them, those that do not break included. */
    static boolean isBlank(char c) {
        return c <= ' ' || (c >= '\u007f' && (Character.isWhitespace(c) || Character.isSpaceChar(c)));
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private void room() {
        if (fields == starts.length) {
            int more = 2 * fields;
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            lines = Arrays.copyOf(lines, more);
            lineStarts = Arrays.copyOf(lineStarts, more);
            quoted = Arrays.copyOf(quoted, more);
            shortened = Arrays.copyOf(shortened, more);
        }
    }

    private Place here() {
        return new Place(line, columnOf(lineStart, position));
    }

    private int columnOf(int start, int at) {
        return Character.codePointCount(chars, start, at - start) + 1;
    }

    private PabulibProblem nul() {
        return new PabulibProblem(
                PabulibProblem.Kind.BAD_CHARACTER,
                here(),
                "a character",
                "\\u0000",
                "here stands a NUL character; the file is damaged or no text");
    }

    private static PabulibProblem unclosed(Place opening) {
        return new PabulibProblem(
                PabulibProblem.Kind.UNCLOSED_QUOTE,
                opening,
                "a quoted field",
                "\"",
                "the double quote that opens here is never closed; write a double quote within a field twice");
    }

    private boolean available() throws IOException {
        return position < filled || more();
    }

    /** Brings further characters behind those that are there; the row that is being read stays. */
    private boolean more() throws IOException {
        int shift = Math.min(rowStart, lineStart);
        if (shift > 0) {
            System.arraycopy(chars, shift, chars, 0, filled - shift);
            position -= shift;
            filled -= shift;
            rowStart -= shift;
            lineStart -= shift;
            for (int i = 0; i < fields; i++) {
                starts[i] -= shift;
                ends[i] -= shift;
                lineStarts[i] -= shift;
            }
        }
        if (filled + CHUNK > chars.length) {
            if (filled > 4 * LONGEST_ROW) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.ROW_TOO_LONG,
                        place(),
                        "a row",
                        String.valueOf(filled),
                        "this row is longer than " + LONGEST_ROW + " characters");
            }
            chars = Arrays.copyOf(chars, 2 * chars.length);
        }
        int before = filled;
        while (filled == before && !ended) {
            decode();
        }
        return filled > before;
    }

    private void decode() throws IOException {
        if (malformed) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_ENCODING,
                    new Place(line, columnOf(lineStart, filled)),
                    "a byte",
                    "0x%02X".formatted(bytes.get(bytes.position())),
                    "the byte 0x%02X is not UTF-8 here; save the file as UTF-8".formatted(bytes.get(bytes.position())));
        }
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read > 0) {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
        var into = CharBuffer.wrap(chars, filled, chars.length - filled);
        var result = decoder.decode(bytes, into, read < 0);
        filled = into.position();
        malformed = result.isError();
        ended = read < 0 && !malformed;
    }
}
