package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import motette.people.RoleName;
import motette.shared.Sql;

/** Rounds of the demo city: announced with its example ideas, so that a newcomer sees a ballot and a result at once. */
@Singleton
public class SampleRounds {

    private final Sql sql;
    private final RoundKeys keys;
    private final Freezing freezing;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Protocols protocols;
    private final ProtocolPdf pdf;
    private final Publishing publishing;

    SampleRounds(
            Sql sql,
            RoundKeys keys,
            Freezing freezing,
            RoundRepository rounds,
            DeskRepository desk,
            Protocols protocols,
            ProtocolPdf pdf,
            Publishing publishing) {
        this.sql = sql;
        this.keys = keys;
        this.freezing = freezing;
        this.rounds = rounds;
        this.desk = desk;
        this.protocols = protocols;
        this.pdf = pdf;
        this.publishing = publishing;
    }

    /**
     * @param form        of the ballot: budget or approval
     * @param rule        which lays out the result
     * @param budgetCents the money of each district
     */
    public record Sample(
            String slug,
            String title,
            String intro,
            String form,
            String rule,
            List<String> districtKeys,
            long budgetCents,
            Instant announced,
            Instant opens,
            Instant closes) {}

    /** Announces it once; a second time nothing happens. */
    @Transactional
    public void announce(Sample sample, String administrator) {
        if (!stands(sample)) {
            keys.make(write(sample, person(administrator)));
        }
    }

    /**
     * A round that is over, signed by the two and published; a second time nothing happens. Its ballots follow from its name by chance:
     * nobody cast them, so they never were in an urn.
     */
    @Transactional
    public void publish(Sample sample, int voters, String administrator, String officer) {
        if (!stands(sample)) {
            long by = person(administrator);
            long id = write(sample, by);
            vote(rounds.find(id).orElseThrow(), voters);
            sql.change(
                    "insert into vote_counts (round_id, at, ballots, voters, key_gone) values (?, ?, ?, ?, true)",
                    id,
                    sample.closes().plus(Duration.ofHours(1)),
                    voters,
                    voters);
            var protocol = protocols.of(rounds.find(id).orElseThrow());
            sign(id, by, RoleName.ADMINISTRATOR, sample.closes().plus(Duration.ofHours(2)), protocol);
            sign(id, person(officer), RoleName.OFFICER, sample.closes().plus(Duration.ofHours(3)), protocol);
            publishing.publish(id, by, "", Map.of("protocol.pdf", pdf.make(protocol, desk.signatures(id))));
        }
    }

    private boolean stands(Sample sample) {
        return sql.holds("select from vote_rounds where slug = ?", sample.slug());
    }

    private long person(String demoKey) {
        return sql.number("select id from persons where demo_key = ?", demoKey);
    }

    /** The round as it is announced; its number. */
    private long write(Sample sample, long by) {
        long id = sql.number(
                "insert into vote_rounds (slug, title, intro, form, minimum_age, opens_at, closes_at, rule,"
                        + " prepared_at, prepared_by) values (?, ?, ?, ?, 14, ?, ?, ?, ?, ?) returning id",
                sample.slug(),
                sample.title(),
                sample.intro(),
                sample.form(),
                sample.opens(),
                sample.closes(),
                sample.rule(),
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
              join ideas i on i.quarter_key = q.key and i.example and i.state = 'published'
                           and i.cost_cents between 1 and d.budget_cents
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
        return id;
    }

    private record Quarter(String key, String districtKey) {}

    /** Ages as the roll has them; of the first nothing is known. */
    private static final List<String> AGES = List.of("", "14-17", "18-29", "18-29", "30-44", "30-44", "45-64", "65+");

    /** Most vote on a screen, most on the first days; some ideas please more people than others. */
    private void vote(Round round, int voters) {
        var chance = new Random(round.slug().hashCode());
        var quarters = sql.list(
                "select q.key, q.district_key from quarters q join vote_districts d on d.district_key = q.district_key"
                        + " where d.round_id = ? order by q.key",
                row -> new Quarter(row.getString(1), row.getString(2)),
                round.id());
        var candidates = rounds.candidates(round.id());
        var roll = new ArrayList<Object[]>();
        var ballots = new ArrayList<Object[]>();
        var receipts = new ArrayList<Object[]>();
        var cast = new HashMap<String, Integer>();
        long days = Duration.between(round.opensAt(), round.closesAt()).toDays();
        for (int i = 0; i < voters; i++) {
            var home = quarters.get(Math.min(chance.nextInt(quarters.size()), chance.nextInt(quarters.size())));
            int way = chance.nextInt(100);
            var channel = way < 80 ? Channel.WEB : way < 88 ? Channel.KIOSK : Channel.PAPER;
            int day = Math.min(chance.nextInt((int) days), chance.nextInt((int) days));
            roll.add(new Object[] {
                round.id(),
                bytes(chance),
                home.districtKey(),
                home.key(),
                AGES.get(chance.nextInt(AGES.size())),
                channel.key(),
                round.opensAt()
                        .plus(Duration.ofDays(day))
                        .plus(Duration.ofHours(chance.nextInt(8)))
                        .truncatedTo(ChronoUnit.HOURS)
            });
            var choices = candidates.stream()
                    .filter(one -> one.districtKey().equals(home.districtKey()))
                    .filter(one -> chance.nextInt(100) < 24 + one.number() * 37 % 48)
                    .map(Candidate::number)
                    .toList();
            var shorts = new short[choices.size()];
            for (int at = 0; at < shorts.length; at++) {
                shorts[at] = choices.get(at).shortValue();
            }
            ballots.add(new Object[] {
                round.id(),
                home.districtKey(),
                cast.merge(home.districtKey(), 1, Integer::sum),
                channel.method(),
                shorts
            });
            receipts.add(new Object[] {round.id(), Receipt.of(bytes(chance)).code()});
        }
        sql.changeAll(
                "insert into vote_roll (round_id, voter, district_key, quarter_key, age_group, channel, hour)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                roll);
        sql.changeAll(
                "insert into vote_ballots (round_id, district_key, serial, method, choices) values (?, ?, ?, ?, ?)",
                ballots);
        sql.changeAll("insert into vote_receipts (round_id, receipt) values (?, ?)", receipts);
    }

    private void sign(long id, long person, RoleName office, Instant at, Protocol protocol) {
        sql.change(
                "insert into vote_signatures (round_id, person_id, at, office, protocol) values (?, ?, ?, ?, ?)",
                id,
                person,
                at,
                office.key(),
                protocol.hash());
    }

    private static byte[] bytes(Random chance) {
        var bytes = new byte[32];
        chance.nextBytes(bytes);
        return bytes;
    }
}
