package motette.residence;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import motette.shared.Sql;

/**
 * What somebody got wrong, counted for their own account and nobody else's: ten thousand wrong codes stop the one who types
 * them and lock nobody out. Called within a transaction that holds the lock on the person.
 */
@Singleton
final class Tries {

    /** What is tried, how often it may go wrong, and how long that counts. */
    enum Kind {
        LETTER(10, Duration.ofDays(1)),
        DESK(30, Duration.ofMinutes(10)),
        REGISTER(5, Duration.ofDays(1));

        final int most;
        final Duration within;

        Kind(int most, Duration within) {
            this.most = most;
            this.within = within;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Sql sql;
    private final Clock clock;

    Tries(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    boolean isExhausted(long personId, Kind kind) {
        return left(personId, kind) <= 0;
    }

    long left(long personId, Kind kind) {
        return kind.most
                - sql.number(
                        "select count(*) from residence_tries where person_id = ? and kind = ? and at > ?",
                        personId,
                        kind.key(),
                        clock.instant().minus(kind.within));
    }

    void count(long personId, Kind kind) {
        sql.change(
                "insert into residence_tries (person_id, kind, at) values (?, ?, ?)",
                personId,
                kind.key(),
                clock.instant());
    }

    int forget() {
        return sql.change(
                "delete from residence_tries where at < ?", clock.instant().minus(Duration.ofDays(1)));
    }
}
