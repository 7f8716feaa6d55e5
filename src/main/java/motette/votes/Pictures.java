package motette.votes;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.shared.Sql;

/** Photos of candidates, as they were when the list was fixed. */
@Singleton
class Pictures {

    private final Sql sql;

    Pictures(Sql sql) {
        this.sql = sql;
    }

    /** A picture in the format its reader asked for. */
    @SuppressWarnings("ArrayRecordComponent")
    record Picture(byte[] bytes, boolean webp) {}

    /** The narrowest rendition at least that wide, or the widest; none of a round in the making, and none that had to go. */
    @Connectable
    Optional<Picture> find(String slug, int number, int width, boolean webp) {
        return sql.one(
                """
                select f.jpeg, case when ? then f.webp end
                  from vote_picture_files f
                  join vote_rounds r on r.id = f.round_id and r.slug = ?
                  join vote_announcements a on a.round_id = r.id
                 where f.number = ? order by f.width < ?, case when f.width < ? then -f.width else f.width end limit 1\
                """,
                row -> {
                    var small = row.getBytes(2);
                    return small == null ? new Picture(row.getBytes(1), false) : new Picture(small, true);
                },
                webp,
                slug,
                number,
                width,
                width);
    }
}
