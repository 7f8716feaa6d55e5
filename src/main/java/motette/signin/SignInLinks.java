package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.mail.Outbox;
import motette.people.Person;
import motette.people.Persons;
import motette.shared.Texts;

/**
 * Sign-in by a link in a mail. Whoever asks learns nothing about who has an account; whoever has the link signs in once.
 * Of the secret only a hash stays: the mail that holds it is emptied once it is sent or the link has ended.
 */
@Singleton
class SignInLinks {

    static final Duration HOLDS = Duration.ofMinutes(15);

    private static final int MOST_OPEN = 5;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Pattern ADDRESS = Pattern.compile(
            "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

    private final JdbcOperations jdbc;
    private final Persons people;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;
    private final int mostPerMinute;
    private final SecureRandom random = new SecureRandom();

    SignInLinks(
            JdbcOperations jdbc,
            Persons people,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home,
            @Value("${motette.sign-in-links-per-minute}") int mostPerMinute) {
        this.jdbc = jdbc;
        this.people = people;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
        this.mostPerMinute = mostPerMinute;
    }

    /** Who came back by a link, and where they wanted to go. */
    record Arrival(Person person, String next) {}

    /** The address as we keep it; empty when no mail could reach it. */
    static Optional<String> address(String typed) {
        var address = typed.strip().toLowerCase(Locale.ROOT);
        return address.length() <= 254 && ADDRESS.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }

    /** Leaves a mail with a new link, unless this address holds enough of them or the whole site sends too many. */
    @Transactional
    public void send(String address, String next, Locale language) {
        lock(address);
        if (openLinks(address) < MOST_OPEN && linksOfTheMinute() < mostPerMinute) {
            var secret = new byte[32];
            random.nextBytes(secret);
            var token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            var hash = hash(token);
            keep(hash, address, next);
            outbox.postSecret(
                    "sign-in-" + HexFormat.of().formatHex(hash, 0, 12),
                    address,
                    texts.get(language, "sign-in.mail.subject"),
                    texts.get(
                            language,
                            "sign-in.mail.text",
                            home + "/sign-in/link/" + token,
                            String.valueOf(HOLDS.toMinutes())),
                    clock.instant().plus(HOLDS));
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

    /** Requests for one address follow each other, so that the limit holds when many come at once. */
    private void lock(String address) {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtextextended('sign-in ' || ?, 0))", statement -> {
            statement.setString(1, address);
            return statement.execute();
        });
    }

    private int openLinks(String address) {
        return jdbc.prepareStatement(
                "select count(*) from sign_in_links where email = ? and used_at is null and expires_at > ?",
                statement -> {
                    statement.setString(1, address);
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    private int linksOfTheMinute() {
        return jdbc.prepareStatement("select count(*) from sign_in_links where created_at > ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant().minus(Duration.ofMinutes(1))));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    @Transactional
    public int forget() {
        return jdbc.prepareStatement("delete from sign_in_links where expires_at < ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant().minus(KEPT)));
            return statement.executeUpdate();
        });
    }

    private void keep(byte[] hash, String address, String next) {
        jdbc.prepareStatement(
                "insert into sign_in_links (token_hash, email, next, created_at, expires_at) values (?, ?, ?, ?, ?)",
                statement -> {
                    var now = clock.instant();
                    statement.setBytes(1, hash);
                    statement.setString(2, address);
                    statement.setString(3, next);
                    statement.setTimestamp(4, Timestamp.from(now));
                    statement.setTimestamp(5, Timestamp.from(now.plus(HOLDS)));
                    return statement.executeUpdate();
                });
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
