package motette.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is forgotten in time; see register.yml for the words.
 *
 * @param after how long it is kept from the moment that {@code when} looks at
 * @param every how often it is looked after
 * @param to    SQL expression by column, for rows that are emptied
 */
record RetentionRule(
        String key,
        String kind,
        String table,
        String when,
        TemporalAmount after,
        TemporalAmount every,
        Change deed,
        Map<String, String> to) {

    /** So many rows at once: no lock is held for long. */
    private static final int BATCH = 1_000;

    RetentionRule {
        if (deed == Change.KEEP || deed == Change.EMPTY && to.isEmpty()) {
            throw new IllegalStateException("Retention rule " + key + " changes nothing");
        }
    }

    /** ISO 8601: "P30D", "PT5M". */
    static TemporalAmount time(String iso) {
        return iso.startsWith("PT") ? Duration.parse(iso) : Period.parse(iso);
    }

    Instant before(Clock clock) {
        return clock.instant().atZone(clock.getZone()).minus(after).toInstant();
    }

    Instant next(Clock clock) {
        return clock.instant().atZone(clock.getZone()).plus(every).toInstant();
    }

    String count() {
        return "select count(*) from " + table + " where " + when;
    }

    /** Changes one batch; rows that somebody else works on wait for the next round. */
    String sql() {
        var rows = " where ctid = any (array(select ctid from " + table + " where " + when + " limit " + BATCH
                + " for update skip locked))";
        return deed == Change.DELETE
                ? "delete from " + table + rows
                : "update " + table + " set "
                        + to.entrySet().stream()
                                .map(one -> one.getKey() + " = " + one.getValue())
                                .collect(Collectors.joining(", "))
                        + rows;
    }

    boolean isFull(long changed) {
        return changed >= BATCH;
    }
}
