package motette.people;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.shared.Message;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a list of terms: a first line with the names of the columns, then a line a seat. Comma or semicolon; English or German words;
 * days as 2029-08-01 or 1.8.2029.
 */
final class TermsFile {

    /** Most bytes of a list: enough for every body of a large city, and small enough to travel with the preview. */
    static final int MOST_BYTES = 60_000;

    static final int MOST_LINES = 1_000;

    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("e-mail", "email"),
            Map.entry("email", "email"),
            Map.entry("mail", "email"),
            Map.entry("name", "name"),
            Map.entry("role", "role"),
            Map.entry("rolle", "role"),
            Map.entry("aufgabe", "role"),
            Map.entry("body", "body"),
            Map.entry("gremium", "body"),
            Map.entry("from", "from"),
            Map.entry("von", "from"),
            Map.entry("ab", "from"),
            Map.entry("to", "to"),
            Map.entry("bis", "to"));

    private static final Map<String, RoleName> ROLES = Map.ofEntries(
            Map.entry("councillor", RoleName.COUNCILLOR),
            Map.entry("mitglied", RoleName.COUNCILLOR),
            Map.entry("beiratsmitglied", RoleName.COUNCILLOR),
            Map.entry("ortschaftsrat", RoleName.COUNCILLOR),
            Map.entry("ortschaftsrätin", RoleName.COUNCILLOR),
            Map.entry("chair", RoleName.CHAIR),
            Map.entry("vorsitz", RoleName.CHAIR),
            Map.entry("ortsvorsteher", RoleName.CHAIR),
            Map.entry("ortsvorsteherin", RoleName.CHAIR),
            Map.entry("fund-partner", RoleName.FUND_PARTNER),
            Map.entry("krankenkasse", RoleName.FUND_PARTNER));

    private static final List<String> NEEDED = List.of("name", "role", "body", "from");
    private static final Pattern GERMAN_DAY = Pattern.compile("(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?([12]\\d{3})");

    /** @param number of the line in the file, the first is 1 */
    record Line(long number, String email, String name, String role, String body, String from, String to) {}

    /** A line that cannot be taken over, and why; 0 where it is the whole list. */
    record Fault(long line, Message why) {}

    record Content(List<Line> lines, List<Fault> faults) {}

    private TermsFile() {}

    /** UTF-8, or what older spreadsheets write. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException older) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    static Content read(String text) {
        var clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var header = clean.lines().findFirst().orElse("");
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(header.chars().filter(sign -> sign == ';').count() > 0 ? ';' : ',')
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        var lines = new ArrayList<Line>();
        var faults = new ArrayList<Fault>();
        long last = 0;
        try (var parser = CSVParser.parse(new StringReader(clean), format)) {
            Map<String, Integer> columns = Map.of();
            for (var cells : parser) {
                last = parser.getCurrentLineNumber();
                if (columns.isEmpty()) {
                    columns = columns(cells);
                    var known = columns.keySet();
                    NEEDED.stream()
                            .filter(name -> !known.contains(name))
                            .forEach(name -> faults.add(new Fault(1, Message.of("people.terms.fault.column", name))));
                    if (!faults.isEmpty()) {
                        break;
                    }
                } else if (lines.size() == MOST_LINES) {
                    faults.add(new Fault(last, Message.of("people.terms.fault.long", MOST_LINES)));
                    break;
                } else {
                    lines.add(line(last, cells, columns));
                }
            }
            if (lines.isEmpty() && faults.isEmpty()) {
                faults.add(new Fault(0, Message.of("people.terms.fault.empty")));
            }
        } catch (IOException | UncheckedIOException | IllegalStateException torn) {
            faults.add(new Fault(last + 1, Message.of("people.terms.fault.torn")));
        }
        return new Content(List.copyOf(lines), List.copyOf(faults));
    }

    static Optional<RoleName> role(String word) {
        return Optional.ofNullable(ROLES.get(word.toLowerCase(Locale.ROOT)));
    }

    static Optional<LocalDate> day(String text) {
        var german = GERMAN_DAY.matcher(text);
        if (german.matches()) {
            try {
                return Optional.of(LocalDate.of(
                        Integer.parseInt(german.group(3)),
                        Integer.parseInt(german.group(2)),
                        Integer.parseInt(german.group(1))));
            } catch (DateTimeException no) {
                return Optional.empty();
            }
        } else {
            return GrantForm.day(text);
        }
    }

    private static Map<String, Integer> columns(CSVRecord cells) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < cells.size(); i++) {
            var name = COLUMNS.get(cells.get(i).toLowerCase(Locale.ROOT));
            if (name != null) {
                columns.putIfAbsent(name, i);
            }
        }
        columns.putIfAbsent("", -1);
        return columns;
    }

    private static Line line(long number, CSVRecord cells, Map<String, Integer> columns) {
        return new Line(
                number,
                cell(cells, columns.get("email")),
                cell(cells, columns.get("name")),
                cell(cells, columns.get("role")),
                cell(cells, columns.get("body")),
                cell(cells, columns.get("from")),
                cell(cells, columns.get("to")));
    }

    private static String cell(CSVRecord cells, @org.jspecify.annotations.Nullable Integer column) {
        return column == null || column >= cells.size() ? "" : cells.get(column);
    }
}
