package motette.residence;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.places.Places;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * An extract of the register of residents as a file of lines. Only keyed hashes, the quarter and the year of birth are kept;
 * the file is read in memory and gone with the request. Somebody who types the same data is recognised by the hash.
 */
@Singleton
class Register {

    /** The columns of the file, in any order. */
    static final List<String> COLUMNS =
            List.of("familienname", "vornamen", "geburtsdatum", "strasse", "hausnummer", "postleitzahl", "ortsteil");

    static final int MOST_LINES = 250_000;

    /** An extract that nobody took over is deleted after this. */
    static final Duration PREVIEW = Duration.ofHours(1);

    private static final int LISTED_REFUSALS = 200;
    private static final int AT_ONCE = 1_000;
    private static final Pattern LISTED = Pattern.compile("\\{\"line\": ?(\\d+), ?\"reason\": ?\"([a-z]+)\"}");

    private final Sql sql;
    private final Keys keys;
    private final Roll roll;
    private final ResidenceRules rules;
    private final Tries tries;
    private final Places places;
    private final Audit audit;
    private final Clock clock;

    Register(
            Sql sql, Keys keys, Roll roll, ResidenceRules rules, Tries tries, Places places, Audit audit, Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.roll = roll;
        this.rules = rules;
        this.tries = tries;
        this.places = places;
        this.audit = audit;
        this.clock = clock;
    }

    // The resident

    /** Whether an extract was taken over and the city allows this way. */
    @Transactional(readOnly = true)
    public boolean isOpen() {
        return rules.today().allows(Way.REGISTER)
                && sql.holds("select from register_extracts where taken_at is not null");
    }

    /** Compares with the register; the form has no problems. */
    @Transactional
    public Letters.Redemption show(long personId, IdentityForm form) {
        sql.lockRow("persons", personId);
        if (!isOpen()) {
            return refused("residence.refused.off");
        } else if (sql.holds("select from residence_cases where person_id = ? and decided_at is null", personId)) {
            return refused("residence.refused.case");
        } else if (tries.isExhausted(personId, Tries.Kind.REGISTER)) {
            return refused("residence.register.refused.tries");
        } else {
            var identity = form.identity();
            return entry(personId, identity)
                    .<Letters.Redemption>map(claim -> new Letters.Redemption.Done(roll.enter(claim)))
                    .orElseGet(() -> {
                        tries.count(personId, Tries.Kind.REGISTER);
                        return new Letters.Redemption.Wrong(Problems.none()
                                .add(
                                        IdentityForm.GIVEN,
                                        "residence.register.unknown",
                                        tries.left(personId, Tries.Kind.REGISTER)));
                    });
        }
    }

    private static Letters.Redemption refused(String key) {
        return new Letters.Redemption.Done(
                new Outcome.No(Refusal.of(key).withWayOut("/residence", "residence.refused.other-way")));
    }

    private Optional<Claim> entry(long personId, Identity identity) {
        return sql.one(
                """
                select e.quarter_key, e.birth_hash, e.address_hash
                from register_entries e join register_extracts x on x.id = e.extract_id
                where e.entry_hash = ? and x.taken_at is not null order by x.taken_at desc limit 1\
                """,
                row -> new Claim(
                        personId,
                        Way.REGISTER,
                        row.getString(1),
                        rules.today().kept(identity.born()).orElse(0),
                        new IdentityKeys(row.getBytes(2), row.getBytes(3)),
                        0),
                identity.entry(keys));
    }

    // The administrator

    /** @param refusals how many lines could not be read, of which {@code listed} are the first */
    @io.micronaut.core.annotation.Introspected
    record Extract(
            long id,
            java.time.Instant madeAt,
            Optional<java.time.Instant> takenAt,
            long entries,
            long fresh,
            long gone,
            int lines,
            int refusals,
            List<RefusedLine> listed) {}

    /** @param reason columns, name, born, street, postcode or quarter */
    @io.micronaut.core.annotation.Introspected
    record RefusedLine(int line, String reason) {}

    /**
     * Reads a file and keeps its hashes for a preview.
     *
     * @return the id of the extract, or what is wrong with the file as a whole
     */
    @Transactional
    public Reading read(long administratorId, byte[] file) {
        var problems = Problems.none();
        if (!rules.today().allows(Way.REGISTER)) {
            throw new Refused(Refusal.of("residence.refused.off").withWayOut("/residence", "residence.back"));
        }
        var text = text(file);
        var columns = columns(text);
        if (columns.isEmpty()) {
            return new Reading(
                    0, problems.add("file", "residence.extract.problem.columns", String.join(", ", COLUMNS)));
        }
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            long extract = sql.number(
                    "insert into register_extracts (made_by, made_at, lines, refusals) values (?, ?, 0, 0) returning"
                            + " id",
                    administratorId,
                    clock.instant());
            var refused = new ArrayList<RefusedLine>();
            var rows = new ArrayList<Object[]>();
            int lines = 0;
            int refusals = 0;
            for (var line : parser) {
                if (line.getRecordNumber() == 1) {
                    continue;
                }
                if (++lines > MOST_LINES) {
                    throw new Refused(Refusal.of("residence.extract.refused.long", (long) MOST_LINES)
                            .withWayOut("/residence/extracts", "residence.extracts.back"));
                }
                var wrong = wrong(line, columns.get());
                if (wrong.isPresent()) {
                    refusals++;
                    if (refused.size() < LISTED_REFUSALS) {
                        refused.add(new RefusedLine((int) parser.getCurrentLineNumber(), wrong.get()));
                    }
                } else {
                    rows.add(row(extract, line, columns.get()));
                    if (rows.size() == AT_ONCE) {
                        keep(rows);
                    }
                }
            }
            keep(rows);
            sql.change(
                    "update register_extracts set lines = ?, refusals = ?, refused = ?::jsonb where id = ?",
                    lines,
                    refusals,
                    refused.stream()
                            .map(one -> "{\"line\": %d, \"reason\": \"%s\"}".formatted(one.line(), one.reason()))
                            .collect(Collectors.joining(",", "[", "]")),
                    extract);
            audit.record(administratorId, "residence.extract", "register-extract:" + extract, "");
            return new Reading(extract, problems);
        } catch (IOException | IllegalStateException | java.io.UncheckedIOException unreadable) {
            throw new Refused(Refusal.of("residence.extract.refused.unreadable")
                    .withWayOut("/residence/extracts", "residence.extracts.back"));
        }
    }

    /** @param extract 0 when there are problems */
    record Reading(long extract, Problems problems) {}

    private void keep(List<Object[]> rows) {
        if (!rows.isEmpty()) {
            sql.changeAll("""
                insert into register_entries (extract_id, entry_hash, birth_hash, address_hash, quarter_key, birth_year)
                values (?, ?, ?, ?, ?, ?) on conflict (entry_hash, extract_id) do nothing\
                """, rows);
            rows.clear();
        }
    }

    private Object[] row(long extract, CSVRecord line, Map<String, Integer> columns) {
        var identity = new Identity(
                cell(line, columns, "vornamen"),
                cell(line, columns, "familienname"),
                IdentityForm.day(cell(line, columns, "geburtsdatum")).orElseThrow(),
                cell(line, columns, "strasse") + " " + cell(line, columns, "hausnummer"),
                cell(line, columns, "postleitzahl"));
        var hashes = identity.keys(keys);
        return new Object[] {
            extract,
            identity.entry(keys),
            hashes.birth(),
            hashes.address(),
            cell(line, columns, "ortsteil"),
            rules.today().kept(identity.born())
        };
    }

    private Optional<String> wrong(CSVRecord line, Map<String, Integer> columns) {
        var born = IdentityForm.day(cell(line, columns, "geburtsdatum"));
        if (line.size()
                <= columns.values().stream().mapToInt(Integer::intValue).max().orElse(0)) {
            return Optional.of("columns");
        } else if (isBlank(line, columns, "familienname") || isBlank(line, columns, "vornamen")) {
            return Optional.of("name");
        } else if (born.filter(day -> IdentityForm.isBirthday(day, LocalDate.now(clock)))
                .isEmpty()) {
            return Optional.of("born");
        } else if (isBlank(line, columns, "strasse")) {
            return Optional.of("street");
        } else if (!cell(line, columns, "postleitzahl").matches("\\d{5}")) {
            return Optional.of("postcode");
        } else if (places.quarter(cell(line, columns, "ortsteil")).isEmpty()) {
            return Optional.of("quarter");
        } else {
            return Optional.empty();
        }
    }

    private static boolean isBlank(CSVRecord line, Map<String, Integer> columns, String column) {
        return cell(line, columns, column).isBlank();
    }

    private static String cell(CSVRecord line, Map<String, Integer> columns, String column) {
        int at = columns.getOrDefault(column, -1);
        return at >= 0 && at < line.size() ? line.get(at).strip() : "";
    }

    /** UTF-8 with or without a mark at its beginning, else what spreadsheet programs write on Windows. */
    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString()
                    .replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException other) {
            return new String(file, Charset.forName("windows-1252"));
        }
    }

    private static char delimiter(String text) {
        var head = head(text);
        return head.contains(";") ? ';' : head.contains("\t") ? '\t' : ',';
    }

    private static Optional<Map<String, Integer>> columns(String text) {
        var names = Arrays.stream(head(text).split(Pattern.quote(String.valueOf(delimiter(text)))))
                .map(name ->
                        name.replace("\"", "").strip().toLowerCase(Locale.ROOT).replace("ß", "ss"))
                .toList();
        var columns = new HashMap<String, Integer>();
        COLUMNS.stream().filter(names::contains).forEach(name -> columns.put(name, names.indexOf(name)));
        return columns.size() == COLUMNS.size() ? Optional.of(columns) : Optional.empty();
    }

    private static String head(String text) {
        return text.lines().findFirst().orElse("");
    }

    @Connectable
    public List<Extract> extracts() {
        return sql.list(EXTRACTS + "where x.taken_at is not null order by x.taken_at desc", Register::extract);
    }

    @Connectable
    public Optional<Extract> extract(long id) {
        return sql.one(EXTRACTS + "where x.id = ?", Register::extract, id);
    }

    private static final String EXTRACTS = """
        select x.id, x.made_at, x.taken_at, x.lines, x.refusals, x.refused,
               (select count(*) from register_entries e where e.extract_id = x.id) as entries,
               (select count(*) from register_entries e where e.extract_id = x.id and not exists (
                   select from register_entries k join register_extracts t on t.id = k.extract_id
                   where k.entry_hash = e.entry_hash and k.extract_id <> x.id and t.taken_at is not null)) as fresh,
               (select count(*) from register_entries e join register_extracts t on t.id = e.extract_id
                 where t.taken_at is not null and t.id <> x.id and not exists (
                   select from register_entries k where k.entry_hash = e.entry_hash and k.extract_id = x.id)) as gone
        from register_extracts x
        """;

    private static Extract extract(ResultSet row) throws SQLException {
        var listed = LISTED.matcher(row.getString("refused"))
                .results()
                .map(match -> new RefusedLine(Integer.parseInt(match.group(1)), match.group(2)))
                .toList();
        return new Extract(
                row.getLong("id"),
                row.getTimestamp("made_at").toInstant(),
                Sql.instant(row, "taken_at"),
                row.getLong("entries"),
                row.getLong("fresh"),
                row.getLong("gone"),
                row.getInt("lines"),
                row.getInt("refusals"),
                listed);
    }

    /**
     * From now on the extract counts. Taking over the same file twice leaves what was there.
     *
     * @param whole the file is the whole register: whoever is not in it is dropped from the register (not from the roll)
     * @return false when there is no such extract
     */
    @Transactional
    public boolean adopt(long administratorId, long id, boolean whole) {
        sql.list("select from register_extracts order by id for update", row -> true);
        var found = extract(id);
        found.ifPresent(extract -> {
            if (extract.takenAt().isPresent()) {
                throw new Refused(Refusal.of("residence.extract.refused.taken")
                        .withWayOut("/residence/extracts", "residence.extracts.back"));
            }
            sql.change("update register_extracts set taken_at = ? where id = ?", clock.instant(), id);
            if (whole) {
                sql.change("delete from register_extracts where taken_at is not null and id <> ?", id);
            } else {
                sql.change(
                        "delete from register_entries e using register_extracts x where x.id = e.extract_id"
                                + " and x.taken_at is not null and x.id <> ?"
                                + " and exists (select from register_entries k where k.extract_id = ?"
                                + " and k.entry_hash = e.entry_hash)",
                        id,
                        id);
                sql.change(
                        "delete from register_extracts x where x.taken_at is not null and x.id <> ?"
                                + " and not exists (select from register_entries e where e.extract_id = x.id)",
                        id);
            }
            audit.record(administratorId, "residence.extract-adoption", "register-extract:" + id, "");
        });
        return found.isPresent();
    }

    /** Drops an extract, taken over or not; proofs that came from it stay. False when there is no such extract. */
    @Transactional
    public boolean drop(long administratorId, long id) {
        var dropped = sql.change("delete from register_extracts where id = ?", id) > 0;
        if (dropped) {
            audit.record(administratorId, "residence.extract-withdrawal", "register-extract:" + id, "");
        }
        return dropped;
    }

    int forget() {
        return sql.change(
                "delete from register_extracts where taken_at is null and made_at < ?",
                clock.instant().minus(PREVIEW));
    }
}
