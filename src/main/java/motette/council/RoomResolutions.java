package motette.council;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
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
import org.jspecify.annotations.Nullable;

/** A resolution as it follows from a vote in the session, or from a circulation: a grant sets its money aside in the same transaction. */
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

    /**
     * What a body came to, whichever way.
     *
     * @param matter           null for anything but an idea or application
     * @param item             of the agenda; 0 without a session
     * @param vote             in the session; 0 without
     * @param circulation      0 without
     * @param withoutStatement up to this sum no statement of the administration was needed
     * @param path             where the way back leads
     * @param back             what that place is called
     */
    record Made(
            String bodyKey,
            @Nullable Matter matter,
            long item,
            long vote,
            long circulation,
            String kind,
            Money amount,
            String wording,
            String reason,
            Vote figures,
            int seats,
            int quorum,
            Money withoutStatement,
            boolean stated,
            LocalDate day,
            boolean isPublic,
            String path,
            String back) {}

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
        var quorum = rooms.quorumOf(vote.id());
        resolve(
                visitor,
                new Made(
                        session.bodyKey(),
                        room.matter(),
                        item.id(),
                        vote.id(),
                        0,
                        kind,
                        kind.startsWith("granted") ? motion.amount() : Money.ZERO,
                        motion.wording(),
                        reason,
                        figures,
                        quorum.seats(),
                        quorum.needed(),
                        withoutStatement,
                        room.isStated(),
                        session.day(),
                        item.isPublic(),
                        session.path() + "/room",
                        "room.back"));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void resolve(Visitor visitor, Made made) {
        var matter = Optional.ofNullable(made.matter());
        var budget = matter.flatMap(about -> rooms.budget(made.bodyKey(), about));
        long idea = matter.map(Matter::idea).orElse(0L);
        if (idea != 0) {
            story.lock(idea);
        }
        if (!made.amount().isZero()) {
            ledger.reserve(
                            budget.map(BudgetView::id)
                                    .orElseThrow(() -> new Refused(
                                            Refusal.of("room.refusal.budget").withWayOut(made.path(), made.back()))),
                            made.amount(),
                            made.reason(),
                            matter.orElseThrow().reference(),
                            visitor.personId())
                    .ifPresent(refusal -> {
                        throw new Refused(refusal.withWayOut(made.path(), made.back()));
                    });
        }
        long event = idea == 0
                ? 0
                : story.tell(
                        idea,
                        Decision.find(made.kind()).orElseThrow().event(),
                        visitor.personId(),
                        made.bodyKey(),
                        "",
                        made.reason(),
                        made.amount().isZero() ? null : made.amount().cents());
        council.insert(
                new Resolution(
                        UUID.randomUUID(),
                        idea,
                        matter.map(Matter::application).orElse(0L),
                        matter.map(Matter::version).orElse(0),
                        made.item(),
                        made.vote(),
                        made.circulation(),
                        budget.map(BudgetView::id).orElse(0L),
                        event,
                        made.kind(),
                        made.amount(),
                        made.figures(),
                        made.seats(),
                        made.quorum(),
                        made.withoutStatement(),
                        made.stated(),
                        made.day(),
                        made.wording(),
                        made.reason(),
                        visitor.personId()),
                clock.instant());
        var subject = matter.map(Matter::reference).orElse("body:" + made.bodyKey());
        audit.record(Deed.of(
                        made.isPublic() ? "council.resolution" : "council.resolution-closed",
                        made.isPublic() ? subject : "body:" + made.bodyKey())
                .by(visitor.personId(), rights.office(visitor, made.bodyKey()))
                .because(made.isPublic() ? made.reason() : "")
                .with("result", made.isPublic() ? made.kind() : "")
                .with("cents", made.isPublic() ? made.amount().cents() : 0));
    }
}
