package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Prepares a round: until it is announced, everything about it may change, and staff alone sees it. Each deed takes the lock of the
 * round, so that nobody changes it while somebody else announces it.
 */
@Singleton
class Preparation {

    private final RoundRights rights;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Audit audit;
    private final Sql sql;
    private final Clock clock;

    Preparation(RoundRights rights, RoundRepository rounds, DeskRepository desk, Audit audit, Sql sql, Clock clock) {
        this.rights = rights;
        this.rounds = rounds;
        this.desk = desk;
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
    }

    /** What came of a form: the number of the round, or what has to be mended. */
    record Outcome(long round, Problems problems) {}

    @Transactional
    Outcome begin(Visitor visitor, RoundForm form) {
        demand(visitor);
        var problems = problems(form, 0);
        if (!problems.isEmpty()) {
            return new Outcome(0, problems);
        }
        long id = sql.number("""
            insert into vote_rounds (slug, title, intro, form, most_points, further_district, minimum_age, opens_at, closes_at,
                                     rule, least_votes, prepared_at, prepared_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id\
            """, values(form, clock.instant(), visitor.personId()));
        audit.record(visitor.personId(), "votes.preparation", "round:" + id, "");
        return new Outcome(id, problems);
    }

    /** Empty where there is no such round. */
    @Transactional
    Optional<Outcome> change(Visitor visitor, long id, RoundForm form) {
        demand(visitor);
        return prepared(id).map(round -> {
            var problems = problems(form, id);
            if (problems.isEmpty()) {
                sql.change("""
                    update vote_rounds set (slug, title, intro, form, most_points, further_district, minimum_age, opens_at, closes_at,
                                            rule, least_votes) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) where id = ?\
                    """, values(form, id));
            }
            return new Outcome(id, problems);
        });
    }

    /** Candidates of districts that leave the round leave with them. */
    @Transactional
    boolean place(Visitor visitor, long id, DistrictsForm form) {
        demand(visitor);
        var round = prepared(id);
        round.ifPresent(before -> {
            for (var district : before.districts()) {
                if (!form.has(district.key())) {
                    takeOut(
                            id,
                            desk.prepared(id).stream()
                                    .filter(candidate -> candidate.districtKey().equals(district.key()))
                                    .map(Prepared::number)
                                    .toList());
                    sql.change(
                            "delete from vote_districts where round_id = ? and district_key = ?", id, district.key());
                }
            }
            form.chosen()
                    .forEach(key -> sql.change(
                            "insert into vote_districts (round_id, district_key, budget_cents) values (?, ?, ?)"
                                    + " on conflict (round_id, district_key) do update set budget_cents ="
                                    + " excluded.budget_cents",
                            id,
                            key,
                            form.amount(key).cents()));
        });
        return round.isPresent();
    }

    /** The ideas of one district that are to stand on the ballot; those left out leave it. */
    @Transactional
    boolean choose(Visitor visitor, long id, String districtKey, Collection<Long> ideas) {
        demand(visitor);
        var round = prepared(id).filter(found -> found.takesPlaceIn(districtKey));
        round.ifPresent(found -> {
            var choosable = desk.choosable(id, districtKey);
            takeOut(
                    id,
                    choosable.stream()
                            .filter(Prepared::chosen)
                            .filter(candidate -> !ideas.contains(candidate.idea()))
                            .map(Prepared::number)
                            .toList());
            choosable.stream()
                    .filter(idea -> !idea.chosen() && idea.hasCost() && ideas.contains(idea.idea()))
                    .forEach(idea -> sql.change(
                            "insert into vote_candidates (round_id, number, district_key, idea_number) values (?,"
                                + " (select coalesce(max(number), 0) + 1 from vote_candidates where round_id = ?), ?,"
                                + " ?) on conflict do nothing",
                            id,
                            id,
                            districtKey,
                            idea.idea()));
        });
        return round.isPresent();
    }

    /** Of these two at most one can be carried out. */
    @Transactional
    Optional<Problems> exclude(Visitor visitor, long id, long idea, long other) {
        demand(visitor);
        return prepared(id).map(round -> {
            var both = desk.prepared(id).stream()
                    .filter(candidate -> candidate.idea() == idea || candidate.idea() == other)
                    .toList();
            if (both.size() < 2
                    || !both.getFirst().districtKey().equals(both.getLast().districtKey())) {
                return Problems.none().add("one", "votes.desk.problem.pair");
            } else {
                sql.change(
                        "insert into vote_exclusions (round_id, one, other) values (?, ?, ?) on conflict do nothing",
                        id,
                        both.getFirst().number(),
                        both.getLast().number());
                return Problems.none();
            }
        });
    }

    @Transactional
    boolean allow(Visitor visitor, long id, int one, int other) {
        demand(visitor);
        return prepared(id)
                .map(round -> sql.change(
                        "delete from vote_exclusions where round_id = ? and one = ? and other = ?", id, one, other))
                .isPresent();
    }

    /** Nobody outside has seen it: it goes without a trace but the log's. */
    @Transactional
    boolean discard(Visitor visitor, long id) {
        demand(visitor);
        var round = prepared(id);
        round.ifPresent(found -> {
            sql.change("delete from vote_exclusions where round_id = ?", id);
            sql.change("delete from vote_rounds where id = ?", id);
            audit.record(visitor.personId(), "votes.discarding", "round:" + id, "");
        });
        return round.isPresent();
    }

    private void takeOut(long id, List<Integer> numbers) {
        for (int number : numbers) {
            sql.change("delete from vote_exclusions where round_id = ? and (one = ? or other = ?)", id, number, number);
            sql.change("delete from vote_candidates where round_id = ? and number = ?", id, number);
        }
    }

    private void demand(Visitor visitor) {
        rights.deciding(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    /** @throws Refused when it is announced: then its list and its rule are fixed */
    private Optional<Round> prepared(long id) {
        var round = rounds.alone(id);
        round.filter(found -> found.announcedAt().isPresent()).ifPresent(found -> {
            throw new Refused(Refusal.of("votes.desk.refused.announced", found.title())
                    .withWayOut("/votes/desk/" + id, "votes.desk.to-round"));
        });
        return round;
    }

    private Problems problems(RoundForm form, long id) {
        var problems = form.problems();
        // Of two who choose the same word at once, the second hears of the first.
        sql.lock(form.address().getBytes(StandardCharsets.UTF_8));
        if (!problems.has("slug")
                && sql.holds("select from vote_rounds where slug = ? and id <> ?", form.address(), id)) {
            problems.add("slug", "votes.desk.problem.slug-taken", form.address());
        }
        return problems;
    }

    private static Object[] values(RoundForm form, Object... more) {
        var values = new Object[11 + more.length];
        values[0] = form.address();
        values[1] = form.title();
        values[2] = form.intro();
        values[3] = form.form();
        values[4] = form.form().equals("points")
                ? Optional.of(Typed.number(form.mostPoints()).orElseThrow())
                : Optional.empty();
        values[5] = form.further();
        values[6] = Typed.number(form.minimumAge()).orElseThrow();
        values[7] = form.opens().instant().orElseThrow();
        values[8] = form.closes().instant().orElseThrow();
        values[9] = form.rule();
        values[10] = Typed.number(form.leastVotes()).orElseThrow();
        System.arraycopy(more, 0, values, 11, more.length);
        return values;
    }
}
