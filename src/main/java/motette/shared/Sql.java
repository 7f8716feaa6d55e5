package motette.shared;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with their parameters in order, in the running connection; an empty {@link Optional} is null. */
@Singleton
public final class Sql {

    private final JdbcOperations jdbc;

    Sql(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> list(String sql, Row<T> as, Object... args) {
        return jdbc.prepareStatement(sql, statement -> {
            fill(statement, args);
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(as.read(rows));
                }
                return list;
            }
        });
    }

    public <T> Optional<T> one(String sql, Row<T> as, Object... args) {
        return list(sql, as, args).stream().findFirst();
    }

    /** The one number that a statement answers. */
    public long number(String sql, Object... args) {
        return one(sql, row -> row.getLong(1), args).orElseThrow();
    }

    public boolean holds(String sql, Object... args) {
        return one("select exists (" + sql + ")", row -> row.getBoolean(1), args)
                .orElseThrow();
    }

    public int change(String sql, Object... args) {
        return jdbc.prepareStatement(sql, statement -> {
            fill(statement, args);
            return statement.executeUpdate();
        });
    }

    /** The same statement for many rows. */
    public void changeAll(String sql, List<Object[]> rows) {
        jdbc.prepareStatement(sql, statement -> {
            for (var row : rows) {
                fill(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Deeds about the same row follow each other until the transaction ends; it may still be referred to. */
    public void lockRow(String table, long id) {
        list("select from " + table + " where id = ? for no key update", row -> true, id);
    }

    /** Deeds about the same thing follow each other until the transaction ends. */
    public void lock(byte[] hash) {
        list("select pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 0))", row -> true, hash);
    }

    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static void fill(PreparedStatement statement, Object... args) throws SQLException {
        for (int i = 0; i < args.length; i++) {
            set(statement, i + 1, args[i] instanceof Optional<?> optional ? optional.orElse(null) : args[i]);
        }
    }

    private static void set(PreparedStatement statement, int at, @org.jspecify.annotations.Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case Instant instant -> statement.setTimestamp(at, Timestamp.from(instant));
            case LocalDate day -> statement.setDate(at, Date.valueOf(day));
            case byte[] bytes -> statement.setBytes(at, bytes);
            default -> statement.setObject(at, value);
        }
    }
}
