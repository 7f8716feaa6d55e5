package motette.privacy;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import motette.shared.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets in time, as the register says. Any number of copies may do so at once: a rule that is due is carried out by whoever locks
 * its row, and the others pass by.
 */
@Singleton
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Register register;
    private final JdbcOperations jdbc;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    Retention(Register register, JdbcOperations jdbc, TransactionOperations<Connection> transactions, Clock clock) {
        this.register = register;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What a rule would do now, for the administrator.
     *
     * @param due    rows that would go now
     * @param nextAt when it is looked after next; null before the first time
     */
    @Introspected
    record Outlook(
            String rule,
            String kind,
            Message period,
            long due,
            @Nullable Instant nextAt) {}

    /** What was forgotten. */
    @Introspected
    record Run(String rule, Instant at, long rows) {}

    @Scheduled(fixedDelay = "1m", initialDelay = "1m")
    void forget() {
        register.retention().forEach(this::carryOutWhenDue);
    }

    /** A dry run: counts, and changes nothing. */
    List<Outlook> outlook() {
        return transactions.executeRead(status -> register.retention().stream()
                .map(rule -> new Outlook(
                        rule.key(), rule.kind(), PrivacyController.period(rule.after()), count(rule), nextAt(rule)))
                .toList());
    }

    /** The latest runs in which something was forgotten, newest first. */
    List<Run> runs(int most) {
        return transactions.executeRead(status -> jdbc.prepareStatement(
                "select rule, at, \"rows\" from retention_runs order by id desc limit ?", statement -> {
                    statement.setInt(1, most);
                    var runs = new ArrayList<Run>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            runs.add(new Run(
                                    rows.getString(1), rows.getTimestamp(2).toInstant(), rows.getLong(3)));
                        }
                    }
                    return runs;
                }));
    }

    private void carryOutWhenDue(RetentionRule rule) {
        boolean more;
        do {
            more = transactions.executeWrite(status -> isDue(rule) && carryOut(rule));
        } while (more);
    }

    /** One batch. True when there may be more; the rule then stays due, so that another copy would go on if this one ends. */
    private boolean carryOut(RetentionRule rule) {
        var sql = new NamedSql(rule.sql());
        long changed = jdbc.prepareStatement(sql.sql(), statement -> {
            sql.bind(statement, values(rule));
            return statement.executeUpdate();
        });
        if (changed > 0) {
            note(rule, changed);
            LOG.info("forgotten rule={} rows={}", rule.key(), changed);
        }
        if (!rule.isFull(changed)) {
            putOff(rule);
        }
        return rule.isFull(changed);
    }

    /** Locks the row of the rule until the transaction ends; false when it is not due or another copy has it. */
    private boolean isDue(RetentionRule rule) {
        jdbc.prepareStatement(
                "insert into retention_rounds (rule, next_at) values (?, ?) on conflict do nothing", statement -> {
                    statement.setString(1, rule.key());
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    return statement.executeUpdate();
                });
        return jdbc.prepareStatement(
                "select from retention_rounds where rule = ? and next_at <= ? for update skip locked", statement -> {
                    statement.setString(1, rule.key());
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    private void putOff(RetentionRule rule) {
        jdbc.prepareStatement("update retention_rounds set next_at = ? where rule = ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(rule.next(clock)));
            statement.setString(2, rule.key());
            return statement.executeUpdate();
        });
    }

    private void note(RetentionRule rule, long rows) {
        jdbc.prepareStatement("insert into retention_runs (rule, at, \"rows\") values (?, ?, ?)", statement -> {
            statement.setString(1, rule.key());
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            statement.setLong(3, rows);
            return statement.executeUpdate();
        });
    }

    private long count(RetentionRule rule) {
        var sql = new NamedSql(rule.count());
        return jdbc.prepareStatement(sql.sql(), statement -> {
            sql.bind(statement, values(rule));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private @Nullable Instant nextAt(RetentionRule rule) {
        return jdbc.prepareStatement("select next_at from retention_rounds where rule = ?", statement -> {
            statement.setString(1, rule.key());
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getTimestamp(1).toInstant() : null;
            }
        });
    }

    private NamedSql.Values values(RetentionRule rule) {
        return new NamedSql.Values(0, null, rule.before(clock), clock.instant());
    }
}
