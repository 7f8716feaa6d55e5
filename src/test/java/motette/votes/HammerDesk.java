package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import motette.shared.Sql;

/** Makes the round that {@link UrnHammerTest} hammers at, and looks into its urn before the count. */
@Singleton
class HammerDesk {

    private final Sql sql;
    private final RoundKeys keys;
    private final RoundRepository rounds;

    HammerDesk(Sql sql, RoundKeys keys, RoundRepository rounds) {
        this.sql = sql;
        this.keys = keys;
        this.rounds = rounds;
    }

    @Transactional
    public long announce(String slug) {
        sql.change(
                "insert into persons (id, pseudonym, created_at) overriding system value values (1, 'Prüfung', now())"
                        + " on conflict do nothing");
        long round = sql.number("""
            insert into vote_rounds (slug, title, form, minimum_age, opens_at, closes_at, rule, prepared_at, prepared_by)
            values (?, 'Eine Runde unter Last', 'approval', 0, now() - interval '1 hour', now() + interval '1 day', 'votes', now(), 1)
            returning id\
            """, slug);
        for (var district : new String[] {"2", "3"}) {
            sql.change(
                    "insert into vote_districts (round_id, district_key, budget_cents) values (?, ?, 5000000)",
                    round,
                    district);
        }
        for (int number = 1; number <= UrnHammer.CANDIDATES; number++) {
            long idea = sql.number("""
                insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place,
                                   language, handed_in_at, state_since)
                select 1, 'Idee ' || ?, 'Eine Idee für alle im Quartier, die gern draußen sind.', 'proposal',
                       (select key from categories order by position limit 1), q.key,
                       (select key from bodies where district_key = q.district_key), q.label_lon, q.label_lat, false, 'de', now(), now()
                from quarters q where q.key = ? returning number\
                """, number, number % 2 == 0 ? "20" : "30");
            sql.change(
                    "insert into vote_candidates (round_id, number, district_key, idea_number) values (?, ?, ?, ?)",
                    round,
                    number,
                    number % 2 == 0 ? "2" : "3",
                    idea);
            sql.change(
                    "insert into vote_candidate_versions (round_id, number, version, title, description, cost_cents,"
                            + " quarter_key, lon, lat, made_at, made_by) select ?, ?, 1, title, 'Text', 100000,"
                            + " quarter_key, lon, lat, now(), 1 from ideas where number = ?",
                    round,
                    number,
                    idea);
        }
        var seed = UrnHammer.hash("seed");
        sql.change(
                "insert into vote_announcements (round_id, at, by, tie_seed, tie_hash) values (?, now(), 1, ?,"
                        + " sha256(?))",
                round,
                seed,
                seed);
        keys.make(round);
        return round;
    }

    /** People who live in the districts of the round and have shown it, to sign in as {@code load-voter-0} and so on. */
    @Transactional
    public void settle(int voters) {
        sql.change("""
            with number as (select i from generate_series(0, ? - 1) i),
                 person as (insert into persons (pseudonym, demo_key, home_quarter, created_at)
                            select 'Lastprobe ' || i, 'load-voter-' || i, case when i % 2 = 0 then '20' else '30' end, now()
                              from number returning id, home_quarter),
                 proof as (insert into residence_proofs (person_id, quarter_key, way, birth_year, shown_at, valid_until)
                           select id, home_quarter, 'desk', 1980, now(), now() + interval '1 year' from person returning id)
            insert into residence_keys (kind, hash, proof_id) select 'birth', sha256(('load ' || id)::bytea), id from proof\
            """, voters);
    }

    /** A ballot that lies in the urn. */
    record Lying(String receipt, Choice choice) {}

    /**
     * @param channels  of each voter in the roll
     * @param byToken   ballots that a voter's token leads to
     * @param byReceipt all ballots
     */
    record Everything(
            RoundKey key, Map<Integer, String> channels, Map<Integer, Lying> byToken, Map<String, Choice> byReceipt) {

        /** Which of the attempts of a voter made a receipt. */
        String attempt(int voter, Set<String> attempts, String receipt) {
            var token = key.token(UrnHammer.voter(voter).key());
            return attempts.stream()
                    .filter(attempt -> key.receipt(token, attempt).code().equals(receipt))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("A ballot of voter " + voter + " that nobody cast"));
        }

        Map<Integer, Integer> sums() {
            var sums = new TreeMap<Integer, Integer>();
            byReceipt
                    .values()
                    .forEach(choice -> choice.points().keySet().forEach(number -> sums.merge(number, 1, Integer::sum)));
            return sums;
        }
    }

    @Transactional
    public Everything everything(long round) {
        var key = keys.of(round);
        rounds.alone(round);
        var channels = new HashMap<Integer, String>();
        var byToken = new HashMap<Integer, Lying>();
        var byReceipt = new HashMap<String, Choice>();
        for (int voter = 0; voter < UrnHammer.VOTERS; voter++) {
            int number = voter;
            var hash = UrnHammer.voter(voter).key();
            sql.one(
                            "select channel from vote_roll where round_id = ? and voter = ?",
                            row -> row.getString(1),
                            round,
                            hash)
                    .ifPresent(channel -> channels.put(number, channel));
        }
        for (var row : sql.list(
                "select token, sealed, receipt from vote_urn where round_id = ?",
                row -> new Object[] {row.getBytes(1), row.getBytes(2), row.getString(3)},
                round)) {
            var token = (byte[]) row[0];
            var choice = key.open(token, (byte[]) row[1]).choice();
            byReceipt.put((String) row[2], choice);
            for (int voter = 0; voter < UrnHammer.VOTERS; voter++) {
                if (Arrays.equals(token, key.token(UrnHammer.voter(voter).key()))) {
                    byToken.put(voter, new Lying((String) row[2], choice));
                }
            }
        }
        if (sql.number("select count(*) from vote_roll where round_id = ?", round) != channels.size()) {
            throw new AssertionError("The roll holds somebody who never voted");
        }
        return new Everything(key, channels, byToken, byReceipt);
    }

    /** @param left rows of the urn and keys of the round that are still there */
    record Counted(Map<Integer, Integer> sums, int ballots, List<String> receipts, long left) {}

    @Transactional(readOnly = true)
    public Counted counted(long round) {
        var sums = new TreeMap<Integer, Integer>();
        sql.list(
                "select number, count(*)::int from vote_ballots, unnest(choices) as number where round_id = ? group by"
                        + " 1",
                row -> sums.put(row.getInt(1), row.getInt(2)),
                round);
        return new Counted(
                sums,
                (int) sql.number("select count(*) from vote_ballots where round_id = ?", round),
                sql.list("select receipt from vote_receipts where round_id = ?", row -> row.getString(1), round),
                sql.number(
                        "select (select count(*) from vote_urn where round_id = ?)"
                                + " + (select count(*) from vote_keys.round_keys where round_id = ?)",
                        round,
                        round));
    }
}
