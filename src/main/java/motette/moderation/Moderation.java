package motette.moderation;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.ideas.Closings;
import motette.ideas.EventKind;
import motette.ideas.IdeaFacts;
import motette.ideas.Story;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator can do. Each deed locks the idea first, so that two coordinators who decide at once decide one after
 * the other and the second is refused. Nothing there or not theirs is the same answer: empty.
 */
@Singleton
class Moderation {

    static final Duration UNDO_WITHIN = Duration.ofHours(24);

    private final Story story;
    private final Closings closings;
    private final ModerationRights rights;
    private final Deputising deputising;
    private final Audit audit;
    private final DeskRepository desk;
    private final JdbcOperations jdbc;
    private final Clock clock;

    Moderation(
            Story story,
            Closings closings,
            ModerationRights rights,
            Deputising deputising,
            Audit audit,
            DeskRepository desk,
            JdbcOperations jdbc,
            Clock clock) {
        this.story = story;
        this.closings = closings;
        this.rights = rights;
        this.deputising = deputising;
        this.audit = audit;
        this.desk = desk;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Publishes, returns or declines an idea that waits; the answer is the id of the decision. */
    @Transactional
    Optional<Long> decide(Visitor visitor, long number, DecisionKind kind, String reason, String note) {
        demand(rights.deciding(visitor));
        long personId = visitor.personId();
        var idea = story.lock(number);
        var area = idea.flatMap(facts -> rights.area(visitor, facts.quarterKey()));
        if (idea.isPresent() && area.isPresent()) {
            refuseUnlessItWaits(idea.get());
            long event = story.tell(number, kind.event(), personId, area.get(), reason, note, null);
            audit.record(Deed.of("idea." + kind.key(), "idea:" + number)
                    .by(personId, "coordinator:" + area.get())
                    .because(reason));
            deputising.note(visitor, RoleName.COORDINATOR, area.get(), "idea:" + number);
            return Optional.of(keep(number, event, personId, area.get(), kind.key(), reason, note, null));
        } else {
            return Optional.empty();
        }
    }

    /** Moves an idea that waits or is published; from then on the coordinator and the body of the new place have it. */
    @Transactional
    Optional<Long> correctPlace(Visitor visitor, long number, NewPlace place) {
        demand(rights.deciding(visitor));
        long personId = visitor.personId();
        var idea = story.lock(number);
        var area = idea.flatMap(facts -> rights.area(visitor, facts.quarterKey()));
        if (idea.isPresent() && area.isPresent()) {
            refuseUnlessItMoves(idea.get());
            var before = desk.placeOf(number);
            story.move(
                    number,
                    place.lon(),
                    place.lat(),
                    place.quarter().key(),
                    place.communityKey(),
                    place.bodyKey(),
                    place.exact());
            var names = desk.quarterName(idea.get().quarterKey()) + " → "
                    + place.quarter().name();
            long event = story.tell(number, EventKind.PLACE_CORRECTED, personId, area.get(), "", names, null);
            audit.record(Deed.of("idea.place-correction", "idea:" + number).by(personId, "coordinator:" + area.get()));
            deputising.note(visitor, RoleName.COORDINATOR, area.get(), "idea:" + number);
            return Optional.of(keep(number, event, personId, area.get(), "place-correction", "", "", before));
        } else {
            return Optional.empty();
        }
    }

    /** Takes back the last decision about an idea; both lines stay readable. */
    @Transactional
    Optional<Long> undo(Visitor visitor, long decisionId) {
        demand(rights.deciding(visitor));
        long personId = visitor.personId();
        var decision = desk.decision(decisionId, rights.areas(visitor));
        decision.ifPresent(taken -> {
            story.lock(taken.ideaNumber());
            if (desk.countUndoable(decisionId, clock.instant().minus(UNDO_WITHIN)) == 0) {
                throw new Refused(Refusal.of("moderation.refused.undo")
                        .withWayOut("/moderation?view=decided", "moderation.to-decided"));
            }
            if (taken.kind().equals("place-correction")) {
                var before = desk.placeBefore(decisionId);
                story.move(
                        taken.ideaNumber(),
                        before.lon(),
                        before.lat(),
                        before.quarterKey(),
                        before.communityKey(),
                        before.bodyKey(),
                        before.exactPlace());
            }
            long event = story.takeBack(taken.ideaNumber(), taken.eventId(), personId, taken.areaKey());
            keep(taken.ideaNumber(), event, personId, taken.areaKey(), "undo", "", "", null);
            audit.record(Deed.of("idea.reversal", "idea:" + taken.ideaNumber())
                    .by(personId, "coordinator:" + taken.areaKey()));
            deputising.note(visitor, RoleName.COORDINATOR, taken.areaKey(), "idea:" + taken.ideaNumber());
        });
        return decision.map(Decision::ideaNumber);
    }

    /** Closes an idea with a public reason: nobody supports or revises it until it is opened again; false when it is not theirs. */
    @Transactional
    boolean close(Visitor visitor, long number, String reason) {
        demand(rights.deciding(visitor));
        long personId = visitor.personId();
        var area = story.lock(number).flatMap(facts -> rights.area(visitor, facts.quarterKey()));
        area.ifPresent(office -> {
            if (!closings.close(number, office, reason, personId)) {
                throw new Refused(
                        Refusal.of("closing.already").withWayOut("/moderation?idea=" + number, "closing.to-idea"));
            }
            audit.record(Deed.of("idea.closing", "idea:" + number)
                    .by(personId, "coordinator:" + office)
                    .because(reason));
            deputising.note(visitor, RoleName.COORDINATOR, office, "idea:" + number);
        });
        return area.isPresent();
    }

    /** Opens a closed idea again; whoever does so twice changes nothing. */
    @Transactional
    boolean open(Visitor visitor, long number) {
        demand(rights.deciding(visitor));
        long personId = visitor.personId();
        var area = story.lock(number).flatMap(facts -> rights.area(visitor, facts.quarterKey()));
        if (area.isPresent() && closings.open(number, personId)) {
            audit.record(Deed.of("idea.opening", "idea:" + number).by(personId, "coordinator:" + area.get()));
            deputising.note(visitor, RoleName.COORDINATOR, area.get(), "idea:" + number);
        }
        return area.isPresent();
    }

    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private static void refuseUnlessItWaits(IdeaFacts idea) {
        if (!idea.state().equals("handed-in")) {
            throw new Refused(Refusal.of("moderation.refused.decided", idea.title())
                    .withWayOut("/moderation", "moderation.to-queue"));
        }
    }

    private static void refuseUnlessItMoves(IdeaFacts idea) {
        if (!idea.state().equals("handed-in") && !idea.state().equals("published")) {
            throw new Refused(Refusal.of("moderation.refused.place", idea.title())
                    .withWayOut("/moderation", "moderation.to-queue"));
        }
    }

    private long keep(
            long number,
            long event,
            long personId,
            String area,
            String kind,
            String reason,
            String note,
            @Nullable String placeBefore) {
        return jdbc.prepareStatement(
                "insert into moderation_decisions (idea_number, event_id, decided_by, area_key, kind, reason_key,"
                        + " reason, place_before, at) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?) returning id",
                statement -> {
                    statement.setLong(1, number);
                    statement.setLong(2, event);
                    statement.setLong(3, personId);
                    statement.setString(4, area);
                    statement.setString(5, kind);
                    statement.setString(6, reason);
                    statement.setString(7, note);
                    statement.setString(8, placeBefore);
                    statement.setTimestamp(9, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }
}
