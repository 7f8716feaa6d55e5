package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Sql;
import motette.town.Town;

/**
 * Rounds of the tests, written straight into the tables: with the published ideas of the demo city as candidates, in the order of
 * their numbers, district by district.
 */
@Singleton
public class TestRounds {

    static final String MITTE = "0";
    static final String OST = "2";

    private final Sql sql;
    private final RoundKeys keys;
    private final RoundRepository rounds;
    private final Voters voters;
    private final Urn urn;
    private final Kiosks kiosks;
    private final Counting counting;
    private final Publishing publishing;
    private final RoundNotices notices;
    private final Clock clock;

    TestRounds(
            Sql sql,
            RoundKeys keys,
            RoundRepository rounds,
            Voters voters,
            Urn urn,
            Kiosks kiosks,
            Counting counting,
            Publishing publishing,
            RoundNotices notices,
            Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.rounds = rounds;
        this.voters = voters;
        this.urn = urn;
        this.kiosks = kiosks;
        this.counting = counting;
        this.publishing = publishing;
        this.notices = notices;
        this.clock = clock;
    }

    /** What a round is to be: opened an hour ago, closes in a week, ballots within the budget of 10,000 euro a district. */
    static final class Plan {

        private final String slug;
        private final List<String> districts;
        private BallotForm form = BallotForm.BUDGET;
        private int mostPoints;
        private boolean further;
        private int minimumAge = 14;
        private Duration opens = Duration.ofHours(-1);
        private Duration closes = Duration.ofDays(7);
        private long budgetCents = 1_000_000;
        private String rule = "votes";
        private int leastVotes;

        private Plan(String slug, List<String> districts) {
            this.slug = slug;
            this.districts = districts;
        }

        Plan form(BallotForm as) {
            return form(as, as == BallotForm.POINTS ? 5 : 0);
        }

        Plan form(BallotForm as, int most) {
            form = as;
            mostPoints = most;
            return this;
        }

        Plan withFurtherDistrict() {
            further = true;
            return this;
        }

        Plan minimumAge(int years) {
            minimumAge = years;
            return this;
        }

        /** Both from now. */
        Plan from(Duration opening, Duration close) {
            opens = opening;
            closes = close;
            return this;
        }

        Plan budget(long cents) {
            budgetCents = cents;
            return this;
        }

        Plan rule(String key, int least) {
            rule = key;
            leastVotes = least;
            return this;
        }
    }

    static Plan plan(String slug, String... districtKeys) {
        return new Plan(slug, List.of(districtKeys));
    }

    /** The plan as it stands, for pages of other storeys. */
    @Transactional
    public void open(String slug, String... districtKeys) {
        announce(plan(slug, districtKeys));
    }

    /** One more round in each phase that is neither open nor published, named after it, in a district. */
    public void inOtherPhases(String district) {
        prepare(plan("prepared", district).from(Duration.ofDays(30), Duration.ofDays(40)));
        announce(plan("announced", district).from(Duration.ofDays(2), Duration.ofDays(9)));
        hold(announce(plan("held", district)), "Ein Fehler wird gerade behoben.");
        announce(plan("closed", district).from(Duration.ofDays(-9), Duration.ofDays(-2)));
        var counted = announce(plan("counted", district).from(Duration.ofDays(-9), Duration.ofDays(-2)));
        counting.count(counted.id());
    }

    public long number(String slug) {
        return rounds.find(slug).orElseThrow().id();
    }

    @Transactional
    Round announce(Plan plan) {
        return announced(write(plan));
    }

    /** With what was prepared besides. */
    @Transactional
    Round announcePrepared(Round prepared) {
        return announced(prepared.id());
    }

    private Round announced(long id) {
        var seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        sql.change(
                "insert into vote_announcements (round_id, at, by, tie_seed, tie_hash)"
                        + " values (?, ?, (select id from persons where demo_key = ?), ?, sha256(?))",
                id,
                clock.instant(),
                Town.administrator(),
                seed,
                seed);
        keys.make(id);
        notices.forget();
        return rounds.find(id).orElseThrow();
    }

    /** Not announced yet. */
    @Transactional
    Round prepare(Plan plan) {
        return rounds.find(write(plan)).orElseThrow();
    }

    private long write(Plan plan) {
        var now = clock.instant();
        long id = sql.number(
                """
                insert into vote_rounds (slug, title, intro, form, most_points, further_district, minimum_age, opens_at, closes_at, rule,
                                         least_votes, prepared_at, prepared_by)
                values (?, ?, 'Was soll zuerst kommen?', ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?,
                        (select id from persons where demo_key = ?)) returning id\
                """,
                plan.slug,
                "Runde " + plan.slug,
                plan.form.key(),
                plan.mostPoints,
                plan.further,
                plan.minimumAge,
                now.plus(plan.opens),
                now.plus(plan.closes),
                plan.rule,
                plan.leastVotes,
                now,
                Town.administrator());
        int number = 0;
        for (var district : plan.districts) {
            sql.change(
                    "insert into vote_districts (round_id, district_key, budget_cents) values (?, ?, ?)",
                    id,
                    district,
                    plan.budgetCents);
            for (var idea : ideas(district)) {
                number++;
                candidate(id, number, district, idea, now);
            }
        }
        return id;
    }

    private List<Long> ideas(String district) {
        return sql.list(
                "select i.number from ideas i join quarters q on q.key = i.quarter_key where q.district_key = ? and"
                        + " i.example and i.cost_cents is not null order by i.number",
                row -> row.getLong(1),
                district);
    }

    private void candidate(long roundId, int number, String district, long idea, Instant now) {
        sql.change(
                "insert into vote_candidates (round_id, number, district_key, idea_number) values (?, ?, ?, ?)",
                roundId,
                number,
                district,
                idea);
        sql.change(
                "insert into vote_candidate_versions (round_id, number, version, title, description, cost_cents,"
                        + " quarter_key, place, lon, lat, made_at, made_by) select ?, ?, 1, i.title, i.description,"
                        + " i.cost_cents, i.quarter_key, i.place, i.lon, i.lat, ?, (select id from persons where"
                        + " demo_key = ?) from ideas i where i.number = ?",
                roundId,
                number,
                now,
                Town.administrator(),
                idea);
    }

    /** Staff withdraw a candidate. */
    @Transactional
    void withdraw(Round round, int number, String reason) {
        rounds.alone(round.id());
        sql.change(
                "insert into vote_withdrawals (round_id, number, at, by, reason)"
                        + " values (?, ?, ?, (select id from persons where demo_key = ?), ?)",
                round.id(),
                number,
                clock.instant(),
                Town.administrator(),
                reason);
    }

    @Transactional
    void hold(Round round, String reason) {
        rounds.alone(round.id());
        sql.change(
                "insert into vote_holds (round_id, at, by, reason)"
                        + " values (?, ?, (select id from persons where demo_key = ?), ?)",
                round.id(),
                clock.instant(),
                Town.administrator(),
                reason);
    }

    @Transactional
    void resume(Round round) {
        rounds.alone(round.id());
        sql.change(
                "update vote_holds set ended_at = ?, ended_by = (select id from persons where demo_key = ?)"
                        + " where round_id = ? and ended_at is null",
                clock.instant(),
                Town.administrator(),
                round.id());
    }

    /** Of at most one of two candidates. */
    @Transactional
    void exclude(Round prepared, int one, int other) {
        sql.change(
                "insert into vote_exclusions (round_id, one, other) values (?, ?, ?)",
                prepared.id(),
                Math.min(one, other),
                Math.max(one, other));
    }

    List<Candidate> candidates(Round round) {
        return rounds.candidates(round.id());
    }

    /** Candidates of a district. */
    List<Integer> numbers(Round round, String district) {
        var numbers = new ArrayList<Integer>();
        for (var candidate : rounds.candidates(round.id())) {
            if (candidate.districtKey().equals(district)) {
                numbers.add(candidate.number());
            }
        }
        return numbers;
    }

    Round now(Round round) {
        return rounds.find(round.id()).orElseThrow();
    }

    /** A person of the town as a page meets them. */
    @Transactional(readOnly = true)
    public Visitor visitor(String demoKey) {
        return new Visitor(
                sql.number("select id from persons where demo_key = ?", demoKey), demoKey, Set.of(), 0, Instant.EPOCH);
    }

    /** Their entry in the roll; the residents of the town have shown where they live: number n and n + 10 in the n-th district. */
    Optional<Voter> voter(Round round, String demoKey) {
        return voters.of(visitor(demoKey), round);
    }

    static Choice ticks(Collection<Integer> numbers) {
        return Choice.of(numbers);
    }

    /** A tablet of the coordinator of the east that is unlocked for somebody. @return what its cookie holds */
    @Transactional
    public String unlockedTablet(String slug) {
        var round = rounds.find(slug).orElseThrow();
        var district = round.districts().getFirst().key();
        var quarter = sql.one("select min(key) from quarters where district_key = ?", row -> row.getString(1), district)
                .orElseThrow();
        long coordinator = visitor(Town.coordinator("ost")).personId();
        var cookie = kiosks.open(coordinator, round);
        kiosks.unlock(
                coordinator,
                kiosks.find(cookie).orElseThrow(),
                new Voter(keys.bytes(), 0, district, quarter, "30-44"),
                "",
                UUID.randomUUID().toString());
        return cookie;
    }

    /** So many people voted at a moment; their ballots stay at home. */
    @Transactional
    void enter(Round round, Instant at, int people) {
        sql.change(
                "insert into vote_roll (round_id, voter, district_key, quarter_key, channel, hour) select ?,"
                        + " sha256(gen_random_uuid()::text::bytea), ?, min(key), 'kiosk', date_trunc('hour',"
                        + " ?::timestamptz) from quarters, generate_series(1, ?) n where district_key = ? group by n",
                round.id(),
                round.districts().getFirst().key(),
                at,
                people,
                round.districts().getFirst().key());
    }

    /** A round that is over, with forty ballots from a tablet, counted, signed and published. */
    @Transactional
    public void published(String slug, String... districtKeys) {
        var plan = plan(slug, districtKeys).form(BallotForm.APPROVAL).from(Duration.ofDays(-9), Duration.ofDays(-2));
        var round = announce(plan);
        for (int i = 0; i < 40; i++) {
            var district = plan.districts.get(i % plan.districts.size());
            var numbers = numbers(round, district);
            urn.putAside(
                    round, List.of(district), Channel.KIOSK, Choice.of(numbers.subList(0, i % (numbers.size() + 1))));
            sql.change(
                    "insert into vote_roll (round_id, voter, district_key, quarter_key, age_group, channel, hour)"
                            + " select ?, sha256(?::bytea), ?, min(key), '30-44', 'kiosk', date_trunc('hour', now())"
                            + " from quarters where district_key = ?",
                    round.id(),
                    (slug + i).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    district,
                    district);
        }
        counting.count(round.id());
        for (var person : List.of(Town.administrator(), Town.officer())) {
            sql.change(
                    "insert into vote_signatures (round_id, person_id, at, office, protocol)"
                            + " select ?, id, ?, 'office', sha256('protocol') from persons where demo_key = ?",
                    round.id(),
                    clock.instant(),
                    person);
        }
        publishing.publish(round.id(), visitor(Town.administrator()).personId());
    }

    /** No round is left, with everything that hangs off it, whatever triggers say. */
    @Transactional
    public void forgetAll() {
        sql.change("truncate vote_rounds cascade");
        notices.forget();
    }
}
