package motette.allocation;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Recorded runs and the inputs they were reckoned from; both are only ever added to. */
@Singleton
class RunRepository {

    private static final String SELECT = """
        select r.id, r.rule, r.input_sha256, r.result_sha256, r.engine, p.pseudonym, r.recorded_at,
               r.funded, r.spent_cents, r.budget_cents
          from allocation_runs r
          join persons p on p.id = r.recorded_by
        """;

    private final JdbcOperations jdbc;

    RunRepository(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest first, at most so many. */
    @Transactional(readOnly = true)
    List<Run> latest(Subject subject, int most) {
        return jdbc.prepareStatement(SELECT + " where r.subject = ? order by r.id desc limit ?", statement -> {
            statement.setString(1, subject.key());
            statement.setInt(2, most);
            var runs = new ArrayList<Run>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    runs.add(new Run(
                            rows.getLong(1),
                            rows.getString(2),
                            HexFormat.of().formatHex(rows.getBytes(3)),
                            HexFormat.of().formatHex(rows.getBytes(4)),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getTimestamp(7).toInstant(),
                            rows.getInt(8),
                            rows.getLong(9),
                            rows.getLong(10)));
                }
            }
            return runs;
        });
    }

    /** The file a run was reckoned from, UTF-8. */
    @Transactional(readOnly = true)
    Optional<byte[]> input(Subject subject, long id) {
        return bytes(
                "select i.pabulib from allocation_runs r join allocation_inputs i on i.sha256 = r.input_sha256"
                        + " where r.id = ? and r.subject = ?",
                subject,
                id);
    }

    /** The result of a run as JSON, UTF-8. */
    @Transactional(readOnly = true)
    Optional<byte[]> result(Subject subject, long id) {
        return bytes("select result from allocation_runs where id = ? and subject = ?", subject, id);
    }

    private Optional<byte[]> bytes(String sql, Subject subject, long id) {
        return jdbc.prepareStatement(sql, statement -> {
            statement.setLong(1, id);
            statement.setString(2, subject.key());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        });
    }

    /** Keeps the file; the same file is kept once. */
    void keepInput(byte[] sha256, byte[] pabulib) {
        jdbc.prepareStatement(
                "insert into allocation_inputs (sha256, pabulib) values (?, ?) on conflict do nothing", statement -> {
                    statement.setBytes(1, sha256);
                    statement.setBytes(2, pabulib);
                    return statement.executeUpdate();
                });
    }

    /** Number of the new row; empty where the same run is kept already. */
    Optional<Long> insert(Reckoned run, long personId, Instant at) {
        return jdbc.prepareStatement("""
            insert into allocation_runs (subject, rule, tie_order, input_sha256, result, result_sha256, engine, recorded_by, recorded_at,
                                         funded, spent_cents, budget_cents)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (input_sha256, rule, engine) do nothing returning id\
            """, statement -> {
            statement.setString(1, run.subject().key());
            statement.setString(2, run.rule());
            statement.setArray(
                    3,
                    statement
                            .getConnection()
                            .createArrayOf("text", run.tieOrder().toArray()));
            statement.setBytes(4, run.inputHash());
            statement.setBytes(5, run.result());
            statement.setBytes(6, run.resultHash());
            statement.setString(7, run.engine());
            statement.setLong(8, personId);
            statement.setTimestamp(9, Timestamp.from(at));
            statement.setInt(10, run.funded());
            statement.setLong(11, run.spent());
            statement.setLong(12, run.budget());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        });
    }

    /** The row that stands for this run. */
    Optional<Long> find(Reckoned run) {
        return jdbc.prepareStatement(
                "select id from allocation_runs where input_sha256 = ? and rule = ? and engine = ?", statement -> {
                    statement.setBytes(1, run.inputHash());
                    statement.setString(2, run.rule());
                    statement.setString(3, run.engine());
                    try (var row = statement.executeQuery()) {
                        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                    }
                });
    }
}
