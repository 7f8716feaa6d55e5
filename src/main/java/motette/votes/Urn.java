package motette.votes;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Takes ballots. One transaction enters the voter in the roll and puts the sealed ballot into the urn; the primary keys of both
 * make sure that there is one of each a person, whatever the channel, the copy of the application or the number of taps. A later ballot
 * of the same voter takes the place of the earlier one only when it is cast.
 */
@Singleton
class Urn {

    private final RoundGuard guard;
    private final RoundRepository rounds;
    private final RoundKeys keys;
    private final Sql sql;
    private final Clock clock;

    Urn(RoundGuard guard, RoundRepository rounds, RoundKeys keys, Sql sql, Clock clock) {
        this.guard = guard;
        this.rounds = rounds;
        this.keys = keys;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of a ballot: it lies in the urn, or it has to be mended first. */
    sealed interface Outcome {

        record Cast(Receipt receipt, boolean again) implements Outcome {}

        record Wrong(Problems problems) implements Outcome {}
    }

    /**
     * Casts the ballot of somebody who may vote, on their own device.
     *
     * @param further key of the district in which they vote besides their own; empty for none
     * @param attempt of one filled-in form: it may arrive several times and counts once
     * @throws Refused when the round is not open, or they voted on another channel already
     */
    @Transactional
    Outcome cast(String slug, Voter voter, String further, Choice choice, String attempt) {
        var round = guard.open(slug);
        return cast(round, rounds.candidates(round.id()), voter, further, choice, attempt);
    }

    /**
     * The same where the guard was asked already, in the transaction that runs.
     *
     * @param open       as {@link RoundGuard#open} answered
     * @param candidates of the round, read under its lock
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Outcome cast(Round open, List<Candidate> candidates, Voter voter, String further, Choice choice, String attempt) {
        var districts = districts(open, voter, further);
        var problems = choice.problems(open, candidates, districts);
        if (!problems.isEmpty()) {
            return new Outcome.Wrong(problems);
        }
        boolean again = enter(open, voter, further);
        var key = keys.of(open.id());
        var token = key.token(voter.key());
        var receipt = key.receipt(token, attempt);
        sql.change("""
            insert into vote_urn (round_id, token, sealed, receipt) values (?, ?, ?, ?)
            on conflict (round_id, token) do update set sealed = excluded.sealed, receipt = excluded.receipt\
            """, open.id(), token, key.seal(token, Channel.WEB.method(), districts, choice), receipt.code());
        return new Outcome.Cast(receipt, again);
    }

    /**
     * Casts a ballot that cannot be changed, as from a shared tablet: nothing leads from it to its voter, not even while the round
     * is open.
     *
     * @throws Refused when the round is not open, or they voted already, on whatever channel
     */
    @Transactional
    Outcome castForGood(String slug, Voter voter, String further, Choice choice, Channel channel) {
        var round = guard.open(slug);
        var districts = districts(round, voter, further);
        var problems = choice.problems(round, rounds.candidates(round.id()), districts);
        if (!problems.isEmpty()) {
            return new Outcome.Wrong(problems);
        }
        enterOnce(round, voter, further, channel);
        return new Outcome.Cast(putAside(round, districts, channel, choice), false);
    }

    /**
     * Enters somebody who takes a ballot paper.
     *
     * @throws Refused when the round is not open, or they voted already
     */
    @Transactional
    void handOut(String slug, Voter voter, String further) {
        var round = guard.open(slug);
        districts(round, voter, further);
        enterOnce(round, voter, further, Channel.PAPER);
    }

    /**
     * Puts a ballot into the urn that no roll entry leads to; the caller holds a lock of the round.
     *
     * @param districtKeys what the ballot is for, one or two districts of the round, also where nothing is ticked: the count
     *                     compares them with the roll
     */
    Receipt putAside(Round round, List<String> districtKeys, Channel channel, Choice choice) {
        var key = keys.of(round.id());
        var token = keys.bytes();
        var receipt = Receipt.of(keys.bytes());
        sql.change(
                "insert into vote_urn (round_id, token, sealed, receipt) values (?, ?, ?, ?)",
                round.id(),
                token,
                key.seal(token, channel.method(), districtKeys, choice),
                receipt.code());
        return receipt;
    }

    /** What somebody cast so far on their own device, while the round is open; empty when nothing. */
    @Transactional(readOnly = true)
    public Optional<Held> held(Round round, Voter voter) {
        return sql.one(
                        "select further_key from vote_roll where round_id = ? and voter = ? and channel = 'web'",
                        row -> Optional.ofNullable(row.getString(1)).orElse(""),
                        round.id(),
                        voter.key())
                .flatMap(further -> {
                    var key = keys.of(round.id());
                    var token = key.token(voter.key());
                    return sql.one(
                            "select sealed, receipt from vote_urn where round_id = ? and token = ?",
                            row -> new Held(
                                    key.open(token, row.getBytes(1)).choice(), further, new Receipt(row.getString(2))),
                            round.id(),
                            token);
                });
    }

    /** @param further the district they voted in besides their own; empty for none */
    record Held(Choice choice, String further, Receipt receipt) {}

    /** On which channel somebody voted; empty when they did not. */
    @Transactional(readOnly = true)
    public Optional<Channel> channel(Round round, Voter voter) {
        return sql.one(
                "select channel from vote_roll where round_id = ? and voter = ?",
                row -> Channel.of(row.getString(1)),
                round.id(),
                voter.key());
    }

    /** Where somebody may vote with this ballot, one district at least; the one they live in need not be part of the round. */
    static List<String> districts(Round round, Voter voter, String further) {
        boolean wrong = !further.isEmpty()
                && (!round.furtherDistrict() || !round.takesPlaceIn(further) || further.equals(voter.districtKey()));
        var districts = Stream.of(voter.districtKey(), further)
                .filter(round::takesPlaceIn)
                .toList();
        if (wrong || districts.isEmpty()) {
            throw new Refused(Refusal.of("votes.refused.further"));
        }
        return districts;
    }

    /** @return whether they voted already on their own device and change their ballot now */
    private boolean enter(Round round, Voter voter, String further) {
        if (entered(round, voter, further, Channel.WEB)) {
            return false;
        }
        int changed = sql.change(
                "update vote_roll set further_key = nullif(?, '') where round_id = ? and voter = ? and channel = 'web'",
                further,
                round.id(),
                voter.key());
        if (changed == 0) {
            throw new Refused(Refusal.of("votes.refused.voted"));
        }
        return true;
    }

    private void enterOnce(Round round, Voter voter, String further, Channel channel) {
        if (!entered(round, voter, further, channel)) {
            throw new Refused(Refusal.of("votes.refused.voted"));
        }
    }

    /** False when the person or the account stands there already; whoever comes at the same time waits for the first. */
    private boolean entered(Round round, Voter voter, String further, Channel channel) {
        return sql.change(
                        """
                        insert into vote_roll
                            (round_id, voter, person_id, district_key, further_key, quarter_key, age_group, channel, hour)
                        values (?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?) on conflict do nothing\
                        """,
                        round.id(),
                        voter.key(),
                        voter.person(),
                        voter.districtKey(),
                        further,
                        voter.quarterKey(),
                        voter.ageGroup(),
                        channel.key(),
                        hour())
                > 0;
    }

    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }
}
