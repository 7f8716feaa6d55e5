package motette.privacy;

import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is held about one person, as the register says where to look; all of it read at one instant. */
@Singleton
class PersonalData {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private final Register register;
    private final JdbcOperations jdbc;
    private final JsonMapper json;
    private final Clock clock;

    PersonalData(Register register, JdbcOperations jdbc, JsonMapper json, Clock clock) {
        this.register = register;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What one table holds.
     *
     * @param rows value by column; null where there is none
     */
    record Found(Holding holding, List<Map<String, Object>> rows) {}

    /** A picture of the download. */
    interface Files {
        void file(String name, byte[] content) throws IOException;
    }

    /** By kind, in the order of the register; empty when there is no such person. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<Map<Kind, List<Found>>> of(long personId) {
        return values(personId).map(this::read);
    }

    /** As {@link #of}, with the pictures, one after the other so that never all of them are in memory. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<Map<Kind, List<Found>>> withFiles(long personId, Files files) {
        return values(personId).map(values -> {
            var names = new LinkedHashSet<String>();
            register.holdings().stream()
                    .filter(holding -> !holding.fileColumn().isEmpty())
                    .forEach(holding -> read(holding, values, names, files));
            return read(values);
        });
    }

    /** What the names in the SQL of the register stand for. */
    Optional<NamedSql.Values> values(long personId) {
        return jdbc.prepareStatement("select email from persons where id = ? and erased_at is null", statement -> {
            statement.setLong(1, personId);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new NamedSql.Values(personId, row.getString(1), clock.instant(), clock.instant()))
                        : Optional.empty();
            }
        });
    }

    private Map<Kind, List<Found>> read(NamedSql.Values values) {
        var byTable = register.holdings().stream()
                .collect(Collectors.groupingBy(
                        holding -> holding.kind() + " " + holding.table() + " " + holding.columns(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var found = byTable.values().stream()
                .map(same -> new Found(same.getFirst(), rows(same, values)))
                .filter(table -> !table.rows().isEmpty())
                .toList();
        var byKind = new LinkedHashMap<Kind, List<Found>>();
        register.kinds()
                .forEach(kind -> byKind.put(
                        kind,
                        found.stream()
                                .filter(table -> table.holding().kind().equals(kind.key()))
                                .toList()));
        return byKind;
    }

    /** Rows of a table that several holdings describe are told once. */
    private List<Map<String, Object>> rows(List<Holding> same, NamedSql.Values values) {
        var texts = new LinkedHashSet<String>();
        for (var holding : same) {
            var sql = new NamedSql("select to_jsonb(t)::text from (select " + names(holding.told()) + " from "
                    + holding.table() + " where " + holding.rows() + ") t");
            jdbc.prepareStatement(sql.sql(), statement -> {
                sql.bind(statement, values);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return texts;
                }
            });
        }
        return texts.stream().map(this::row).toList();
    }

    private void read(Holding holding, NamedSql.Values values, LinkedHashSet<String> names, Files files) {
        var columns = placeholders(holding.fileName());
        var sql = new NamedSql("select " + holding.fileColumn() + ", " + names(columns) + " from " + holding.table()
                + " where " + holding.rows());
        jdbc.prepareStatement(sql.sql(), statement -> {
            sql.bind(statement, values);
            statement.setFetchSize(1);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var name = holding.fileName();
                    for (int i = 0; i < columns.size(); i++) {
                        name = name.replace("{" + columns.get(i) + "}", rows.getString(i + 2));
                    }
                    if (names.add(name)) {
                        files.file(name, rows.getBytes(1));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        });
    }

    private static List<String> placeholders(String name) {
        return PLACEHOLDER.matcher(name).results().map(found -> found.group(1)).toList();
    }

    private static String names(List<String> columns) {
        return columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", "));
    }

    private Map<String, Object> row(String text) {
        try {
            return new LinkedHashMap<>(json.readValue(text, Argument.mapOf(String.class, Object.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as text; empty where there is none. */
    static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }
}
