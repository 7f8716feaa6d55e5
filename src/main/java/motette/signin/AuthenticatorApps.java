package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.KeptSecrets;
import motette.shared.Refused;
import motette.shared.Secrets;

/**
 * Authenticator apps that show codes by time, one a person. The secret is shown while the app is set up and never again; a
 * code from the app confirms it. Setting up another app replaces the former once that is confirmed.
 */
@Singleton
class AuthenticatorApps {

    static final Duration SETUP_HOLDS = Duration.ofMinutes(15);

    private final JdbcOperations jdbc;
    private final Secrets secrets;
    private final Factors factors;
    private final WrongCodes wrongCodes;
    private final RecoveryCodes recoveryCodes;
    private final FactorNotice notice;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AuthenticatorApps(
            JdbcOperations jdbc,
            KeptSecrets kept,
            Factors factors,
            WrongCodes wrongCodes,
            RecoveryCodes recoveryCodes,
            FactorNotice notice,
            Clock clock) {
        this.jdbc = jdbc;
        this.secrets = kept.of("factors");
        this.factors = factors;
        this.wrongCodes = wrongCodes;
        this.recoveryCodes = recoveryCodes;
        this.notice = notice;
        this.clock = clock;
    }

    /** What came of a typed code. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Too many wrong ones; nothing was compared. */
        WAIT,
        /** There is nothing to compare with: not set up, or the setup took too long. */
        NOTHING
    }

    /** Begins to set up an app, anew each time. @return the secret for the app */
    @Transactional
    public byte[] begin(Visitor visitor) {
        factors.addRefusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        jdbc.prepareStatement("""
            insert into authenticator_setups (person_id, sealed, expires_at) values (?, ?, ?)
            on conflict (person_id) do update set sealed = excluded.sealed, expires_at = excluded.expires_at\
            """, statement -> {
            statement.setLong(1, visitor.personId());
            statement.setBytes(2, secrets.seal(purpose(visitor.personId()), secret));
            statement.setTimestamp(3, Timestamp.from(clock.instant().plus(SETUP_HOLDS)));
            return statement.executeUpdate();
        });
        return secret;
    }

    /** The secret that waits for its first code, while it does. */
    @Transactional(readOnly = true)
    public Optional<byte[]> waiting(long personId) {
        return jdbc.prepareStatement(
                        "select sealed from authenticator_setups where person_id = ? and expires_at > ?", statement -> {
                            statement.setLong(1, personId);
                            statement.setTimestamp(2, Timestamp.from(clock.instant()));
                            try (var row = statement.executeQuery()) {
                                return row.next() ? Optional.of(row.getBytes(1)) : Optional.<byte[]>empty();
                            }
                        })
                .flatMap(kept -> secrets.open(purpose(personId), kept));
    }

    /** The first code of an app shows that it was set up well; from now on its codes count. */
    @Transactional
    public Verdict finish(Visitor visitor, String typed) {
        var personId = visitor.personId();
        factors.lock(personId);
        factors.addRefusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var secret = waiting(personId);
        if (secret.isEmpty()) {
            return Verdict.NOTHING;
        } else if (!wrongCodes.mayTry(personId)) {
            return Verdict.WAIT;
        }
        var step = Totp.match(secret.get(), digits(typed), clock.instant(), 0);
        if (step.isPresent()) {
            keep(personId, step.getAsLong());
            notice.tell(personId, FactorNotice.Event.APP_ADDED, "person:" + personId);
            return Verdict.RIGHT;
        } else {
            return wrong(personId);
        }
    }

    /** Compares a code with the app's; each is taken once. */
    @Transactional
    public Verdict check(long personId, String typed) {
        factors.lock(personId);
        var app = app(personId);
        if (app.isEmpty()) {
            return Verdict.NOTHING;
        } else if (!wrongCodes.mayTry(personId)) {
            return Verdict.WAIT;
        }
        var step = Totp.match(
                app.get().secret(), digits(typed), clock.instant(), app.get().lastStep());
        if (step.isPresent()) {
            use(personId, step.getAsLong());
            return Verdict.RIGHT;
        } else {
            return wrong(personId);
        }
    }

    /** Uses a recovery code up instead. */
    @Transactional
    public Verdict recover(long personId, String typed) {
        factors.lock(personId);
        if (factors.of(personId).codes() == 0) {
            return Verdict.NOTHING;
        } else if (!wrongCodes.mayTry(personId)) {
            return Verdict.WAIT;
        } else {
            return recoveryCodes.use(personId, typed) ? Verdict.RIGHT : wrong(personId);
        }
    }

    /** @return whether there was one */
    @Transactional
    public boolean remove(Visitor visitor) {
        var personId = visitor.personId();
        factors.lock(personId);
        if (!factors.of(personId).app()) {
            return false;
        }
        factors.removalRefusal(visitor, true).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        jdbc.prepareStatement("delete from authenticator_apps where person_id = ?", statement -> {
            statement.setLong(1, personId);
            return statement.executeUpdate();
        });
        recoveryCodes.removeWithTheLast(personId);
        notice.tell(personId, FactorNotice.Event.APP_REMOVED, "person:" + personId);
        return true;
    }

    @Transactional
    public int forget() {
        return jdbc.prepareStatement("delete from authenticator_setups where expires_at < ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            return statement.executeUpdate();
        });
    }

    private record App(byte[] secret, long lastStep) {}

    private Optional<App> app(long personId) {
        return jdbc.prepareStatement(
                "select sealed, last_step from authenticator_apps where person_id = ?", statement -> {
                    statement.setLong(1, personId);
                    try (var row = statement.executeQuery()) {
                        if (row.next()) {
                            long last = row.getLong(2);
                            return secrets.open(purpose(personId), row.getBytes(1))
                                    .map(secret -> new App(secret, last));
                        } else {
                            return Optional.empty();
                        }
                    }
                });
    }

    private void keep(long personId, long step) {
        jdbc.prepareStatement("""
            with done as (delete from authenticator_setups where person_id = ? returning person_id, sealed)
            insert into authenticator_apps (person_id, sealed, last_step, added_at, last_used_on)
            select person_id, sealed, ?, ?, ? from done
            on conflict (person_id) do update set sealed = excluded.sealed, last_step = excluded.last_step,
                added_at = excluded.added_at, last_used_on = excluded.last_used_on\
            """, statement -> {
            statement.setLong(1, personId);
            statement.setLong(2, step);
            statement.setTimestamp(3, Timestamp.from(clock.instant()));
            statement.setDate(4, Date.valueOf(LocalDate.now(clock)));
            return statement.executeUpdate();
        });
    }

    private void use(long personId, long step) {
        jdbc.prepareStatement(
                "update authenticator_apps set last_step = ?, last_used_on = ? where person_id = ?", statement -> {
                    statement.setLong(1, step);
                    statement.setDate(2, Date.valueOf(LocalDate.now(clock)));
                    statement.setLong(3, personId);
                    return statement.executeUpdate();
                });
    }

    private Verdict wrong(long personId) {
        wrongCodes.count(personId);
        if (!wrongCodes.mayTry(personId)) {
            notice.tell(personId, FactorNotice.Event.TRIES_OVER, "person:" + personId);
        }
        return Verdict.WRONG;
    }

    /** As apps and people write them: "123 456". */
    private static String digits(String typed) {
        return typed.replaceAll("[\\s\\u00A0-]", "");
    }

    private static String purpose(long personId) {
        return "authenticator app of person " + personId;
    }
}
