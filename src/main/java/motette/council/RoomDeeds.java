package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.bodies.Bodies;
import motette.bodies.RulesOfProcedure;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/**
 * What is done in a session. Every deed waits for the row of the session, so that all follow each other; the database holds each to
 * the rules once more. A deed that comes twice changes nothing the second time.
 */
@Singleton
class RoomDeeds {

    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final RoomRepository rooms;
    private final CouncilRepository council;
    private final RoomResolutions resolutions;
    private final Selections selections;
    private final Bodies bodies;
    private final WorkingDays days;
    private final CouncilRights rights;
    private final Deputising deputising;
    private final Audit audit;
    private final Clock clock;

    RoomDeeds(
            SessionRepository sessions,
            AgendaRepository agenda,
            RoomRepository rooms,
            CouncilRepository council,
            RoomResolutions resolutions,
            Selections selections,
            Bodies bodies,
            WorkingDays days,
            CouncilRights rights,
            Deputising deputising,
            Audit audit,
            Clock clock) {
        this.sessions = sessions;
        this.agenda = agenda;
        this.rooms = rooms;
        this.council = council;
        this.resolutions = resolutions;
        this.selections = selections;
        this.bodies = bodies;
        this.days = days;
        this.rights = rights;
        this.deputising = deputising;
        this.audit = audit;
        this.clock = clock;
    }

    /** The same deeds at another time, within a transaction of whoever does them: for samples. */
    RoomDeeds at(Clock time) {
        return new RoomDeeds(
                sessions,
                agenda,
                rooms,
                council,
                resolutions.at(time),
                selections,
                bodies,
                days,
                rights,
                deputising,
                audit,
                time);
    }

    /** On the day of the session, once the members are invited. */
    @Transactional
    void open(Visitor visitor, CouncilSession planned) {
        var room = locked(planned, running(visitor, planned));
        if (room.openedAt() == null) {
            whyNotYet(room.session()).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            rooms.open(planned.id(), clock.instant(), visitor.personId());
            tell("council.session-opened", visitor, planned, "");
        }
    }

    /** Why the session cannot be opened now. */
    Optional<Refusal> whyNotYet(CouncilSession session) {
        var now = clock.instant();
        if (session.isCancelled()) {
            return Optional.of(refusal("sessions.refusal.cancelled", session));
        } else if (agenda.invitation(session.id()).isEmpty()) {
            return Optional.of(refusal("room.refusal.not-invited", session));
        } else if (now.isBefore(session.day().atStartOfDay(Time.ZONE).toInstant())) {
            return Optional.of(refusal("room.refusal.early", session, session.day()));
        } else if (!session.isOn(now)) {
            return Optional.of(refusal("room.refusal.past", session));
        } else {
            return Optional.empty();
        }
    }

    /** Somebody comes or goes; who is so already stays so. */
    @Transactional
    void mark(Visitor visitor, CouncilSession planned, long personId, boolean present) {
        var room = opened(planned, running(visitor, planned));
        var member = room.member(personId).orElseThrow(() -> no("room.refusal.member", planned));
        if (member.present() != present) {
            if (!member.choice().isEmpty() && room.isVoting()) {
                throw no("room.refusal.voting", planned);
            } else if (present && isTaken(room, member)) {
                throw no("room.refusal.taken", planned);
            }
            rooms.mark(planned.id(), member, present, after(room), visitor.personId());
        }
    }

    /** Whoever left the body in the middle of a session leaves the room before their successor sits down. */
    private static boolean isTaken(Room room, RoomMember member) {
        return member.hasVote()
                && room.members().stream()
                        .anyMatch(other -> other.present()
                                && other.seat() == member.seat()
                                && other.personId() != member.personId());
    }

    @Transactional
    void call(Visitor visitor, CouncilSession planned, long itemId) {
        var room = opened(planned, running(visitor, planned));
        var item =
                room.item(itemId).filter(each -> !each.removed()).orElseThrow(() -> no("agenda.refusal.gone", planned));
        if (!item.called()) {
            if (room.current() != null) {
                throw no("room.refusal.item-open", planned, room.current().label());
            }
            rooms.call(planned.id(), itemId, clock.instant(), visitor.personId());
            if (item.isMatter()) {
                selections.motion(planned, item).ifPresent(form -> movePrepared(visitor, planned, itemId, form));
            }
        }
    }

    /** What the list of motions has for an item is moved when it is called, where it can be resolved on as it stands now. */
    private void movePrepared(Visitor visitor, CouncilSession planned, long itemId, MotionForm form) {
        var room = rooms.room(planned, clock.instant());
        if (unresolvable(room).isEmpty()
                && form.problems(room.matter(), procedure(room), room.isStated())
                        .isEmpty()) {
            move(room, itemId, form, visitor);
        }
    }

    /** An item on which nothing was to be decided, or on which nothing could be. */
    @Transactional
    Problems end(Visitor visitor, CouncilSession planned, long itemId, RoomForm form) {
        var room = opened(planned, running(visitor, planned));
        var item = item(room, itemId);
        var problems = form.ending();
        if (problems.isEmpty() && item.isOpen()) {
            nothingIsVotedOn(room);
            var lapses = form.outcome().equals("no-quorum");
            if (lapses && room.quorum() != null && room.quorum().isReached()) {
                throw no("room.refusal.quorum-there", planned);
            }
            rooms.end(itemId, lapses ? "no-quorum" : "noted", form.note(), clock.instant(), visitor.personId());
        }
        return problems;
    }

    /** Whoever runs the session records it for a member; a member for themself. */
    @Transactional
    Problems declare(Visitor visitor, CouncilSession planned, long itemId, long personId, String ground) {
        var room = opened(planned, personId == visitor.personId() ? Optional.empty() : running(visitor, planned));
        var item = item(room, itemId);
        var member = room.member(personId)
                .orElseThrow(() -> personId == visitor.personId()
                        ? new Denied(Refusal.of("room.refusal.seat").withWayOut(planned.path(), "agenda.to-session"))
                        : no("room.refusal.member", planned));
        var problems = Problems.none();
        if (!RoomForm.GROUNDS.contains(ground)) {
            problems.add("ground", "room.problem.ground");
        } else if (item.resolution() != null || !item.outcome().isEmpty()) {
            throw no("room.refusal.item-over", planned);
        } else if (item.isOpen() && room.isVoting()) {
            throw no("room.refusal.voting", planned);
        } else {
            rooms.declare(itemId, member.personId(), ground, clock.instant(), visitor.personId());
        }
        return problems;
    }

    /** A motion, or a change of the one that stands. */
    @Transactional
    Problems move(Visitor visitor, CouncilSession planned, long itemId, MotionForm form) {
        var room = opened(planned, running(visitor, planned));
        var item = item(room, itemId);
        var request = form.request().orElseThrow(() -> no("council.refusal.form", planned));
        if (rooms.isMoved(request)) {
            return Problems.none();
        }
        var open = isOpen(room, item);
        nothingIsVotedOn(room);
        resolvable(room);
        var problems = form.problems(room.matter(), procedure(room), room.isStated());
        if (problems.isEmpty()) {
            move(room, open.id(), form, visitor);
        }
        return problems;
    }

    private void move(Room room, long itemId, MotionForm form, Visitor visitor) {
        rooms.move(
                form.request().orElseThrow(),
                itemId,
                form,
                form.sum(room.matter()),
                room.isStated(),
                clock.instant(),
                visitor.personId());
    }

    /** The vote on the motion as it stands. The database finds who may take part. */
    @Transactional
    void begin(Visitor visitor, CouncilSession planned, long itemId, RoomForm form) {
        var room = opened(planned, running(visitor, planned));
        var item = item(room, itemId);
        var request = form.request().orElseThrow(() -> no("council.refusal.form", planned));
        if (rooms.isBegun(request)) {
            return;
        }
        isOpen(room, item);
        nothingIsVotedOn(room);
        resolvable(room);
        var motion = room.motion();
        if (motion == null || !RoomForm.MODES.contains(form.mode())) {
            throw no("room.refusal.no-motion", planned);
        } else if (room.voteOnMotion() != null && !room.voteOnMotion().outcome().equals("void")) {
            throw no("room.refusal.voted", planned);
        } else if (motion.grants() && (room.free() == null || motion.amount().cents() > room.free())) {
            throw no("room.refusal.money", planned, new Money(room.free() == null ? 0 : room.free()), motion.amount());
        }
        stated(room, motion);
        var quorum = rooms.reckoned(itemId)
                .filter(RoomRepository.Reckoned::isReached)
                .orElseThrow(() -> no("room.refusal.quorum", planned));
        rooms.begin(request, planned.id(), itemId, motion, form.mode(), quorum, clock.instant(), visitor.personId());
    }

    /** A member votes; until the vote ends they may change it. */
    @Transactional
    void choose(Visitor visitor, CouncilSession planned, long voteId, String choice) {
        choose(visitor, opened(planned, Optional.empty()), visitor.personId(), voteId, choice);
    }

    /** Whoever runs the session enters what a member said whose device failed. */
    @Transactional
    void chooseFor(Visitor visitor, CouncilSession planned, long personId, long voteId, String choice) {
        var room = opened(planned, running(visitor, planned));
        choose(visitor, room, personId, voteId, choice);
        var item = room.current();
        tell(closed("council.vote-by-hand", item), visitor, planned, "");
    }

    private void choose(Visitor visitor, Room room, long personId, long voteId, String choice) {
        var vote = room.vote();
        var member = room.member(personId)
                .orElseThrow(
                        () -> new Denied(Refusal.of("room.refusal.seat").withWayOut(room.path(), "agenda.to-session")));
        if (vote == null || vote.id() != voteId || !vote.runs() || !vote.isOnDevices()) {
            throw no("room.refusal.vote-over", room.session());
        } else if (member.biased()) {
            throw no("room.refusal.biased", room.session());
        } else if (!member.present() || !member.voter()) {
            throw no("room.refusal.not-present", room.session());
        } else if (!RoomForm.CHOICES.contains(choice)) {
            throw no("room.refusal.choice", room.session());
        } else if (!member.choice().equals(choice)) {
            rooms.choose(voteId, personId, choice, clock.instant(), visitor.personId());
        }
    }

    /** Ends a vote; where the motion is adopted it is resolved in the same moment, and its money is set aside. */
    @Transactional
    Problems count(Visitor visitor, CouncilSession planned, long itemId, long voteId, RoomForm form) {
        var room = opened(planned, rights.counting(visitor, planned.bodyKey()));
        var item = item(room, itemId);
        var vote = room.vote();
        if (!item.isOpen() && item.called()
                || vote != null && (vote.id() > voteId || vote.id() == voteId && !vote.runs())) {
            return Problems.none();
        } else if (vote == null || vote.id() != voteId || !item.isOpen()) {
            throw no("room.refusal.vote-over", planned);
        } else if (vote.hasLostQuorum()) {
            throw no("room.refusal.quorum-lost", planned, vote.voters(), vote.needed());
        }
        var problems = Problems.none();
        var counted = vote.isOnDevices() ? Optional.of(devices(room, vote)) : form.count(vote.voters(), problems);
        counted.ifPresent(figures -> {
            var adopted = isAdopted(figures, rules(planned));
            rooms.end(voteId, adopted ? "adopted" : "rejected", figures, "", clock.instant(), visitor.personId());
            tell(closed("council.vote", item), visitor, planned, "");
            if (adopted) {
                var motion = room.motions().stream()
                        .filter(each -> each.number() == vote.motion())
                        .findFirst()
                        .orElseThrow();
                resolve(visitor, room, item, vote, figures, motion.kind(), motion.reason());
            }
        });
        return problems;
    }

    /** Whoever did not press anything was there and abstained. */
    private static Vote devices(Room room, RoomVote vote) {
        int yes = room.chose("yes").size();
        int no = room.chose("no").size();
        return new Vote(yes, no, vote.voters() - yes - no);
    }

    /** More yes than no (SächsGemO § 39 (6)), or nobody against where the body decides by consensus. */
    static boolean isAdopted(Vote vote, RulesOfProcedure rules) {
        if (rules.isByConsensus()) {
            return vote.no() == 0 && vote.yes() > 0;
        } else {
            return vote.yes() > vote.no() + (rules.abstentionsCount() ? vote.abstentions() : 0);
        }
    }

    @Transactional
    Problems annul(Visitor visitor, CouncilSession planned, long itemId, long voteId, RoomForm form) {
        var room = opened(planned, running(visitor, planned));
        var vote = room.vote();
        var problems = form.voiding();
        if (problems.isEmpty() && item(room, itemId).isOpen() && vote != null && vote.id() == voteId && vote.runs()) {
            rooms.end(voteId, "void", new Vote(0, 0, 0), form.reason(), clock.instant(), visitor.personId());
        }
        return problems;
    }

    /** After a motion failed and no other is made: it is declined. */
    @Transactional
    Problems decline(Visitor visitor, CouncilSession planned, long itemId, RoomForm form) {
        var room = opened(planned, rights.counting(visitor, planned.bodyKey()));
        var item = item(room, itemId);
        var vote = room.vote();
        var problems = form.declining(item.isMatter());
        if (item.resolution() == null && problems.isEmpty()) {
            if (vote == null || !vote.isRejected() || !item.isOpen()) {
                throw no("room.refusal.not-rejected", planned);
            }
            var granting = room.motions().stream()
                    .filter(each -> each.number() == vote.motion())
                    .anyMatch(Motion::grants);
            if (item.isMatter() && !granting) {
                throw no("room.refusal.another-motion", planned);
            }
            var kind = granting ? "not-granted" : "rejected";
            resolve(
                    visitor,
                    room,
                    item,
                    vote,
                    new Vote(vote.yes(), vote.no(), vote.abstentions()),
                    kind,
                    form.reason());
        }
        return problems;
    }

    private void resolve(
            Visitor visitor, Room room, RoomItem item, RoomVote vote, Vote figures, String kind, String reason) {
        resolvable(room);
        var motion = room.motions().stream()
                .filter(each -> each.number() == vote.motion())
                .findFirst()
                .orElseThrow();
        if (kind.startsWith("granted")) {
            stated(room, motion);
        }
        var limit = procedure(room).map(Procedure::withoutStatement).orElse(Money.ZERO);
        resolutions.resolve(visitor, room, item, motion, vote, figures, kind, reason, limit);
        rooms.end(item.id(), "resolved", "", clock.instant(), visitor.personId());
        deputising.note(
                visitor,
                RoleName.CHAIR,
                room.session().bodyKey(),
                "body:" + room.session().bodyKey());
    }

    @Transactional
    void close(Visitor visitor, CouncilSession planned) {
        var room = locked(planned, rights.counting(visitor, planned.bodyKey()));
        if (room.openedAt() == null) {
            throw no("room.refusal.not-open", planned);
        } else if (!room.isClosed()) {
            if (room.current() != null) {
                throw no("room.refusal.item-open", planned, room.current().label());
            }
            rooms.close(planned.id(), clock.instant(), visitor.personId());
            tell("council.session-closed", visitor, planned, "");
        }
    }

    private Optional<Refusal> running(Visitor visitor, CouncilSession session) {
        return rights.planning(visitor, session.bodyKey());
    }

    private Room locked(CouncilSession planned, Optional<Refusal> denied) {
        denied.ifPresent(refusal -> {
            throw SecondFactor.isAllThatIsMissing(refusal) ? new Refused(refusal) : new Denied(refusal);
        });
        agenda.lock(planned.id());
        var session = sessions.find(planned.bodyKey(), planned.id()).orElseThrow();
        return rooms.room(session, clock.instant());
    }

    private Room opened(CouncilSession planned, Optional<Refusal> denied) {
        var room = locked(planned, denied);
        if (room.openedAt() == null) {
            throw no("room.refusal.not-open", planned);
        } else if (room.isClosed()) {
            throw no("room.refusal.closed", planned);
        }
        return room;
    }

    /** Never before what was recorded last, so that rows of a person are in order whatever a clock does. */
    private Instant after(Room room) {
        var now = clock.instant();
        var opened = room.openedAt();
        return opened != null && now.isBefore(opened) ? opened : now;
    }

    private static RoomItem item(Room room, long itemId) {
        return room.item(itemId).orElseThrow(() -> no("agenda.refusal.gone", room.session()));
    }

    private static RoomItem isOpen(Room room, RoomItem item) {
        if (!item.isOpen()) {
            throw no("room.refusal.item-closed", room.session());
        }
        return item;
    }

    private static void nothingIsVotedOn(Room room) {
        if (room.isVoting()) {
            throw no("room.refusal.voting", room.session());
        }
    }

    /** Refuses where the idea or application cannot be resolved on: decided, withdrawn, incomplete, late, outside the year. */
    private void resolvable(Room room) {
        unresolvable(room).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
    }

    private Optional<Refusal> unresolvable(Room room) {
        var matter = room.matter();
        var session = room.session();
        if (matter == null) {
            return Optional.empty();
        } else if (!matter.refused().isEmpty()) {
            return Optional.of(refusal("room.refusal.matter." + matter.refused(), session));
        }
        var lastDay = days.lastDayBefore(session.day(), rules(session).leadWorkingDays());
        if (matter.completeOn() != null && matter.completeOn().isAfter(lastDay)) {
            return Optional.of(refusal("room.refusal.late", session, matter.completeOn(), lastDay));
        }
        return procedure(room)
                .filter(year ->
                        session.day().isBefore(year.firstDay()) || session.day().isAfter(year.lastDay()))
                .map(year -> refusal("council.problem.day-year", session, year.firstDay(), year.lastDay()));
    }

    /** Refuses where the sum needs a statement of the administration and none stands, or an appeal against it is open. */
    private void stated(Room room, Motion motion) {
        procedure(room)
                .filter(rules -> rules.needsStatement(motion.amount()) && !room.isStated())
                .ifPresent(rules -> {
                    throw no("room.problem.statement", room.session(), rules.withoutStatement());
                });
    }

    private Optional<Procedure> procedure(Room room) {
        return Optional.ofNullable(room.matter())
                .flatMap(matter -> council.procedure(
                        room.session().bodyKey(), matter.year(), room.session().day()));
    }

    private RulesOfProcedure rules(CouncilSession session) {
        return bodies.rulesOf(session.bodyKey(), session.day()).orElseThrow(() -> no("room.refusal.rules", session));
    }

    /** Of what is not public, the audit knows that something was done and not what. */
    private static String closed(String deed, @Nullable RoomItem item) {
        return item == null || item.isPublic() ? deed : deed + "-closed";
    }

    private void tell(String deed, Visitor visitor, CouncilSession session, String reason) {
        audit.record(Deed.of(deed, "body:" + session.bodyKey())
                .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                .because(reason)
                .with("session", session.id()));
        deputising.note(visitor, RoleName.CHAIR, session.bodyKey(), "body:" + session.bodyKey());
    }

    private static Refusal refusal(String why, CouncilSession session, Object... args) {
        return Refusal.of(why, args).withWayOut(session.path() + "/room", "room.back");
    }

    private static Refused no(String why, CouncilSession session, Object... args) {
        return new Refused(refusal(why, session, args));
    }
}
