package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import motette.ideas.PhotoEncoder;
import motette.ideas.PhotoEncoder.Encoded;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/** Pictures for a proof of use, drawn anew; they can be removed until a proof with them was sent. */
@Singleton
class ProofPhotos {

    static final int MOST = 8;

    private final Sql sql;
    private final GrantRepository grants;
    private final PhotoEncoder encoder;
    private final Clock clock;

    ProofPhotos(Sql sql, GrantRepository grants, PhotoEncoder encoder, Clock clock) {
        this.sql = sql;
        this.grants = grants;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** @param sent whether a proof has it */
    @Introspected
    record Photo(UUID id, String alt, int width, int height, boolean sent) {}

    /** Seconds, so outside of any transaction. @throws Refused with the sentence for whoever uploaded it */
    Encoded check(long bytes, Supplier<byte[]> upload) {
        return encoder.encode(bytes, upload);
    }

    @Transactional
    public void add(Visitor visitor, GrantFile file, Encoded picture, String alt) {
        grants.lock(file.id());
        if (of(file.id()).size() >= MOST) {
            throw new Refused(Refusal.of("grants.photo.most", MOST));
        }
        sql.change(
                "insert into grant_photos (id, resolution_id, alt, jpeg, width, height, added_by, added_at) values (?,"
                        + " ?, ?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                file.id(),
                alt,
                picture.renditions().getLast().jpeg(),
                picture.width(),
                picture.height(),
                visitor.personId(),
                clock.instant());
    }

    @Transactional
    public void remove(GrantFile file, UUID photo) {
        grants.lock(file.id());
        sql.change("delete from grant_photos where id = ? and resolution_id = ? and version is null", photo, file.id());
    }

    /** Oldest first. */
    @Connectable
    public List<Photo> of(long resolution) {
        return sql.list(
                "select id, alt, width, height, version is not null from grant_photos where resolution_id = ? order by"
                        + " added_at, id",
                row -> new Photo(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getBoolean(5)),
                resolution);
    }

    @Connectable
    public Optional<byte[]> jpeg(long resolution, UUID photo, boolean unsent) {
        return sql.one(
                "select jpeg from grant_photos where resolution_id = ? and id = ? and (? or version is not null)",
                row -> row.getBytes(1),
                resolution,
                photo,
                unsent);
    }
}
