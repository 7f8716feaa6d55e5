package motette.votes;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import motette.shared.Sql;

/**
 * Fixes what stands on the ballot as the ideas are now: title, text, price, place and the first photo. What becomes of an idea
 * afterwards, and of its photos, does not reach the ballot.
 */
@Singleton
class Freezing {

    /** Renditions wider than this are not shown on a ballot. */
    private static final int WIDEST = 960;

    private final Sql sql;

    Freezing(Sql sql) {
        this.sql = sql;
    }

    /** The first version of all candidates of a round. */
    @Transactional(propagation = Propagation.MANDATORY)
    void all(long roundId, long by, Instant at) {
        sql.change("""
            insert into vote_pictures (round_id, number, alt, width, height)
            select c.round_id, c.number, p.alt, p.width, p.height
              from vote_candidates c join photos p on p.idea_number = c.idea_number and p.position = 0
             where c.round_id = ?\
            """, roundId);
        sql.change("""
            insert into vote_picture_files (round_id, number, width, jpeg, webp)
            select c.round_id, c.number, r.width, r.jpeg, r.webp
              from vote_candidates c
              join photos p on p.idea_number = c.idea_number and p.position = 0
              join photo_renditions r on r.photo_id = p.id
             where c.round_id = ?
               and r.width <= greatest(?, (select min(n.width) from photo_renditions n where n.photo_id = p.id))\
            """, roundId, WIDEST);
        sql.change("""
            insert into vote_candidate_versions (round_id, number, version, title, description, cost_cents, quarter_key, place, lon, lat,
                                                 exact_place, pictured, made_at, made_by)
            select c.round_id, c.number, 1, i.title, i.description, i.cost_cents, i.quarter_key, i.place, i.lon, i.lat, i.exact_place,
                   exists (select from vote_pictures p where p.round_id = c.round_id and p.number = c.number), ?, ?
              from vote_candidates c join ideas i on i.number = c.idea_number
             where c.round_id = ?\
            """, at, by, roundId);
    }

    /** A further version with another title, text or price; place and photo stay. */
    @Transactional(propagation = Propagation.MANDATORY)
    void change(long roundId, int number, VersionForm form, long cents, long by, Instant at) {
        sql.change("""
            insert into vote_candidate_versions (round_id, number, version, title, description, cost_cents, quarter_key, place, lon,
                                                 lat, exact_place, pictured, made_at, made_by, reason)
            select round_id, number, version + 1, ?, ?, ?, quarter_key, place, lon, lat, exact_place, pictured, ?, ?, ?
              from vote_candidate_versions where round_id = ? and number = ? order by version desc limit 1\
            """, form.title(), form.description(), cents, at, by, form.reason(), roundId, number);
    }

    /** A further version without the photo. */
    @Transactional(propagation = Propagation.MANDATORY)
    void withoutPicture(long roundId, int number, String reason, long by, Instant at) {
        sql.change("""
            insert into vote_candidate_versions (round_id, number, version, title, description, cost_cents, quarter_key, place, lon,
                                                 lat, exact_place, pictured, made_at, made_by, reason)
            select round_id, number, version + 1, title, description, cost_cents, quarter_key, place, lon, lat, exact_place, false,
                   ?, ?, ?
              from vote_candidate_versions where round_id = ? and number = ? order by version desc limit 1\
            """, at, by, reason, roundId, number);
    }
}
