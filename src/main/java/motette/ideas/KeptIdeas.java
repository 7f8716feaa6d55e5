package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import motette.limits.Suspicion;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Ideas that a device kept while it had no net, and sends later. The device made a key for each; whatever is sent with a key,
 * however often and from however many tabs, becomes one idea or one draft. The draft follows from the key, so its row is what the
 * second of two sendings waits for, and the code of a guest is the same at each repetition.
 */
@Singleton
class KeptIdeas {

    /** 32 bytes in Base64 for addresses (RFC 4648, 5). */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Field of a draft: so many of its photos, the first ones, are from the draft begun online and not from the device. */
    private static final String CARRIED = "carried";

    private final JdbcOperations jdbc;
    private final Drafts drafts;
    private final Photos photos;
    private final IdeaService service;
    private final Guests guests;
    private final Clock clock;

    KeptIdeas(JdbcOperations jdbc, Drafts drafts, Photos photos, IdeaService service, Guests guests, Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.photos = photos;
        this.service = service;
        this.guests = guests;
        this.clock = clock;
    }

    /**
     * What a device sends.
     *
     * @param key       made by the device, see {@link #isKey}
     * @param fields    what was typed, by the names of {@link Draft}
     * @param continues the draft that was begun online and written on without net
     * @param ticket    of the draft that this browser has at present; empty for none
     * @param photos    encoded already: that takes seconds, during which no connection is held
     */
    record Sending(
            String key, Map<String, String> fields, Optional<UUID> continues, String ticket, List<Photo> photos) {

        /** What proves that the draft begun online is theirs; empty when it is not, or there was none. */
        String begun() {
            return continues.isPresent() && continues.equals(Drafts.idOf(ticket)) ? ticket : "";
        }

        /** Without key and words: this may end up in a log. */
        @Override
        public String toString() {
            return "Sending[" + photos.size() + " photos]";
        }
    }

    record Photo(PhotoEncoder.Encoded encoded, String alt) {}

    static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /** The draft that what is sent with this key becomes. */
    static UUID draftOf(String key) {
        return draft(key, Map.of()).id();
    }

    /** The number of the idea that was handed in with this key; empty when none was. */
    @Connectable
    Optional<Long> numberOf(String key) {
        return jdbc.prepareStatement("""
            select idea_number from idea_sendings where key_hash = ? union all select number from ideas where draft_id = ? limit 1\
            """, statement -> {
            statement.setBytes(1, sha256(key));
            statement.setObject(2, draftOf(key));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        });
    }

    /** The code of the idea that a guest handed in with this key; empty when it belongs to an account. */
    @Connectable
    Optional<LookUpCode> codeOf(String key) {
        return guests.codeOf(draft(key, Map.of()).ticket());
    }

    /**
     * Hands it in, in one transaction with its photos and its key. Sent again, by whomever, it is the same idea.
     *
     * @param address of a guest who wants the news, in its kept form; null for none
     * @param mayMail whether the address may be asked now whether it is theirs
     * @throws Refused when something is missing, or the rules say no; nothing is kept then and the key is free
     */
    @Transactional
    long handIn(
            Sending sending,
            Visitor visitor,
            @Nullable String address,
            boolean mayMail,
            Locale locale,
            Set<Suspicion> suspicions) {
        var draft = claim(sending);
        var before = numberOf(sending.key()).or(() -> continuedBefore(sending, visitor));
        if (before.isPresent()) {
            drafts.discard(draft);
            return before.get();
        } else {
            fill(draft, sending);
            var handedIn = visitor.isSignedIn()
                    ? service.handIn(draft.ticket(), visitor, Languages.writtenIn(locale), suspicions)
                    : guests.handIn(draft.ticket(), address, mayMail, locale, suspicions);
            long number = handedIn.orElseThrow(() -> new Refused(Refusal.of("offline.incomplete")))
                    .number();
            jdbc.prepareStatement(
                    "insert into idea_sendings (key_hash, idea_number, received_at) values (?, ?, ?)", statement -> {
                        statement.setBytes(1, sha256(sending.key()));
                        statement.setLong(2, number);
                        statement.setTimestamp(3, Timestamp.from(clock.instant()));
                        return statement.executeUpdate();
                    });
            return number;
        }
    }

    /** Makes it a draft, to be looked at and handed in as any other; empty when it was handed in already. */
    @Transactional
    Optional<Draft> toDraft(Sending sending, Visitor visitor) {
        var draft = claim(sending);
        if (numberOf(sending.key()).or(() -> continuedBefore(sending, visitor)).isPresent()) {
            drafts.discard(draft);
            return Optional.empty();
        } else {
            return Optional.of(fill(draft, sending));
        }
    }

    /** Whoever comes second waits here until the first is done. */
    private Draft claim(Sending sending) {
        return drafts.save(draft(sending.key(), Map.of()), sending.fields());
    }

    /** What the device sends now stands; of the draft begun online come the photos, and which idea it revises. */
    private Draft fill(Draft draft, Sending sending) {
        var carried = drafts.take(draft.ticket())
                .map(stored -> stored.get(CARRIED))
                .filter(count -> !count.isEmpty())
                .map(Integer::parseInt)
                .orElse(0);
        photos.removeFrom(draft.id(), carried);
        var more = new HashMap<String, String>();
        drafts.take(sending.begun()).ifPresent(begun -> {
            if (!begun.id().equals(draft.id())) {
                more.put(CARRIED, String.valueOf(photos.moveToDraft(begun.id(), draft.id())));
                List.of(Draft.REVISES, Draft.DROPPED).forEach(field -> {
                    if (begun.has(field)) {
                        more.put(field, begun.get(field));
                    }
                });
                drafts.discard(begun);
            }
        });
        var filled = more.isEmpty() ? draft : drafts.save(draft, more);
        sending.photos().forEach(photo -> photos.keep(draft.id(), photo.encoded(), photo.alt()));
        return filled;
    }

    /** The draft begun online was handed in meanwhile, from another tab. */
    private Optional<Long> continuedBefore(Sending sending, Visitor visitor) {
        return sending.continues().flatMap(id -> service.numberOf(id, visitor));
    }

    private static Draft draft(String key, Map<String, String> fields) {
        var id = Arrays.copyOf(sha256("draft of " + key), 16);
        var secret = Arrays.copyOf(sha256("secret of " + key), 24);
        return new Draft(uuid(id), Base64.getUrlEncoder().withoutPadding().encodeToString(secret), Map.copyOf(fields));
    }

    private static UUID uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
