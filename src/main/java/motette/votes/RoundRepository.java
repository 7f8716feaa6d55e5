package motette.votes;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import motette.shared.Sql;
import motette.votes.Round.RoundDistrict;

/** Rounds and their candidates, read. */
@Singleton
class RoundRepository {

    private static final String ROUND = """
        select r.id, r.slug, r.title, r.intro, r.form, coalesce(r.most_points, 0) as most_points, r.further_district, r.minimum_age,
               r.opens_at,
               coalesce((select p.closes_at from vote_prolongations p where p.round_id = r.id order by p.id desc limit 1), r.closes_at)
                   as closes_at,
               r.rule, r.least_votes, a.at as announced_at, h.reason as held, c.at as counted_at, p.at as published_at,
               coalesce(encode(a.tie_hash, 'hex'), '') as tie_hash, coalesce(encode(a.tie_seed, 'hex'), '') as tie_seed,
               array(select d.district_key || ' ' || d.budget_cents || ' ' || g.slug || ' ' || g.name
                       from vote_districts d join districts g on g.key = d.district_key
                      where d.round_id = r.id order by g.key) as districts
          from vote_rounds r
          left join vote_announcements a on a.round_id = r.id
          left join vote_holds h on h.round_id = r.id and h.ended_at is null
          left join vote_counts c on c.round_id = r.id
          left join vote_publications p on p.round_id = r.id\
        """;

    private static final String CANDIDATES = """
        select c.number, c.district_key, c.idea_number, v.version, v.title, v.description, v.cost_cents, w.reason as withdrawn
          from vote_candidates c
          join lateral (select * from vote_candidate_versions v
                         where v.round_id = c.round_id and v.number = c.number order by v.version desc limit 1) v on true
          left join vote_withdrawals w on w.round_id = c.round_id and w.number = c.number
         where c.round_id = ? order by c.number\
        """;

    private final Sql sql;

    RoundRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional(readOnly = true)
    Optional<Round> find(String slug) {
        return sql.one(ROUND + " where r.slug = ?", RoundRepository::round, slug);
    }

    @Transactional(readOnly = true)
    Optional<Round> find(long id) {
        return sql.one(ROUND + " where r.id = ?", RoundRepository::round, id);
    }

    /** Newest opening first; with those in the making for staff. */
    @Transactional(readOnly = true)
    List<Round> all(boolean alsoPrepared) {
        return sql.list(
                ROUND + (alsoPrepared ? "" : " where a.round_id is not null") + " order by r.opens_at desc, r.id desc",
                RoundRepository::round);
    }

    /** In the order of the ballot. */
    @Transactional(readOnly = true)
    List<Candidate> candidates(long roundId) {
        return sql.list(CANDIDATES, RoundRepository::candidate, roundId);
    }

    /** Numbers of the ideas that can be voted for. */
    @Transactional(readOnly = true)
    Set<Long> ideas(long roundId) {
        return Set.copyOf(
                sql.list("select idea_number from vote_candidates where round_id = ?", row -> row.getLong(1), roundId));
    }

    /**
     * For the time of a deed, nobody holds, prolongs, withdraws from or counts the round; casting ballots goes on side by side.
     * Those who do such things take {@link #alone}. The facts are read by a statement of their own, after the lock is there.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Round> beside(String slug) {
        return sql.one(
                        "select id, pg_advisory_xact_lock_shared(" + LOCK
                                + ", id::int) from vote_rounds where slug = ?",
                        row -> row.getLong(1),
                        slug)
                .flatMap(this::find);
    }

    /** Until the end of the transaction nobody casts a ballot or does anything else to the round. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Round> alone(long id) {
        sql.list("select pg_advisory_xact_lock(" + LOCK + ", ?::int)", row -> true, id);
        return find(id);
    }

    /** Keeps the locks of rounds apart from those of others; ASCII of "vote". */
    private static final int LOCK = 0x766f7465;

    private static Round round(ResultSet row) throws SQLException {
        return new Round(
                row.getLong("id"),
                row.getString("slug"),
                row.getString("title"),
                row.getString("intro"),
                BallotForm.of(row.getString("form")),
                row.getInt("most_points"),
                row.getBoolean("further_district"),
                row.getInt("minimum_age"),
                instant(row, "opens_at"),
                instant(row, "closes_at"),
                row.getString("rule"),
                row.getInt("least_votes"),
                Sql.instant(row, "announced_at"),
                Optional.ofNullable(row.getString("held")),
                Sql.instant(row, "counted_at"),
                Sql.instant(row, "published_at"),
                row.getString("tie_hash"),
                row.getString("tie_seed"),
                districts(row));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static List<RoundDistrict> districts(ResultSet row) throws SQLException {
        var districts = new ArrayList<RoundDistrict>();
        for (var text : (String[]) row.getArray("districts").getArray()) {
            var parts = text.split(" ", 4);
            districts.add(new RoundDistrict(parts[0], parts[3], parts[2], Long.parseLong(parts[1])));
        }
        return List.copyOf(districts);
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                row.getInt("number"),
                row.getString("district_key"),
                row.getLong("idea_number"),
                row.getInt("version"),
                row.getString("title"),
                row.getString("description"),
                row.getLong("cost_cents"),
                Optional.ofNullable(row.getString("withdrawn")));
    }
}
