package motette.votes;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * What may happen to a round between its announcement and its count: each with a reason that everybody reads, alone with the round,
 * and only in the phase it belongs to. Nothing announced is overwritten.
 */
@Singleton
class RunningRounds {

    private static final Set<Phase> BEFORE_CLOSE = Set.of(Phase.ANNOUNCED, Phase.OPEN, Phase.HELD);
    private static final Set<Phase> ANNOUNCED = EnumSet.complementOf(EnumSet.of(Phase.PREPARED));
    private static final Set<Phase> UNTIL_PUBLISHED =
            Set.of(Phase.ANNOUNCED, Phase.OPEN, Phase.HELD, Phase.CLOSED, Phase.COUNTED);

    private final RoundRights rights;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Freezing freezing;
    private final Telling telling;
    private final Audit audit;
    private final ApplicationEventPublisher<RoundEvent> announcements;
    private final Sql sql;
    private final Clock clock;

    RunningRounds(
            RoundRights rights,
            RoundRepository rounds,
            DeskRepository desk,
            Freezing freezing,
            Telling telling,
            Audit audit,
            ApplicationEventPublisher<RoundEvent> announcements,
            Sql sql,
            Clock clock) {
        this.rights = rights;
        this.rounds = rounds;
        this.desk = desk;
        this.freezing = freezing;
        this.telling = telling;
        this.audit = audit;
        this.announcements = announcements;
        this.sql = sql;
        this.clock = clock;
    }

    /** Whether candidates of a round may be changed or withdrawn now. */
    boolean changes(Round round) {
        return BEFORE_CLOSE.contains(round.phase(clock.instant()));
    }

    /** From now on no ballot is taken, until {@link #resume} or the close. Empty where there is no such round. */
    @Transactional
    Optional<Problems> hold(Visitor visitor, long id, String reason) {
        return in(visitor, id, BEFORE_CLOSE).map(round -> {
            if (round.heldBecause().isPresent()) {
                throw new Refused(refusal("votes.desk.refused.held", id));
            }
            var problems = Typed.reason(reason);
            if (problems.isEmpty()) {
                sql.change(
                        "insert into vote_holds (round_id, at, by, reason) values (?, ?, ?, ?)",
                        id,
                        clock.instant(),
                        visitor.personId(),
                        reason);
                record(visitor, "votes.hold", id, reason);
                announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.HELD));
            }
            return problems;
        });
    }

    @Transactional
    boolean resume(Visitor visitor, long id) {
        var round = in(visitor, id, BEFORE_CLOSE);
        round.ifPresent(held -> {
            int ended = sql.change(
                    "update vote_holds set ended_at = ?, ended_by = ? where round_id = ? and ended_at is null",
                    clock.instant(),
                    visitor.personId(),
                    id);
            if (ended == 0) {
                throw new Refused(refusal("votes.desk.refused.not-held", id));
            }
            record(visitor, "votes.resumption", id, "");
            announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.RESUMED));
        });
        return round.isPresent();
    }

    /** A later close, decided before the one that stands. */
    @Transactional
    Optional<Problems> prolong(Visitor visitor, long id, TypedMoment closes, String reason) {
        return in(visitor, id, BEFORE_CLOSE).map(round -> {
            var problems = Problems.none();
            closes.check(problems, "closes_on");
            if (closes.instant()
                    .filter(until -> !until.isAfter(round.closesAt()))
                    .isPresent()) {
                problems.add("closes_on", "votes.desk.problem.later", berlin(round.closesAt()));
            }
            Typed.reason(reason)
                    .list()
                    .forEach(problem -> problems.add(
                            problem.getKey(),
                            problem.getValue().key(),
                            problem.getValue().args().toArray()));
            if (problems.isEmpty()) {
                var until = closes.instant().orElseThrow();
                sql.change(
                        "insert into vote_prolongations (round_id, closes_at, at, by, reason) values (?, ?, ?, ?, ?)",
                        id,
                        until,
                        clock.instant(),
                        visitor.personId(),
                        reason);
                audit.record(Deed.of("votes.prolongation", "round:" + id)
                        .by(visitor.personId(), "")
                        .because(reason)
                        .with("closes", until.toString()));
                announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.PROLONGED));
            }
            return problems;
        });
    }

    /** A further version of what stands on the ballot; whoever voted hears of it and may choose anew. */
    @Transactional
    Optional<Problems> change(Visitor visitor, long id, int number, VersionForm form) {
        return in(visitor, id, BEFORE_CLOSE)
                .flatMap(round -> standing(id, number).map(candidate -> {
                    long budget = round.district(candidate.districtKey())
                            .orElseThrow()
                            .budgetCents();
                    var problems = form.problems(budget);
                    if (problems.isEmpty() && !form.changes(candidate)) {
                        problems.add("title", "votes.desk.problem.same");
                    }
                    if (problems.isEmpty()) {
                        int version = candidate.version() + 1;
                        freezing.change(
                                id,
                                number,
                                form,
                                Money.parse(form.cost()).orElseThrow().cents(),
                                visitor.personId(),
                                clock.instant());
                        audit.record(Deed.of("votes.version", "round:" + id)
                                .by(visitor.personId(), "")
                                .because(form.reason())
                                .with("candidate", number)
                                .with("version", version));
                        telling.voters(
                                round,
                                "round-" + id + "-version-" + number + "-" + version,
                                "version",
                                form.title(),
                                form.reason());
                        announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.CHANGED));
                    }
                    return problems;
                }));
    }

    /** It cannot win any more; what was voted for it stays on the ballots and does not count. */
    @Transactional
    Optional<Problems> withdraw(Visitor visitor, long id, int number, String reason) {
        return in(visitor, id, BEFORE_CLOSE)
                .flatMap(round -> standing(id, number).map(candidate -> {
                    var problems = Typed.reason(reason);
                    if (problems.isEmpty()) {
                        sql.change(
                                "insert into vote_withdrawals (round_id, number, at, by, reason) values (?, ?, ?, ?,"
                                        + " ?)",
                                id,
                                number,
                                clock.instant(),
                                visitor.personId(),
                                reason);
                        audit.record(Deed.of("votes.withdrawal", "round:" + id)
                                .by(visitor.personId(), "")
                                .because(reason)
                                .with("candidate", number));
                        telling.voters(
                                round,
                                "round-" + id + "-withdrawal-" + number,
                                "withdrawal",
                                candidate.title(),
                                reason);
                        announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.CHANGED));
                    }
                    return problems;
                }));
    }

    /**
     * The photo of a candidate has to go, by law or for somebody on it: its files are deleted. Until the close the ballot has a further
     * version that says so, and whoever voted hears of it; afterwards the ballots were cast, and only the page says it.
     */
    @Transactional
    Optional<Problems> removePicture(Visitor visitor, long id, int number, String reason) {
        return in(visitor, id, ANNOUNCED)
                .flatMap(round -> pictured(id, number).map(candidate -> {
                    var problems = Typed.reason(reason);
                    if (problems.isEmpty()) {
                        sql.change(
                                "insert into vote_picture_removals (round_id, number, at, by, reason) values (?, ?, ?,"
                                        + " ?, ?)",
                                id,
                                number,
                                clock.instant(),
                                visitor.personId(),
                                reason);
                        sql.change("delete from vote_picture_files where round_id = ? and number = ?", id, number);
                        audit.record(Deed.of("votes.picture-removal", "round:" + id)
                                .by(visitor.personId(), "")
                                .because(reason)
                                .with("candidate", number));
                        if (BEFORE_CLOSE.contains(round.phase(clock.instant()))) {
                            freezing.withoutPicture(id, number, reason, visitor.personId(), clock.instant());
                            telling.voters(
                                    round, "round-" + id + "-picture-" + number, "version", candidate.title(), reason);
                            announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.CHANGED));
                        }
                    }
                    return problems;
                }));
    }

    /** @throws Refused when it shows no photo */
    private Optional<Candidate> pictured(long id, int number) {
        var candidate = rounds.candidates(id).stream()
                .filter(one -> one.number() == number)
                .findFirst();
        if (candidate.isPresent()
                && !sql.holds("select from vote_picture_files where round_id = ? and number = ?", id, number)) {
            throw new Refused(refusal("votes.desk.refused.no-picture", id));
        }
        return candidate;
    }

    /** Something that the protocol of the close should say; until the first signature. */
    @Transactional
    Optional<Problems> note(Visitor visitor, long id, String reason) {
        return in(visitor, id, UNTIL_PUBLISHED).map(round -> {
            if (!desk.signatures(id).isEmpty()) {
                throw new Refused(refusal("votes.desk.refused.signed", id));
            }
            var problems = Typed.reason(reason);
            if (problems.isEmpty()) {
                sql.change(
                        "insert into vote_incidents (round_id, at, by, reason) values (?, ?, ?, ?)",
                        id,
                        clock.instant(),
                        visitor.personId(),
                        reason);
                record(visitor, "votes.incident", id, reason);
            }
            return problems;
        });
    }

    /** @throws Refused when it was withdrawn already */
    private Optional<Candidate> standing(long id, int number) {
        var candidate = rounds.candidates(id).stream()
                .filter(one -> one.number() == number)
                .findFirst();
        candidate.filter(one -> !one.stands()).ifPresent(gone -> {
            throw new Refused(refusal("votes.desk.refused.withdrawn", id));
        });
        return candidate;
    }

    /** The round, alone and in one of these phases as long as the transaction lasts. */
    private Optional<Round> in(Visitor visitor, long id, Set<Phase> phases) {
        rights.deciding(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var round = rounds.alone(id);
        round.filter(found -> !phases.contains(found.phase(clock.instant()))).ifPresent(found -> {
            throw new Refused(refusal(
                    "votes.desk.refused.phase." + found.phase(clock.instant()).key(), id));
        });
        return round;
    }

    private void record(Visitor visitor, String deed, long id, String reason) {
        audit.record(visitor.personId(), deed, "round:" + id, reason);
    }

    private static Refusal refusal(String sentence, long id) {
        return Refusal.of(sentence).withWayOut("/votes/desk/" + id, "votes.desk.to-round");
    }

    private static LocalDateTime berlin(Instant at) {
        return LocalDateTime.ofInstant(at, Time.ZONE);
    }
}
