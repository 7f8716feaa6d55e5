package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import motette.mail.Outbox;
import motette.people.Person;
import motette.people.Persons;
import motette.shared.Secrets;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in by a mail that carries a link and a code. Whoever asks learns nothing about who has an account. The link signs in
 * once, wherever it is opened; the code signs in only the browser that asked. Of both only hashes stay: the mail that holds
 * them is emptied once it is sent or their time is over.
 */
@Singleton
class SignInLinks {

    static final Duration HOLDS = Duration.ofMinutes(15);

    private static final int MOST_TRIES = 5;
    private static final int CODES = 1_000_000;
    private static final String PURPOSE = "sign-in code";

    private final JdbcOperations jdbc;
    private final Persons people;
    private final SignInLimits limits;
    private final Outbox outbox;
    private final Secrets secrets;
    private final Texts texts;
    private final Clock clock;
    private final String home;
    private final SecureRandom random = new SecureRandom();

    SignInLinks(
            JdbcOperations jdbc,
            Persons people,
            SignInLimits limits,
            Outbox outbox,
            Secrets secrets,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.people = people;
        this.limits = limits;
        this.outbox = outbox;
        this.secrets = secrets;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** Who came back, and where they wanted to go. */
    record Arrival(Person person, String next) {}

    /**
     * Leaves a mail with a new link and code, unless too many went out. Nothing here asks whether the address has an account,
     * so nothing can tell.
     *
     * @param browser secret of the browser that asks; only it can type the code
     */
    @Transactional
    public void send(String address, String next, String browser, Locale language) {
        var allowance = limits.allowance(address);
        if (allowance != SignInLimits.Allowance.NOTHING) {
            var token = RefreshToken.fresh();
            var hash = hash(token);
            var link = home + "/sign-in/link/" + token;
            var minutes = String.valueOf(HOLDS.toMinutes());
            if (allowance == SignInLimits.Allowance.LINK_AND_CODE) {
                var code = "%06d".formatted(random.nextInt(CODES));
                keep(hash, address, next, secrets.hash(PURPOSE, browser + " " + code), hash(browser));
                post(hash, address, language, texts.get(language, "sign-in.mail.text", link, minutes, spaced(code)));
            } else {
                keep(hash, address, next, null, hash(browser));
                post(hash, address, language, texts.get(language, "sign-in.mail.text.link", link, minutes));
            }
        }
    }

    @Transactional(readOnly = true)
    public boolean isOpen(String token) {
        return jdbc.prepareStatement(
                "select from sign_in_links where token_hash = ? and used_at is null and expires_at > ?", statement -> {
                    statement.setBytes(1, hash(token));
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    /** Uses the link up; of two that come at once, one arrives. */
    @Transactional
    public Optional<Arrival> arrive(String token, Locale language) {
        return jdbc.prepareStatement(
                        "update sign_in_links set used_at = ? where token_hash = ? and used_at is null and expires_at"
                                + " > ? returning email, next",
                        statement -> {
                            var now = Timestamp.from(clock.instant());
                            statement.setTimestamp(1, now);
                            statement.setBytes(2, hash(token));
                            statement.setTimestamp(3, now);
                            try (var row = statement.executeQuery()) {
                                return row.next()
                                        ? Optional.of(new String[] {row.getString(1), row.getString(2)})
                                        : Optional.<String[]>empty();
                            }
                        })
                .map(link -> new Arrival(people.at(link[0], language), SignIns.safe(link[1])));
    }

    /**
     * Takes a code that somebody typed. A wrong one counts against the mail that this browser asked for and against nothing
     * else; with the fifth that mail is over, link and all.
     *
     * @param browser secret of the browser that types
     * @param code    six digits
     */
    @Transactional
    public Optional<Arrival> type(String browser, String code, Locale language) {
        return open(hash(browser)).flatMap(open -> {
            var fits = secrets.fits(PURPOSE, browser + " " + code, open.codeHash());
            count(open, fits);
            return fits
                    ? Optional.of(new Arrival(people.at(open.email(), language), SignIns.safe(open.next())))
                    : Optional.empty();
        });
    }

    private record Open(byte[] tokenHash, String email, String next, byte[] codeHash, int tries) {}

    /** The latest mail with a code that a browser asked for, locked, so that tries at once are counted one by one. */
    private Optional<Open> open(byte[] browserHash) {
        return jdbc.prepareStatement("""
            select token_hash, email, next, code_hash, tries from sign_in_links
            where browser_hash = ? and code_hash is not null and used_at is null and expires_at > ? and tries < ?
            order by created_at desc limit 1 for update\
            """, statement -> {
            statement.setBytes(1, browserHash);
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            statement.setInt(3, MOST_TRIES);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Open(
                                row.getBytes(1), row.getString(2), row.getString(3), row.getBytes(4), row.getInt(5)))
                        : Optional.empty();
            }
        });
    }

    private void count(Open open, boolean fits) {
        jdbc.prepareStatement("update sign_in_links set tries = ?, used_at = ? where token_hash = ?", statement -> {
            var tries = fits ? open.tries() : open.tries() + 1;
            statement.setInt(1, tries);
            statement.setTimestamp(2, fits || tries == MOST_TRIES ? Timestamp.from(clock.instant()) : null);
            statement.setBytes(3, open.tokenHash());
            return statement.executeUpdate();
        });
    }

    private void keep(byte[] hash, String address, String next, byte @Nullable [] codeHash, byte[] browserHash) {
        jdbc.prepareStatement(
                "insert into sign_in_links (token_hash, email, next, created_at, expires_at, code_hash, browser_hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    var now = clock.instant();
                    statement.setBytes(1, hash);
                    statement.setString(2, address);
                    statement.setString(3, next);
                    statement.setTimestamp(4, Timestamp.from(now));
                    statement.setTimestamp(5, Timestamp.from(now.plus(HOLDS)));
                    statement.setBytes(6, codeHash);
                    statement.setBytes(7, browserHash);
                    return statement.executeUpdate();
                });
    }

    private void post(byte[] hash, String address, Locale language, String text) {
        outbox.postSecret(
                "sign-in-" + HexFormat.of().formatHex(hash, 0, 12),
                address,
                texts.get(language, "sign-in.mail.subject"),
                text,
                clock.instant().plus(HOLDS));
    }

    /** As people read and type it: 123 456. */
    private static String spaced(String code) {
        return code.substring(0, 3) + " " + code.substring(3);
    }

    private static byte[] hash(String token) {
        return RefreshToken.hash(token);
    }
}
