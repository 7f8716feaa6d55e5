package motette.council;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.BudgetView;
import motette.budgets.Ledger;
import motette.ideas.Story;
import motette.people.Visitor;
import motette.shared.Money;
import motette.shared.Refusal;
import motette.shared.Refused;

/** A resolution as it follows from a vote in the session: a grant sets its money aside in the same transaction. */
@Singleton
class RoomResolutions {

    private final RoomRepository rooms;
    private final CouncilRepository council;
    private final Story story;
    private final Ledger ledger;
    private final CouncilRights rights;
    private final Audit audit;
    private final Clock clock;

    RoomResolutions(
            RoomRepository rooms,
            CouncilRepository council,
            Story story,
            Ledger ledger,
            CouncilRights rights,
            Audit audit,
            Clock clock) {
        this.rooms = rooms;
        this.council = council;
        this.story = story;
        this.ledger = ledger;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    RoomResolutions at(Clock time) {
        return new RoomResolutions(rooms, council, story, ledger, rights, audit, time);
    }

    /** @param withoutStatement up to this sum no statement of the administration was needed */
    @Transactional(propagation = Propagation.MANDATORY)
    void resolve(
            Visitor visitor,
            Room room,
            RoomItem item,
            Motion motion,
            RoomVote vote,
            Vote figures,
            String kind,
            String reason,
            Money withoutStatement) {
        var session = room.session();
        var matter = Optional.ofNullable(room.matter());
        var amount = kind.startsWith("granted") ? motion.amount() : Money.ZERO;
        var budget = matter.flatMap(about -> rooms.budget(session, about));
        long idea = matter.map(Matter::idea).orElse(0L);
        if (idea != 0) {
            story.lock(idea);
        }
        if (!amount.isZero()) {
            ledger.reserve(
                            budget.map(BudgetView::id).orElseThrow(() -> no("room.refusal.budget", session)),
                            amount,
                            reason,
                            matter.orElseThrow().reference(),
                            visitor.personId())
                    .ifPresent(refusal -> {
                        throw new Refused(refusal.withWayOut(session.path() + "/room", "room.back"));
                    });
        }
        long event = idea == 0
                ? 0
                : story.tell(
                        idea,
                        Decision.find(kind).orElseThrow().event(),
                        visitor.personId(),
                        session.bodyKey(),
                        "",
                        reason,
                        amount.isZero() ? null : amount.cents());
        var quorum = rooms.quorumOf(vote.id());
        council.insert(
                new Resolution(
                        UUID.randomUUID(),
                        idea,
                        matter.map(Matter::application).orElse(0L),
                        matter.map(Matter::version).orElse(0),
                        item.id(),
                        vote.id(),
                        budget.map(BudgetView::id).orElse(0L),
                        event,
                        kind,
                        amount,
                        figures,
                        quorum.seats(),
                        quorum.needed(),
                        withoutStatement,
                        room.isStated(),
                        session.day(),
                        motion.wording(),
                        reason,
                        visitor.personId()),
                clock.instant());
        var subject = matter.map(Matter::reference).orElse("body:" + session.bodyKey());
        audit.record(Deed.of(
                        item.isPublic() ? "council.resolution" : "council.resolution-closed",
                        item.isPublic() ? subject : "body:" + session.bodyKey())
                .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                .because(item.isPublic() ? reason : "")
                .with("result", item.isPublic() ? kind : "")
                .with("cents", item.isPublic() ? amount.cents() : 0));
    }

    private static Refused no(String why, CouncilSession session) {
        return new Refused(Refusal.of(why).withWayOut(session.path() + "/room", "room.back"));
    }
}
