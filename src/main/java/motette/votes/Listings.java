package motette.votes;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import motette.shared.Sql;

/** Candidates with all that a page says of them, in one query. */
@Singleton
class Listings {

    private static final String LISTED = """
        select c.number, c.district_key, c.idea_number, v.version, v.title, v.description, v.cost_cents, w.reason as withdrawn,
               case when v.version > 1 then v.reason else '' end as changed, v.made_at, v.place, q.name as quarter,
               '/votes/' || r.slug || '/pictures/' || c.number as base, p.alt, p.width, p.height, coalesce(g.reason, '') as picture_gone,
               array(select case when e.one = c.number then e.other else e.one end from vote_exclusions e
                      where e.round_id = c.round_id and c.number in (e.one, e.other) order by 1) as excludes
          from vote_candidates c
          join vote_rounds r on r.id = c.round_id
          join lateral (select * from vote_candidate_versions v
                         where v.round_id = c.round_id and v.number = c.number order by v.version desc limit 1) v on true
          left join vote_withdrawals w on w.round_id = c.round_id and w.number = c.number
          join quarters q on q.key = v.quarter_key
          left join vote_picture_removals g on g.round_id = c.round_id and g.number = c.number
          left join vote_pictures p on v.pictured and g.round_id is null and p.round_id = c.round_id and p.number = c.number
         where c.round_id = ? order by c.number\
        """;

    private static final String PREPARED = """
        select c.number, c.district_key, c.idea_number, 1 as version, i.title, i.description, coalesce(i.cost_cents, 0) as cost_cents,
               null::text as withdrawn, '' as changed, null::timestamptz as made_at, i.place, q.name as quarter,
               '/photos/' || p.id as base, p.alt, p.width, p.height, '' as picture_gone,
               array(select case when e.one = c.number then e.other else e.one end from vote_exclusions e
                      where e.round_id = c.round_id and c.number in (e.one, e.other) order by 1) as excludes
          from vote_candidates c
          join ideas i on i.number = c.idea_number
          join quarters q on q.key = i.quarter_key
          left join photos p on p.idea_number = i.number and p.position = 0
         where c.round_id = ? order by c.number\
        """;

    private final Sql sql;

    Listings(Sql sql) {
        this.sql = sql;
    }

    /** In the order of the ballot. */
    @Connectable
    List<Listed> of(Round round) {
        return sql.list(LISTED, Listings::listed, round.id());
    }

    /** In the order of their choice, as the ideas are now; what a round that is not announced yet would freeze. */
    @Connectable
    List<Listed> prepared(Round round) {
        return sql.list(PREPARED, Listings::listed, round.id());
    }

    /** Whether a ballot with this receipt was counted; before the count none was. */
    @Connectable
    boolean isCounted(Round round, Receipt receipt) {
        return sql.holds("select from vote_receipts where round_id = ? and receipt = ?", round.id(), receipt.code());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                new Candidate(
                        row.getInt("number"),
                        row.getString("district_key"),
                        row.getLong("idea_number"),
                        row.getInt("version"),
                        row.getString("title"),
                        row.getString("description"),
                        row.getLong("cost_cents"),
                        Optional.ofNullable(row.getString("withdrawn"))),
                row.getString("place"),
                row.getString("quarter"),
                picture(row),
                row.getString("picture_gone"),
                row.getString("changed"),
                Sql.instant(row, "made_at").orElse(Instant.EPOCH),
                Stream.of((Short[]) row.getArray("excludes").getArray())
                        .map(Short::intValue)
                        .toList());
    }

    private static Optional<Listed.Shown> picture(ResultSet row) throws SQLException {
        return row.getObject("width") == null
                ? Optional.empty()
                : Optional.of(new Listed.Shown(
                        row.getString("base"), row.getString("alt"), row.getInt("width"), row.getInt("height")));
    }
}
