package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import motette.audit.Audit;
import motette.bodies.Bodies;
import motette.bodies.Responsible;
import motette.limits.Suspicion;
import motette.people.Blocks;
import motette.people.Visitor;
import motette.places.Places;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * What authors do with their ideas: hand in, revise after a return, withdraw. An idea without an author is {@link Visitor#GUEST}'s:
 * only {@link Guests}, which asks for the code before, acts for the guest.
 */
@Singleton
public class IdeaService {

    private final JdbcOperations jdbc;
    private final Drafts drafts;
    private final Photos photos;
    private final Story story;
    private final Audit audit;
    private final Places places;
    private final Bodies bodies;
    private final Catalogue catalogue;
    private final Blocks blocks;
    private final Marks marks;
    private final Closings closings;
    private final Clock clock;

    IdeaService(
            JdbcOperations jdbc,
            Drafts drafts,
            Photos photos,
            Story story,
            Audit audit,
            Places places,
            Bodies bodies,
            Catalogue catalogue,
            Blocks blocks,
            Marks marks,
            Closings closings,
            Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.photos = photos;
        this.story = story;
        this.audit = audit;
        this.places = places;
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.blocks = blocks;
        this.marks = marks;
        this.closings = closings;
        this.clock = clock;
    }

    /** @param revised it had been handed in before and was returned */
    record HandedIn(long number, boolean revised) {}

    /**
     * Hands a draft in, or hands a revised idea in again. Twice gives the same idea.
     *
     * @param ticket     proves that the draft is theirs
     * @param language   tag of the language it is written in, where the author says nothing of it
     * @param suspicions what was odd about the form; the coordinator reads it
     * @return empty when the draft is not complete, is gone or is not theirs
     */
    @Transactional
    Optional<HandedIn> handIn(String ticket, Visitor visitor, String language, Set<Suspicion> suspicions) {
        blocks.refusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var taken = drafts.take(ticket);
        var before = Drafts.idOf(ticket).flatMap(id -> handedInBefore(id, visitor));
        if (taken.isEmpty() || before.isPresent()) {
            taken.ifPresent(written -> drafts.delete(written.id()));
            return before;
        } else {
            var draft = taken.get();
            return new IdeaForm(draft).complete(places, bodies, catalogue).map(idea -> {
                var handedIn = draft.has(Draft.REVISES)
                        ? revise(Long.parseLong(draft.get(Draft.REVISES)), draft.id(), idea, visitor)
                        : submit(draft.id(), idea, visitor, language);
                marks.note(handedIn.number(), idea.title(), idea.description(), visitor, suspicions);
                photos.moveToIdea(draft.id(), handedIn.number());
                drafts.delete(draft.id());
                return handedIn;
            });
        }
    }

    /** The author takes the idea back, with a reason if they like; false when there is no such idea of theirs. */
    @Transactional
    boolean withdraw(long number, Visitor visitor, String note) {
        var idea = story.lock(number).filter(facts -> isTheirs(visitor, facts));
        idea.ifPresent(facts -> {
            var state = IdeaState.of(facts.state());
            if (state == IdeaState.HANDED_IN || state == IdeaState.RETURNED || state.takesSupport()) {
                var reason = Typed.cut(note.strip(), 1000);
                story.tell(number, EventKind.WITHDRAWN, visitor.personId(), "", "", reason, null);
                audit.record(visitor.personId(), "idea.withdrawal", "idea:" + number, "");
            } else {
                throw new Refused(Refusal.of("withdrawal.late").withWayOut("/ideas/" + number, "support.to-idea"));
            }
        });
        return idea.isPresent();
    }

    /** A draft with everything a returned idea says, so that its author can mend it; empty when it is not theirs or not returned. */
    @Transactional
    Optional<Draft> reopen(long number, Visitor visitor) {
        return story.lock(number)
                .filter(facts -> isTheirs(visitor, facts) && facts.state().equals(IdeaState.RETURNED.key()))
                .map(facts -> {
                    refuseWhileClosed(number);
                    return drafts.save(drafts.begin(fieldsOf(number)), Map.of());
                });
    }

    /** A guest's idea has no author; only {@link Guests} acts for a guest, and only for who has its code. */
    private static boolean isTheirs(Visitor visitor, IdeaFacts facts) {
        return facts.authorId() == visitor.personId();
    }

    /** An idea of the part of a shared quarter that is no community has none: in the form that is a choice. */
    private Map<String, String> fieldsOf(long number) {
        var fields = Revisions.fieldsOf(jdbc, number);
        if (fields.getOrDefault(Draft.COMMUNITY, "").isEmpty()
                && bodies.responsibleFor(fields.getOrDefault(Draft.QUARTER, ""), "") instanceof Responsible.Choose) {
            fields.put(Draft.COMMUNITY, Responsible.Choice.NONE);
        }
        return fields;
    }

    private HandedIn submit(UUID draftId, IdeaForm.Complete idea, Visitor visitor, String language) {
        var number = insert(draftId, idea, visitor, language);
        story.tell(number, EventKind.HANDED_IN, visitor.personId(), "", "", "", null);
        audit.record(visitor.personId(), "idea.submission", "idea:" + number, "");
        return new HandedIn(number, false);
    }

    private HandedIn revise(long number, UUID draftId, IdeaForm.Complete idea, Visitor visitor) {
        var facts = story.lock(number)
                .filter(found -> isTheirs(visitor, found) && found.state().equals(IdeaState.RETURNED.key()))
                .orElseThrow(() ->
                        new Refused(Refusal.of("revision.late").withWayOut("/ideas/" + number, "support.to-idea")));
        refuseWhileClosed(number);
        Revisions.keep(jdbc, facts.number(), visitor.personId(), clock.instant());
        jdbc.prepareStatement(
                "update ideas set title = ?, description = ?, kind = ?, category_key = ?, quarter_key = ?,"
                    + " community_key = ?, body_key = ?, place = ?, lon = ?, lat = ?, exact_place = ?, cost_cents = ?,"
                    + " draft_id = ?, language = coalesce(?, language) where number = ?",
                statement -> {
                    int next = set(statement, 1, idea);
                    statement.setObject(next, draftId);
                    statement.setString(next + 1, idea.language().orElse(null));
                    statement.setLong(next + 2, number);
                    return statement.executeUpdate();
                });
        jdbc.prepareStatement("delete from idea_target_groups where idea_number = ?", statement -> {
            statement.setLong(1, number);
            return statement.executeUpdate();
        });
        addGroups(number, idea.groups());
        story.tell(number, EventKind.REVISED, visitor.personId(), "", "", "", null);
        audit.record(visitor.personId(), "idea.revision", "idea:" + number, "");
        return new HandedIn(number, true);
    }

    private void refuseWhileClosed(long number) {
        closings.reason(number).ifPresent(reason -> {
            throw new Refused(Refusal.of("closing.revision", reason).withWayOut("/ideas/" + number, "support.to-idea"));
        });
    }

    private long insert(UUID draftId, IdeaForm.Complete idea, Visitor visitor, String language) {
        long number = jdbc.prepareStatement(
                "insert into ideas (title, description, kind, category_key, quarter_key, community_key, body_key,"
                        + " place, lon, lat, exact_place, cost_cents, draft_id, author_id, language, handed_in_at,"
                        + " state_since) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning number",
                statement -> {
                    int next = set(statement, 1, idea);
                    var now = Timestamp.from(clock.instant());
                    statement.setObject(next, draftId);
                    statement.setObject(next + 1, visitor.isSignedIn() ? visitor.personId() : null, Types.BIGINT);
                    statement.setString(next + 2, idea.language().orElse(language));
                    statement.setTimestamp(next + 3, now);
                    statement.setTimestamp(next + 4, now);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
        addGroups(number, idea.groups());
        return number;
    }

    private void addGroups(long number, List<String> groups) {
        jdbc.prepareStatement(
                "insert into idea_target_groups (idea_number, group_key) select ?, unnest(?)", statement -> {
                    statement.setLong(1, number);
                    statement.setArray(
                            2,
                            statement
                                    .getConnection()
                                    .createArrayOf("text", Set.copyOf(groups).toArray()));
                    return statement.executeUpdate();
                });
    }

    /** The idea of this person that was handed in from a draft. */
    @Connectable
    Optional<Long> numberOf(UUID draftId, Visitor visitor) {
        return handedInBefore(draftId, visitor).map(HandedIn::number);
    }

    private Optional<HandedIn> handedInBefore(UUID draftId, Visitor visitor) {
        return jdbc.prepareStatement(
                "select number, exists (select from idea_events e where e.idea_number = number and e.kind = 'revised') "
                        + "from ideas where draft_id = ? and coalesce(author_id, 0) = ?",
                statement -> {
                    statement.setObject(1, draftId);
                    statement.setLong(2, visitor.personId());
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(new HandedIn(row.getLong(1), row.getBoolean(2)))
                                : Optional.empty();
                    }
                });
    }

    private static int set(PreparedStatement statement, int first, IdeaForm.Complete idea) throws SQLException {
        int i = first;
        statement.setString(i++, idea.title());
        statement.setString(i++, idea.description());
        statement.setString(i++, idea.kind());
        statement.setString(i++, idea.category());
        statement.setString(i++, idea.quarter());
        statement.setString(i++, idea.community());
        statement.setString(i++, idea.body());
        statement.setString(i++, idea.place());
        statement.setDouble(i++, idea.lon());
        statement.setDouble(i++, idea.lat());
        statement.setBoolean(i++, idea.exact());
        if (idea.costCents() == null) {
            statement.setNull(i++, Types.BIGINT);
        } else {
            statement.setLong(i++, idea.costCents());
        }
        return i;
    }
}
