package motette.notifications;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.people.Visitor;
import motette.shared.KeptSecrets;
import motette.shared.Languages;
import motette.shared.Secrets;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Following a place: signed in, or with an address that confirms it. One mail a week at most, and one click ends all of it,
 * without a sign-in. Whoever asks for an address learns nothing about who follows already.
 */
@Singleton
class Watches {

    /** How long the link that confirms holds; register.yml forgets what nobody confirmed by then. */
    static final Duration CONFIRM_WITHIN = Duration.ofDays(7);

    /** So many unconfirmed at once: nobody fills the mailbox of somebody else. */
    private static final int MOST_UNCONFIRMED = 5;

    private final JdbcOperations jdbc;
    private final Outbox outbox;
    private final Audit audit;
    private final Texts texts;
    private final Clock clock;
    private final String home;
    private final Secrets secrets;
    private final SecureRandom random = new SecureRandom();

    Watches(
            JdbcOperations jdbc,
            Outbox outbox,
            Audit audit,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home,
            KeptSecrets kept) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
        this.secrets = kept.of("watches");
    }

    /**
     * A place one can follow.
     *
     * @param quarterKey  null for a whole district
     * @param districtKey null for a quarter
     */
    record Place(@Nullable String quarterKey, @Nullable String districtKey, String name) {}

    @Introspected
    record Watch(long id, String place) {}

    /** Twice is once. */
    @Transactional
    void follow(Visitor visitor, Place place, Locale language) {
        int added = insert(visitor.personId(), null, place, language, null, endToken("person " + visitor.personId()));
        if (added == 1) {
            audit.record(visitor.personId(), "watch.beginning", "person:" + visitor.personId(), "");
        }
    }

    /** Leaves a mail with a link that confirms, unless this address follows the place or was asked not long ago. */
    @Transactional
    void ask(String address, Place place, Locale language) {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtextextended('watch ' || ?, 0))", statement -> {
            statement.setString(1, address);
            return statement.execute();
        });
        var token = token();
        if (unconfirmed(address) < MOST_UNCONFIRMED
                && insert(0, address, place, language, token, endToken(address)) == 1) {
            outbox.postSecret(
                    "watch-" + token.substring(0, 12),
                    address,
                    texts.get(language, "watch.confirm.mail.subject", place.name()),
                    texts.get(
                            language,
                            "watch.confirm.mail.text",
                            place.name(),
                            home + "/watches/confirmation/" + token,
                            CONFIRM_WITHIN.toDays()),
                    clock.instant().plus(CONFIRM_WITHIN));
        }
    }

    /** Whether the link still confirms. Looking changes nothing. */
    @Connectable
    boolean isOpen(String token) {
        return jdbc.prepareStatement("select from watches where confirm_hash = ? and asked_at > ?", statement -> {
            statement.setBytes(1, sha256(token));
            statement.setTimestamp(2, Timestamp.from(clock.instant().minus(CONFIRM_WITHIN)));
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    /** Of two that come at once, one confirms. */
    @Transactional
    boolean confirm(String token) {
        return jdbc.prepareStatement(
                "update watches set confirmed_at = ?, confirm_hash = null where confirm_hash = ? and asked_at > ?",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant()));
                    statement.setBytes(2, sha256(token));
                    statement.setTimestamp(3, Timestamp.from(clock.instant().minus(CONFIRM_WITHIN)));
                    return statement.executeUpdate() == 1;
                });
    }

    @Connectable
    List<Watch> of(Visitor visitor) {
        return jdbc.prepareStatement("""
            select w.id, coalesce(q.name, d.name) from watches w
            left join quarters q on q.key = w.quarter_key left join districts d on d.key = w.district_key
            where w.person_id = ? order by 2\
            """, statement -> {
            statement.setLong(1, visitor.personId());
            var watches = new ArrayList<Watch>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    watches.add(new Watch(rows.getLong(1), rows.getString(2)));
                }
            }
            return List.copyOf(watches);
        });
    }

    /** Ends one of one's own. */
    @Transactional
    void end(long id, Visitor visitor) {
        int ended = jdbc.prepareStatement("delete from watches where id = ? and person_id = ?", statement -> {
            statement.setLong(1, id);
            statement.setLong(2, visitor.personId());
            return statement.executeUpdate();
        });
        if (ended == 1) {
            audit.record(visitor.personId(), "watch.end", "person:" + visitor.personId(), "");
        }
    }

    /** Ends everything that the recipient of a mail follows, by account and by address; doing it again changes nothing. */
    @Transactional
    void endAll(String token) {
        jdbc.prepareStatement("""
            with reader as (select coalesce(p.email, w.email) as email from watches w left join persons p on p.id = w.person_id
                             where w.end_hash = ?)
            delete from watches where email in (select email from reader)
                or person_id in (select p.id from persons p join reader on reader.email = p.email)
                or end_hash = ?\
            """, statement -> {
            statement.setBytes(1, sha256(token));
            statement.setBytes(2, sha256(token));
            return statement.executeUpdate();
        });
    }

    /** Address that ends all news of this recipient. */
    String endAddress(@Nullable Long personId, String email) {
        return home + "/watches/end/" + endToken(personId == null ? email : "person " + personId);
    }

    /** @return 1 when the place was not followed before */
    private int insert(
            long personId,
            @Nullable String email,
            Place place,
            Locale language,
            @Nullable String confirmToken,
            String endToken) {
        return jdbc.prepareStatement(
                "insert into watches (person_id, email, quarter_key, district_key, language, confirm_hash, end_hash,"
                        + " asked_at, confirmed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (person_id, email,"
                        + " quarter_key, district_key) do update set confirm_hash = excluded.confirm_hash, asked_at ="
                        + " excluded.asked_at where watches.confirmed_at is null and watches.asked_at < ?",
                statement -> {
                    var now = clock.instant();
                    statement.setObject(1, personId == 0 ? null : personId, Types.BIGINT);
                    statement.setObject(2, email, Types.VARCHAR);
                    statement.setObject(3, place.quarterKey(), Types.VARCHAR);
                    statement.setObject(4, place.districtKey(), Types.VARCHAR);
                    statement.setString(5, Languages.tag(language));
                    statement.setBytes(6, confirmToken == null ? null : sha256(confirmToken));
                    statement.setBytes(7, sha256(endToken));
                    statement.setTimestamp(8, Timestamp.from(now));
                    statement.setTimestamp(9, confirmToken == null ? Timestamp.from(now) : null);
                    statement.setTimestamp(10, Timestamp.from(now.minus(Duration.ofDays(1))));
                    return statement.executeUpdate();
                });
    }

    private int unconfirmed(String address) {
        return jdbc.prepareStatement(
                "select count(*) from watches where email = ? and confirmed_at is null", statement -> {
                    statement.setString(1, address);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    private String token() {
        var secret = new byte[32];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Links in mails that were sent long ago end what they say, whatever became of the secret since. */
    private String endToken(String recipient) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.hash("end", recipient));
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which place a form means: "q" or "d", a colon and a key. */
    static Optional<String[]> parts(String typed) {
        return typed.matches("[qd]:.{1,40}") ? Optional.of(typed.split(":", 2)) : Optional.empty();
    }
}
