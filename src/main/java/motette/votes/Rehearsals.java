package motette.votes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Test ballots (Probestimmen) before a round opens, counted at once. They lie in a table of their own, in plain, with nobody's name;
 * this class knows neither {@link Urn} nor {@link RoundKeys}, so none of them can become a ballot.
 */
@Singleton
class Rehearsals {

    private final RoundRights rights;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Sql sql;
    private final Clock clock;

    Rehearsals(RoundRights rights, RoundRepository rounds, DeskRepository desk, Sql sql, Clock clock) {
        this.rights = rights;
        this.rounds = rounds;
        this.desk = desk;
        this.sql = sql;
        this.clock = clock;
    }

    /** What stands on the ballot of a round: frozen where it is announced, else as the ideas are now. */
    @Transactional(readOnly = true)
    public List<Candidate> candidates(Round round) {
        return round.announcedAt().isPresent()
                ? rounds.candidates(round.id())
                : desk.prepared(round.id()).stream()
                        .map(one -> new Candidate(
                                one.number(),
                                one.districtKey(),
                                one.idea(),
                                1,
                                one.title(),
                                one.description(),
                                one.costCents(),
                                Optional.empty()))
                        .toList();
    }

    /**
     * Casts a test ballot, in all districts at will: who tries it out lives in none of them. Empty where there is no such round.
     *
     * @throws Refused once the round is open
     */
    @Transactional
    Optional<Problems> cast(Visitor visitor, long id, Choice choice, UUID attempt) {
        return before(visitor, id).map(round -> {
            var candidates = candidates(round);
            var problems = choice.problems(
                    round,
                    candidates,
                    round.districts().stream().map(Round.RoundDistrict::key).toList());
            if (problems.isEmpty()) {
                var ticked = candidates.stream()
                        .filter(candidate -> choice.pointsOf(candidate.number()) > 0)
                        .toList();
                sql.change(
                        "insert into vote_rehearsals (id, round_id, ideas, points, at) values (?, ?, ?::bigint[],"
                                + " ?::smallint[], ?) on conflict do nothing",
                        attempt,
                        id,
                        array(ticked.stream().map(Candidate::ideaNumber).toList()),
                        array(ticked.stream()
                                .map(candidate -> choice.pointsOf(candidate.number()))
                                .toList()),
                        clock.instant());
            }
            return problems;
        });
    }

    @Transactional
    boolean clear(Visitor visitor, long id) {
        var round = before(visitor, id);
        round.ifPresent(found -> sql.change("delete from vote_rehearsals where round_id = ?", id));
        return round.isPresent();
    }

    /** @param points by candidate, in the order of the ballot */
    @Introspected
    record Count(long ballots, List<Line> lines) {}

    @Introspected
    record Line(String title, long votes, long points) {}

    /** Nothing once the round is open: then they are as good as deleted. */
    @Transactional(readOnly = true)
    public Count count(Round round) {
        if (round.phase(clock.instant()) != Phase.PREPARED && round.phase(clock.instant()) != Phase.ANNOUNCED) {
            return new Count(0, List.of());
        }
        var ballots = sql.list(
                "select ideas, points from vote_rehearsals where round_id = ?",
                row -> ballot(row.getArray(1), row.getArray(2)),
                round.id());
        return new Count(
                ballots.size(),
                candidates(round).stream()
                        .map(candidate -> new Line(
                                candidate.title(),
                                ballots.stream()
                                        .filter(ballot -> ballot.containsKey(candidate.ideaNumber()))
                                        .count(),
                                ballots.stream()
                                        .mapToLong(ballot -> ballot.getOrDefault(candidate.ideaNumber(), 0))
                                        .sum()))
                        .toList());
    }

    private Optional<Round> before(Visitor visitor, long id) {
        rights.deciding(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var round = rounds.alone(id);
        round.filter(found -> !clock.instant().isBefore(found.opensAt())
                        && found.announcedAt().isPresent())
                .ifPresent(open -> {
                    throw new Refused(Refusal.of("votes.desk.refused.rehearsal")
                            .withWayOut("/votes/desk/" + id, "votes.desk.to-round"));
                });
        return round;
    }

    private static Map<Long, Integer> ballot(Array ideas, Array points) throws java.sql.SQLException {
        var numbers = (Long[]) ideas.getArray();
        var given = Arrays.stream((Object[]) points.getArray())
                .map(point -> ((Number) point).intValue())
                .toList();
        return java.util.stream.IntStream.range(0, numbers.length)
                .boxed()
                .collect(Collectors.toMap(i -> numbers[i], given::get));
    }

    private static String array(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
