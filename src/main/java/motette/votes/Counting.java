package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the urn of a round that is over, once and in one transaction: the ballots lie then in the order of a lot, district by
 * district, the receipts in the order of the alphabet; the roll is written anew in an order of its own, so that neither the place of
 * its rows nor their transactions lead to a ballot; and the key that could have is destroyed. Where urn and roll do not agree, nothing
 * is changed.
 */
@Singleton
class Counting {

    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);

    /** Ballots that are unsealed or written at a time. */
    private static final int BATCH = 2000;

    private final RoundRepository rounds;
    private final RoundKeys keys;
    private final List<BeforeCount> before;
    private final Audit audit;
    private final Sql sql;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Counting(RoundRepository rounds, RoundKeys keys, List<BeforeCount> before, Audit audit, Sql sql, Clock clock) {
        this.rounds = rounds;
        this.keys = keys;
        this.before = before;
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
    }

    /** Why a round is not counted now; empty when it may be, or is already. */
    @Transactional
    public Optional<Refusal> refusal(long roundId) {
        return rounds.alone(roundId).map(this::refusal).orElseGet(() -> Optional.of(Refusal.of("votes.refused.none")));
    }

    /** Counts as the application itself. */
    @Transactional
    public boolean count(long roundId) {
        return count(roundId, 0, "");
    }

    /**
     * Counts a round that is over. A round that is counted stays as it is.
     *
     * @param personId who asked for it; 0 for the application itself
     * @param office   in which role, as in the audit
     * @return whether it was counted now
     * @throws Refused when it is not over, something has to be done before, or urn and roll do not agree
     */
    @Transactional
    public boolean count(long roundId, long personId, String office) {
        var round = rounds.alone(roundId).orElseThrow(() -> new Refused(Refusal.of("votes.refused.none")));
        if (round.countedAt().isPresent()) {
            return false;
        }
        refusal(round).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var unsealed = unsealed(round);
        demandAgreement(round, unsealed);
        unsealed.forEach((place, ballots) -> Collections.shuffle(ballots, random));
        write(round, unsealed);
        int ballots = sql.change(
                "insert into vote_receipts (round_id, receipt)"
                        + " select round_id, receipt from vote_urn where round_id = ? order by receipt",
                roundId);
        int voters = shuffleRoll(roundId);
        sql.change("delete from vote_urn where round_id = ?", roundId);
        keys.destroy(roundId);
        sql.change(
                "insert into vote_counts (round_id, at, ballots, voters, key_gone) values (?, ?, ?, ?, true)",
                roundId,
                clock.instant(),
                ballots,
                voters);
        audit.record(Deed.of("votes.count", "round:" + round.id())
                .by(personId, office)
                .with("ballots", ballots)
                .with("voters", voters));
        audit.record(Deed.of("votes.key-destruction", "round:" + round.id()).by(personId, office));
        LOG.info("round counted round={} ballots={} voters={}", roundId, ballots, voters);
        return true;
    }

    private Optional<Refusal> refusal(Round round) {
        return switch (round.phase(clock.instant())) {
            case PREPARED, ANNOUNCED, OPEN, HELD -> Optional.of(Refusal.of("votes.result.refused.running"));
            case CLOSED ->
                before.stream().flatMap(each -> each.hindrance(round).stream()).findFirst();
            case COUNTED, PUBLISHED -> Optional.empty();
        };
    }

    /** A ballot of one district; equal ones are one object, so that memory grows with what differs. */
    private record Ballot(String method, Choice choice) {}

    /** By district, in no order that means anything. */
    private Map<String, List<Ballot>> unsealed(Round round) {
        var candidates = rounds.candidates(round.id());
        var districtOf = new HashMap<Integer, String>();
        candidates.forEach(candidate -> districtOf.put(candidate.number(), candidate.districtKey()));
        var key = keys.of(round.id());
        var same = new HashMap<Ballot, Ballot>();
        var unsealed = new TreeMap<String, List<Ballot>>();
        round.districts().forEach(district -> unsealed.put(district.key(), new ArrayList<>()));
        var page = page(round.id(), new byte[0]);
        while (!page.isEmpty()) {
            for (var sealed : page) {
                var opened = opened(key, sealed);
                demandFit(round, opened, districtOf);
                for (var district : opened.districtKeys()) {
                    var ballot = new Ballot(
                            opened.method(), opened.choice().only(number -> district.equals(districtOf.get(number))));
                    unsealed.computeIfAbsent(district, first -> new ArrayList<>())
                            .add(same.computeIfAbsent(ballot, first -> first));
                }
            }
            page = page(round.id(), page.getLast().token());
        }
        return unsealed;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Sealed(byte[] token, byte[] content) {}

    private List<Sealed> page(long roundId, byte[] after) {
        return sql.list(
                "select token, sealed from vote_urn where round_id = ? and token > ? order by token limit " + BATCH,
                row -> new Sealed(row.getBytes(1), row.getBytes(2)),
                roundId,
                after);
    }

    private static RoundKey.Opened opened(RoundKey key, Sealed sealed) {
        try {
            return key.open(sealed.token(), sealed.content());
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException changed) {
            throw new Refused(Refusal.of("votes.result.refused.changed"));
        }
    }

    /** Casting let nothing else in; a ballot that does not fit was not cast here. */
    private static void demandFit(Round round, RoundKey.Opened ballot, Map<Integer, String> districtOf) {
        boolean fits = !ballot.districtKeys().isEmpty()
                && ballot.districtKeys().stream().distinct().count()
                        == ballot.districtKeys().size()
                && ballot.districtKeys().stream().allMatch(round::takesPlaceIn)
                && ballot.choice().points().entrySet().stream()
                        .allMatch(each -> ballot.districtKeys().contains(districtOf.getOrDefault(each.getKey(), ""))
                                && each.getValue() >= 1
                                && each.getValue() <= round.most());
        if (!fits) {
            throw new Refused(Refusal.of("votes.result.refused.changed"));
        }
    }

    /** As many ballots as entries in each district; of papers, which may stay away or be invalid, at most. */
    private void demandAgreement(Round round, Map<String, List<Ballot>> unsealed) {
        var entries = new HashMap<String, Long>();
        sql.list("""
            select d.district_key, r.channel, count(*)
              from vote_roll r
              join vote_districts d on d.round_id = r.round_id and d.district_key in (r.district_key, r.further_key)
             where r.round_id = ? group by 1, 2\
            """, row -> entries.put(row.getString(1) + " " + row.getString(2), row.getLong(3)), round.id());
        for (var district : round.districts()) {
            for (var channel : Channel.values()) {
                long ballots = unsealed.getOrDefault(district.key(), List.of()).stream()
                        .filter(ballot -> ballot.method().equals(channel.method()))
                        .count();
                long entered = entries.getOrDefault(district.key() + " " + channel.key(), 0L);
                if (channel == Channel.PAPER ? ballots > entered : ballots != entered) {
                    LOG.error(
                            "round not counted round={} district={} channel={} ballots={} entries={}",
                            round.id(),
                            district.key(),
                            channel.key(),
                            ballots,
                            entered);
                    throw new Refused(Refusal.of(
                            "votes.result.refused.unequal", district.name(), channel.key(), ballots, entered));
                }
            }
        }
    }

    private void write(Round round, Map<String, List<Ballot>> unsealed) {
        for (var district : unsealed.entrySet()) {
            var rows = new ArrayList<Object[]>();
            int serial = 0;
            for (var ballot : district.getValue()) {
                serial++;
                rows.add(new Object[] {
                    round.id(),
                    district.getKey(),
                    serial,
                    ballot.method(),
                    shorts(ballot.choice().points().keySet()),
                    round.form() == BallotForm.POINTS
                            ? Optional.of(shorts(ballot.choice().points().values()))
                            : Optional.empty()
                });
                if (rows.size() == BATCH) {
                    writeAll(rows);
                    rows.clear();
                }
            }
            writeAll(rows);
        }
    }

    private void writeAll(List<Object[]> rows) {
        if (!rows.isEmpty()) {
            sql.changeAll(
                    "insert into vote_ballots (round_id, district_key, serial, method, choices, points)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    rows);
        }
    }

    private static short[] shorts(java.util.Collection<Integer> numbers) {
        var shorts = new short[numbers.size()];
        int at = 0;
        for (int number : numbers) {
            shorts[at] = (short) number;
            at++;
        }
        return shorts;
    }

    /** Every row goes and comes again, in the order of a lot; sorting waits for the last one to be gone. */
    private int shuffleRoll(long roundId) {
        return sql.change("""
            with gone as (delete from vote_roll where round_id = ? returning *)
            insert into vote_roll select * from gone order by gen_random_uuid()\
            """, roundId);
    }
}
