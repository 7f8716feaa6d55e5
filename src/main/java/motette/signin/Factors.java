package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/**
 * What somebody can show beside their mailbox, and the rules by which that changes. Whoever holds a role decides for others,
 * so a stolen mailbox alone must neither add nor remove a factor of theirs: the first one is added soon after signing in,
 * every further change asks for one that is there, and the last one stays.
 */
@Singleton
public class Factors {

    /** How long after signing in somebody with a role may add their first factor. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private static final String HERE = "/me/second-factor";

    private final JdbcOperations jdbc;
    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Clock clock;

    Factors(JdbcOperations jdbc, Roles roles, SecondFactor secondFactor, Clock clock) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.clock = clock;
    }

    /**
     * What somebody has.
     *
     * @param passkeys how many that work
     * @param app      whether an authenticator app shows codes for them
     * @param codes    how many recovery codes are left
     */
    record Held(int passkeys, boolean app, int codes) {

        /** Whether a second factor is set up; recovery codes only stand in for one. */
        boolean any() {
            return passkeys > 0 || app;
        }
    }

    @Transactional(readOnly = true)
    public Held of(long personId) {
        return jdbc.prepareStatement("""
            select (select count(*) from passkeys where person_id = p.id and cloned_at is null),
                   exists (select from authenticator_apps where person_id = p.id),
                   (select count(*) from recovery_codes where person_id = p.id and used_on is null)
            from (select ?::bigint as id) p\
            """, statement -> {
            statement.setLong(1, personId);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Held(row.getInt(1), row.getBoolean(2), row.getInt(3));
            }
        });
    }

    /** Whether somebody decides or moves money today, and so needs a second factor. */
    boolean isStaff(long personId) {
        return !roles.running(personId).isEmpty();
    }

    /** Why nobody may add a factor to this sign-in's person now; residents may at any time. */
    @Transactional(readOnly = true)
    public Optional<Refusal> addRefusal(Visitor visitor) {
        if (!isStaff(visitor.personId()) || visitor.isStrong(clock.instant())) {
            return Optional.empty();
        } else if (of(visitor.personId()).any()) {
            return Optional.of(Refusal.of("factors.refusal.confirm")
                    .withWayOut("/sign-in/confirm?next=" + HERE, "second-factor.missing.way-out"));
        } else if (isFresh(visitor)) {
            return Optional.empty();
        } else {
            return Optional.of(Refusal.of("factors.refusal.fresh", FRESH.toMinutes())
                    .withWayOut("/sign-in?next=" + HERE, "factors.refusal.fresh.way-out"));
        }
    }

    /**
     * Why this factor may not go: somebody with a role keeps at least one, and shows one before.
     *
     * @param works whether it is one that still works
     */
    @Transactional(readOnly = true)
    public Optional<Refusal> removalRefusal(Visitor visitor, boolean works) {
        var held = of(visitor.personId());
        if (!isStaff(visitor.personId())) {
            return Optional.empty();
        } else if (works && held.passkeys() + (held.app() ? 1 : 0) < 2) {
            return Optional.of(Refusal.of("factors.refusal.last").withWayOut(HERE, "factors.refusal.last.way-out"));
        } else {
            return secondFactor.refusal(visitor);
        }
    }

    /** Takes away everything but the mailbox, recovery codes and linked accounts too. @return how many things went */
    @Transactional(propagation = Propagation.MANDATORY)
    public int removeAll(long personId) {
        return jdbc.prepareStatement("""
            with keys as (delete from passkeys where person_id = ? returning 1),
                 apps as (delete from authenticator_apps where person_id = ? returning 1),
                 codes as (delete from recovery_codes where person_id = ? returning 1),
                 others as (delete from identities where person_id = ?)
            select (select count(*) from keys) + (select count(*) from apps) + (select count(*) from codes)\
            """, statement -> {
            statement.setLong(1, personId);
            statement.setLong(2, personId);
            statement.setLong(3, personId);
            statement.setLong(4, personId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** Changes of one person's factors follow each other: two that come at once do not each see the other's as the last one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(long personId) {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtextextended('factors of ' || ?, 0))", statement -> {
            statement.setLong(1, personId);
            return statement.execute();
        });
    }

    private boolean isFresh(Visitor visitor) {
        return jdbc.prepareStatement("select from sign_ins where id = ? and started_at > ?", statement -> {
            statement.setLong(1, visitor.signIn());
            statement.setTimestamp(2, Timestamp.from(clock.instant().minus(FRESH)));
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        });
    }
}
