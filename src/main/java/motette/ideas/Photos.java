package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Photos of ideas: they are added to a draft and move with it to the idea. The draft of a revision has the photos of its idea
 * too; one removed there stays with the idea until the draft is handed in. A deed names the draft it acts on; that the
 * draft belongs to whoever asks is checked by its cookie before.
 */
@Singleton
public class Photos {

    /** Photos of one draft or idea. */
    public static final int MOST = 5;

    /** The photos that an idea would have if the draft were handed in now; one parameter. */
    private static final String OF_DRAFT =
            "from idea_drafts d join photos p on p.draft_id = d.id or p.idea_number = nullif(d.fields ->> '"
                    + Draft.REVISES
                    + "', '')::bigint and p.id::text <> all (string_to_array(coalesce(d.fields ->> '" + Draft.DROPPED
                    + "', ''), ',')) where d.id = ?";

    /** Widths in points that an address can ask for. */
    public static final List<Integer> WIDTHS = PhotoEncoder.WIDTHS;

    private static final int LONGEST_ALT = 200;

    private final JdbcOperations jdbc;
    private final PhotoEncoder encoder;
    private final IdeaRights rights;
    private final Clock clock;

    Photos(JdbcOperations jdbc, PhotoEncoder encoder, IdeaRights rights, Clock clock) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * A photo as lists and forms show it.
     *
     * @param width points of the largest rendition, for the place it takes on the page
     */
    @Introspected
    public record Photo(UUID id, String alt, int width, int height) {

        public String path(int width) {
            return Photos.path(id, width);
        }
    }

    /** Address of a photo, at least that wide where the original is; one of {@link #WIDTHS}. */
    public static String path(UUID id, int width) {
        return "/photos/" + id + "/" + width + ".jpg";
    }

    /** Encodes outside of any transaction of its own: that takes seconds, during which no connection is held. */
    public Optional<Refusal> add(UUID draftId, byte[] upload, String alt) {
        return add(draftId, upload.length, () -> upload, alt);
    }

    /** The same with an upload that is not read into memory before its turn. @param bytes its length */
    Optional<Refusal> add(UUID draftId, long bytes, Supplier<byte[]> upload, String alt) {
        try {
            checkRoom(draftId);
            checkAlt(alt);
            keep(draftId, encoder.encode(bytes, upload), alt.strip());
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal());
        }
    }

    /**
     * Encodes a photo that is kept later, by {@link #keep}; seconds, so outside of any transaction.
     *
     * @throws Refused when it is no picture, too large, or described at too great length
     */
    PhotoEncoder.Encoded encode(long bytes, Supplier<byte[]> upload, String alt) {
        checkAlt(alt);
        return encoder.encode(bytes, upload);
    }

    /** The photos of a draft go to another, behind those it has; how many. */
    @Transactional(propagation = Propagation.MANDATORY)
    int moveToDraft(UUID from, UUID to) {
        return jdbc.prepareStatement("""
            update photos set draft_id = ?, position = position
                + (select coalesce(max(position) + 1, 0) from photos where draft_id = ?) where draft_id = ?\
            """, statement -> {
            statement.setObject(1, to);
            statement.setObject(2, to);
            statement.setObject(3, from);
            return statement.executeUpdate();
        });
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void removeFrom(UUID draftId, int position) {
        jdbc.prepareStatement("delete from photos where draft_id = ? and position >= ?", statement -> {
            statement.setObject(1, draftId);
            statement.setInt(2, position);
            return statement.executeUpdate();
        });
    }

    @Transactional
    public Optional<Refusal> describe(UUID draftId, UUID photoId, String alt) {
        if (alt.strip().length() > LONGEST_ALT) {
            return Optional.of(Refusal.of("photo.alt-too-long", LONGEST_ALT));
        } else {
            return jdbc.prepareStatement("update photos set alt = ? where id = ? and draft_id = ?", statement -> {
                                statement.setString(1, alt.strip());
                                statement.setObject(2, photoId);
                                statement.setObject(3, draftId);
                                return statement.executeUpdate();
                            })
                            == 1
                    ? Optional.empty()
                    : Optional.of(Refusal.of("photo.gone"));
        }
    }

    /** A photo that is gone already, or of another draft, is refused. */
    @Transactional
    public Optional<Refusal> remove(UUID draftId, UUID photoId) {
        int removed = jdbc.prepareStatement("delete from photos where id = ? and draft_id = ?", statement -> {
            statement.setObject(1, photoId);
            statement.setObject(2, draftId);
            return statement.executeUpdate();
        });
        return removed == 1 || drop(draftId, photoId) ? Optional.empty() : Optional.of(Refusal.of("photo.gone"));
    }

    /** Remembers in the draft that the photo of its idea goes; false when it is none of them. */
    private boolean drop(UUID draftId, UUID photoId) {
        return jdbc.prepareStatement("""
            update idea_drafts d
               set fields = d.fields || jsonb_build_object('%2$s', concat_ws(',', nullif(d.fields ->> '%2$s', ''), p.id::text))
              from photos p
             where d.id = ? and p.id = ? and p.idea_number = nullif(d.fields ->> '%1$s', '')::bigint
               and p.id::text <> all (string_to_array(coalesce(d.fields ->> '%2$s', ''), ','))\
            """.formatted(Draft.REVISES, Draft.DROPPED), statement -> {
            statement.setObject(1, draftId);
            statement.setObject(2, photoId);
            return statement.executeUpdate() == 1;
        });
    }

    @Transactional(readOnly = true)
    public List<Photo> of(UUID draftId) {
        return list(
                OF_DRAFT + " order by p.draft_id is not null, p.position, p.id",
                statement -> statement.setObject(1, draftId));
    }

    @Transactional(readOnly = true)
    public List<Photo> ofIdea(long number) {
        return list(
                "from photos p where p.idea_number = ? order by p.position, p.id",
                statement -> statement.setLong(1, number));
    }

    /**
     * In the transaction that hands the idea in; an upload still under way waits for it and is then refused.
     * Photos of a revision come behind those the idea keeps; what the revision dropped is deleted. Positions then count from 0
     * without a gap: lists show the photo at 0.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void moveToIdea(UUID draftId, long ideaNumber) {
        lock(draftId);
        jdbc.prepareStatement("""
            delete from photos p using idea_drafts d
             where d.id = ? and p.idea_number = ? and d.fields ->> '%s' = p.idea_number::text
               and p.id::text = any (string_to_array(d.fields ->> '%s', ','))\
            """.formatted(Draft.REVISES, Draft.DROPPED), statement -> {
            statement.setObject(1, draftId);
            statement.setLong(2, ideaNumber);
            return statement.executeUpdate();
        });
        int photos = jdbc.prepareStatement("""
            update photos p set draft_id = null, idea_number = ?, position = ordered.place
              from (select id, row_number() over (order by draft_id is not null, position, id) - 1 as place
                      from photos where idea_number = ? or draft_id = ?) ordered
             where ordered.id = p.id\
            """, statement -> {
            statement.setLong(1, ideaNumber);
            statement.setLong(2, ideaNumber);
            statement.setObject(3, draftId);
            return statement.executeUpdate();
        });
        if (photos > MOST) {
            throw new Refused(
                    Refusal.of("photo.too-many", MOST).withWayOut("/ideas/new/text#photos", "photo.to-photos"));
        }
    }

    @Transactional(readOnly = true)
    protected void checkRoom(UUID draftId) {
        refuseIfFull(count(draftId));
    }

    /** The row of the draft is locked, so that uploads to one draft are counted one after the other. */
    @Transactional
    protected void keep(UUID draftId, PhotoEncoder.Encoded photo, String alt) {
        if (!lock(draftId)) {
            throw new Refused(Refusal.of("photo.draft-gone"));
        }
        refuseIfFull(count(draftId));
        var id = UUID.randomUUID();
        jdbc.prepareStatement(
                "insert into photos (id, draft_id, position, alt, width, height, added_at) "
                        + "select ?, ?, coalesce(max(position) + 1, 0), ?, ?, ?, ? from photos where draft_id = ?",
                statement -> {
                    statement.setObject(1, id);
                    statement.setObject(2, draftId);
                    statement.setString(3, alt);
                    statement.setInt(4, photo.width());
                    statement.setInt(5, photo.height());
                    statement.setTimestamp(6, Timestamp.from(clock.instant()));
                    statement.setObject(7, draftId);
                    return statement.executeUpdate();
                });
        jdbc.prepareStatement(
                "insert into photo_renditions (photo_id, width, height, jpeg, webp) values (?, ?, ?, ?, nullif(?,"
                        + " ''::bytea))",
                statement -> {
                    for (var rendition : photo.renditions()) {
                        statement.setObject(1, id);
                        statement.setInt(2, rendition.width());
                        statement.setInt(3, rendition.height());
                        statement.setBytes(4, rendition.jpeg());
                        statement.setBytes(5, rendition.webp());
                        statement.addBatch();
                    }
                    return statement.executeBatch();
                });
    }

    /** Who may see a photo: everybody, or whoever holds its draft, or one that revises its idea, and its author and coordinator. */
    enum Sight {
        PUBLIC,
        PERSONAL,
        NONE
    }

    /**
     * @param draftCookie {@code <draft>.<secret>} as the browser keeps it, or empty
     */
    @Transactional(readOnly = true)
    Sight sight(UUID photoId, Visitor visitor, String draftCookie) {
        var owner = jdbc.prepareStatement("""
            select d.id, d.secret_hash, i.state, i.author_id, i.quarter_key
            from photos p left join ideas i on i.number = p.idea_number
            left join idea_drafts d on d.id = p.draft_id or d.id = ? and d.fields ->> 'revises' = p.idea_number::text
            where p.id = ?\
            """, statement -> {
            statement.setObject(1, Drafts.idOf(draftCookie).orElse(null), Types.OTHER);
            statement.setObject(2, photoId);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Owner(
                                row.getObject(1, UUID.class),
                                row.getBytes(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getString(5)))
                        : Optional.<Owner>empty();
            }
        });
        return owner.map(found -> sight(found, visitor, draftCookie)).orElse(Sight.NONE);
    }

    /** A picture in the format its reader asked for. */
    record Picture(byte[] bytes, boolean webp) {}

    /** The narrowest rendition that is at least that wide, or the widest there is; as JPEG where there is no WebP of it. */
    @Transactional(readOnly = true)
    Optional<Picture> picture(UUID photoId, int width, boolean webp) {
        return jdbc.prepareStatement(
                "select case when ? then webp end, case when not ? or webp is null then jpeg end from photo_renditions"
                    + " where photo_id = ? order by width < ?, case when width < ? then -width else width end limit 1",
                statement -> {
                    statement.setBoolean(1, webp);
                    statement.setBoolean(2, webp);
                    statement.setObject(3, photoId);
                    statement.setInt(4, width);
                    statement.setInt(5, width);
                    try (var row = statement.executeQuery()) {
                        if (row.next()) {
                            var small = row.getBytes(1);
                            return Optional.of(
                                    small == null ? new Picture(row.getBytes(2), false) : new Picture(small, true));
                        } else {
                            return Optional.empty();
                        }
                    }
                });
    }

    /** As JPEG, at least that wide where the original is; who may see it is for the caller to know. */
    public Optional<byte[]> jpeg(UUID photoId, int width) {
        return picture(photoId, width, false).map(Picture::bytes);
    }

    private record Owner(
            @Nullable UUID draftId,
            byte @Nullable [] secretHash,
            @Nullable String state,
            long authorId,
            @Nullable String quarterKey) {}

    private Sight sight(Owner owner, Visitor visitor, String draftCookie) {
        boolean personal;
        if (owner.state() != null && IdeaState.of(owner.state()).isPublic()) {
            return Sight.PUBLIC;
        } else if (owner.draftId() != null
                && owner.secretHash() != null
                && holds(draftCookie, owner.draftId(), owner.secretHash())) {
            personal = true;
        } else {
            personal =
                    owner.quarterKey() != null && rights.seesUnpublished(visitor, owner.authorId(), owner.quarterKey());
        }
        return personal ? Sight.PERSONAL : Sight.NONE;
    }

    private static boolean holds(String draftCookie, UUID draftId, byte[] secretHash) {
        var start = draftId + ".";
        return draftCookie.startsWith(start)
                && MessageDigest.isEqual(sha256(draftCookie.substring(start.length())), secretHash);
    }

    private List<Photo> list(String which, Binding binding) {
        return jdbc.prepareStatement("select p.id, p.alt, p.width, p.height " + which, statement -> {
            binding.bind(statement);
            var photos = new ArrayList<Photo>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    photos.add(new Photo(
                            rows.getObject(1, UUID.class), rows.getString(2), rows.getInt(3), rows.getInt(4)));
                }
            }
            return photos;
        });
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private boolean lock(UUID draftId) {
        return jdbc.prepareStatement("select from idea_drafts where id = ? for update", statement -> {
            statement.setObject(1, draftId);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private int count(UUID draftId) {
        return jdbc.prepareStatement("select count(*) " + OF_DRAFT, statement -> {
            statement.setObject(1, draftId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private static void refuseIfFull(int photos) {
        if (photos >= MOST) {
            throw new Refused(Refusal.of("photo.too-many", MOST));
        }
    }

    private static void checkAlt(String alt) {
        if (alt.strip().length() > LONGEST_ALT) {
            throw new Refused(Refusal.of("photo.alt-too-long", LONGEST_ALT));
        }
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
