package motette.ideas;

import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Drafts live on the server and are found again by a cookie of the device, with or without a sign-in. */
@Singleton
class Drafts {

    static final Duration KEPT = Duration.ofDays(30);

    /** A field longer than this is cut; the form says so long before. */
    private static final int LONGEST_FIELD = 8_000;

    private static final Pattern TICKET =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[A-Za-z0-9_-]{32}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcOperations jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Drafts(JdbcOperations jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** A new draft, not stored before its first {@link #save}. */
    Draft begin(Map<String, String> fields) {
        var secret = new byte[24];
        RANDOM.nextBytes(secret);
        return new Draft(
                UUID.randomUUID(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret), Map.copyOf(fields));
    }

    /** The draft of a cookie; empty when it is unknown, handed in or too old. */
    @Transactional(readOnly = true)
    Optional<Draft> find(String ticket) {
        return read(ticket, "");
    }

    /** The draft of a cookie, locked until the transaction ends; empty when it was handed in already. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Draft> take(String ticket) {
        return read(ticket, " for update");
    }

    /** The id that a ticket names; empty when it is no ticket. Only its secret proves that the draft is theirs. */
    static Optional<UUID> idOf(String ticket) {
        return TICKET.matcher(ticket).matches()
                ? Optional.of(UUID.fromString(ticket.substring(0, 36)))
                : Optional.empty();
    }

    private Optional<Draft> read(String ticket, String lock) {
        return idOf(ticket)
                .flatMap(id -> jdbc.prepareStatement(
                        "select fields from idea_drafts where id = ? and secret_hash = ? and changed_at > ?" + lock,
                        statement -> {
                            var secret = ticket.substring(37);
                            statement.setObject(1, id);
                            statement.setBytes(2, hash(secret));
                            statement.setTimestamp(
                                    3, Timestamp.from(clock.instant().minus(KEPT)));
                            try (var row = statement.executeQuery()) {
                                return row.next()
                                        ? Optional.of(new Draft(id, secret, read(row.getString(1))))
                                        : Optional.empty();
                            }
                        }));
    }

    /**
     * Whether the draft of a cookie was begun less than so long ago. One that revises an idea was written before: it is not young.
     */
    @Transactional(readOnly = true)
    boolean isYounger(String ticket, Duration age) {
        return idOf(ticket).stream()
                .anyMatch(id -> jdbc.prepareStatement(
                        "select from idea_drafts where id = ? and created_at > ? and fields ->> '" + Draft.REVISES
                                + "' is null",
                        statement -> {
                            statement.setObject(1, id);
                            statement.setTimestamp(
                                    2, Timestamp.from(clock.instant().minus(age)));
                            try (var row = statement.executeQuery()) {
                                return row.next();
                            }
                        }));
    }

    /** Stores what is typed; fields that are not sent stay as they were. */
    @Transactional
    Draft save(Draft draft, Map<String, String> changes) {
        var changed = draft.with(cut(changes));
        jdbc.prepareStatement(
                "insert into idea_drafts (id, secret_hash, fields, created_at, changed_at) values (?, ?, ?::jsonb, ?,"
                        + " ?) on conflict (id) do update set fields = idea_drafts.fields || ?::jsonb, changed_at ="
                        + " excluded.changed_at",
                statement -> {
                    var now = Timestamp.from(clock.instant());
                    statement.setObject(1, draft.id());
                    statement.setBytes(2, hash(draft.secret()));
                    statement.setString(3, write(changed.fields()));
                    statement.setTimestamp(4, now);
                    statement.setTimestamp(5, now);
                    statement.setString(6, write(cut(changes)));
                    return statement.executeUpdate();
                });
        return changed;
    }

    @Transactional
    void discard(Draft draft) {
        delete(draft.id());
    }

    void delete(UUID id) {
        jdbc.prepareStatement("delete from idea_drafts where id = ?", statement -> {
            statement.setObject(1, id);
            return statement.executeUpdate();
        });
    }

    private static Map<String, String> cut(Map<String, String> fields) {
        var cut = new java.util.HashMap<String, String>();
        fields.forEach((name, value) -> {
            cut.put(name, Typed.cut(value, LONGEST_FIELD));
        });
        return cut;
    }

    private Map<String, String> read(String fields) {
        try {
            return json.readValue(fields, Argument.mapOf(String.class, String.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Map<String, String> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
