package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import motette.people.Visitor;
import motette.shared.KeptSecrets;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Secrets;

/** Ten codes on paper for the day when a device is lost: 50 bits each, once each, shown once. */
@Singleton
class RecoveryCodes {

    static final int COUNT = 10;

    /** Crockford's base 32: no letter looks like a digit, none spells words by accident. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 10;

    private final JdbcOperations jdbc;
    private final Secrets secrets;
    private final Factors factors;
    private final FactorNotice notice;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RecoveryCodes(JdbcOperations jdbc, KeptSecrets kept, Factors factors, FactorNotice notice, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = kept.of("factors");
        this.factors = factors;
        this.notice = notice;
        this.clock = clock;
    }

    /**
     * Makes new ones; the former are worth nothing from now on.
     *
     * @return as people read them, "K7QM2-XPA4T"; never again
     */
    @Transactional
    public List<String> replace(Visitor visitor) {
        var personId = visitor.personId();
        factors.lock(personId);
        factors.addRefusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        if (!factors.of(personId).any()) {
            throw new Refused(
                    Refusal.of("factors.refusal.none").withWayOut("/me/second-factor", "factors.refusal.last.way-out"));
        }
        jdbc.prepareStatement("delete from recovery_codes where person_id = ?", statement -> {
            statement.setLong(1, personId);
            return statement.executeUpdate();
        });
        var codes = fresh();
        jdbc.prepareStatement(
                "insert into recovery_codes (person_id, code_hash, added_at) values (?, ?, ?)", statement -> {
                    for (var code : codes) {
                        statement.setLong(1, personId);
                        statement.setBytes(2, secrets.hash(purpose(personId), clean(code)));
                        statement.setTimestamp(3, Timestamp.from(clock.instant()));
                        statement.addBatch();
                    }
                    return statement.executeBatch();
                });
        notice.tell(personId, FactorNotice.Event.CODES_MADE, "person:" + personId);
        return codes;
    }

    /** Uses a code up. @return whether it was one that worked */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean use(long personId, String typed) {
        var code = clean(typed);
        return unused(personId).stream()
                .filter(hash -> secrets.fits(purpose(personId), code, hash))
                .findFirst()
                .map(hash -> markUsed(personId, hash))
                .orElse(false);
    }

    /** Whoever has no factor needs nothing that stands in for one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void removeWithTheLast(long personId) {
        if (!factors.of(personId).any()) {
            jdbc.prepareStatement("delete from recovery_codes where person_id = ?", statement -> {
                statement.setLong(1, personId);
                return statement.executeUpdate();
            });
        }
    }

    private List<byte[]> unused(long personId) {
        return jdbc.prepareStatement(
                "select code_hash from recovery_codes where person_id = ? and used_on is null", statement -> {
                    statement.setLong(1, personId);
                    var hashes = new ArrayList<byte[]>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            hashes.add(rows.getBytes(1));
                        }
                    }
                    return hashes;
                });
    }

    private boolean markUsed(long personId, byte[] hash) {
        boolean used = jdbc.prepareStatement(
                        "update recovery_codes set used_on = ? where person_id = ? and code_hash = ? and used_on is"
                                + " null",
                        statement -> {
                            statement.setDate(1, Date.valueOf(LocalDate.now(clock)));
                            statement.setLong(2, personId);
                            statement.setBytes(3, hash);
                            return statement.executeUpdate();
                        })
                > 0;
        if (used) {
            notice.tell(personId, FactorNotice.Event.CODE_USED, "person:" + personId);
        }
        return used;
    }

    private List<String> fresh() {
        var codes = new ArrayList<String>();
        for (int i = 0; i < COUNT; i++) {
            var code = new StringBuilder();
            for (int letter = 0; letter < LENGTH; letter++) {
                code.append(letter == LENGTH / 2 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            codes.add(code.toString());
        }
        return List.copyOf(codes);
    }

    /** What was read from paper: small letters, spaces, and an O or I where none can be. */
    private static String clean(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[^0-9A-Z]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    private static String purpose(long personId) {
        return "recovery code of person " + personId;
    }
}
