package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import motette.shared.Sql;

/** Rounds of the demo city: announced with its example ideas, so that a newcomer sees a ballot at once. */
@Singleton
public class SampleRounds {

    private final Sql sql;
    private final RoundKeys keys;
    private final Freezing freezing;

    SampleRounds(Sql sql, RoundKeys keys, Freezing freezing) {
        this.sql = sql;
        this.keys = keys;
        this.freezing = freezing;
    }

    /** @param budgetCents the money of each district */
    public record Sample(
            String slug,
            String title,
            String intro,
            List<String> districtKeys,
            long budgetCents,
            Instant announced,
            Instant opens,
            Instant closes) {}

    /** Announces it once; a second time nothing happens. */
    @Transactional
    public void announce(Sample sample, String administrator) {
        if (sql.holds("select from vote_rounds where slug = ?", sample.slug())) {
            return;
        }
        long by = sql.number("select id from persons where demo_key = ?", administrator);
        long id = sql.number(
                "insert into vote_rounds (slug, title, intro, form, minimum_age, opens_at, closes_at, rule,"
                        + " prepared_at, prepared_by) values (?, ?, ?, 'budget', 14, ?, ?, 'votes', ?, ?) returning id",
                sample.slug(),
                sample.title(),
                sample.intro(),
                sample.opens(),
                sample.closes(),
                sample.announced(),
                by);
        for (var district : sample.districtKeys()) {
            sql.change(
                    "insert into vote_districts (round_id, district_key, budget_cents) values (?, ?, ?)",
                    id,
                    district,
                    sample.budgetCents());
        }
        sql.change("""
            insert into vote_candidates (round_id, number, district_key, idea_number)
            select d.round_id, row_number() over (order by i.number), d.district_key, i.number
              from vote_districts d
              join quarters q on q.district_key = d.district_key
              join ideas i on i.quarter_key = q.key and i.example and i.state = 'published' and i.cost_cents > 0
             where d.round_id = ?\
            """, id);
        freezing.all(id, by, sample.announced());
        var seed = keys.bytes();
        sql.change(
                "insert into vote_announcements (round_id, at, by, tie_seed, tie_hash) values (?, ?, ?, ?, sha256(?))",
                id,
                sample.announced(),
                by,
                seed,
                seed);
        keys.make(id);
    }
}
