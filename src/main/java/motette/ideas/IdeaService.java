package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import motette.audit.Audit;
import motette.bodies.Bodies;
import motette.people.Visitor;
import motette.places.Places;
import motette.shared.Refusal;
import motette.shared.Refused;

/** What authors do with their ideas: hand in, revise after a return, withdraw. */
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
            Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.photos = photos;
        this.story = story;
        this.audit = audit;
        this.places = places;
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * Hands a draft in, or hands a revised idea in again. Twice gives the same idea.
     *
     * @return its number; empty when the draft is not complete or is gone
     */
    @Transactional
    Optional<Long> handIn(UUID draftId, Visitor visitor, String language) {
        var fields = drafts.take(draftId);
        if (fields.isEmpty()) {
            return handedInBefore(draftId);
        } else {
            var draft = new Draft(draftId, "", fields.get());
            var complete = new IdeaForm(draft).complete(places, bodies, catalogue);
            complete.ifPresent(idea -> {
                if (draft.has(Draft.REVISES)) {
                    revise(Long.parseLong(draft.get(Draft.REVISES)), draftId, idea, visitor);
                } else {
                    var number = insert(draftId, idea, visitor, language);
                    story.tell(number, EventKind.HANDED_IN, visitor.personId(), "", "", "", null);
                    audit.record(visitor.personId(), "idea.submission", "idea:" + number, "");
                }
            });
            return complete.flatMap(idea -> {
                var number = handedInBefore(draftId);
                number.ifPresent(known -> photos.moveToIdea(draftId, known));
                drafts.delete(draftId);
                return number;
            });
        }
    }

    /** The author takes the idea back, with a reason if they like; false when there is no such idea of theirs. */
    @Transactional
    boolean withdraw(long number, Visitor visitor, String note) {
        var idea = story.lock(number).filter(facts -> facts.authorId() == visitor.personId());
        idea.ifPresent(facts -> {
            var state = IdeaState.of(facts.state());
            if (state == IdeaState.HANDED_IN || state == IdeaState.RETURNED || state.takesSupport()) {
                var reason = note.strip().length() > 1000 ? note.strip().substring(0, 1000) : note.strip();
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
                .filter(facts -> facts.authorId() == visitor.personId() && facts.state().equals(IdeaState.RETURNED.key()))
                .map(facts -> drafts.save(drafts.begin(Revisions.fieldsOf(jdbc, number)), java.util.Map.of()));
    }

    private void revise(long number, UUID draftId, IdeaForm.Complete idea, Visitor visitor) {
        var facts = story.lock(number)
                .filter(found -> found.authorId() == visitor.personId() && found.state().equals(IdeaState.RETURNED.key()))
                .orElseThrow(() -> new Refused(Refusal.of("revision.late").withWayOut("/ideas/" + number, "support.to-idea")));
        Revisions.keep(jdbc, facts.number(), visitor.personId(), clock.instant());
        jdbc.prepareStatement(
                "update ideas set title = ?, description = ?, kind = ?, category_key = ?, quarter_key = ?, community_key = ?, body_key = ?, "
                        + "place = ?, lon = ?, lat = ?, exact_place = ?, cost_cents = ?, draft_id = ? where number = ?",
                statement -> {
                    int next = set(statement, 1, idea);
                    statement.setObject(next, draftId);
                    statement.setLong(next + 1, number);
                    return statement.executeUpdate();
                });
        jdbc.prepareStatement("delete from idea_target_groups where idea_number = ?", statement -> {
            statement.setLong(1, number);
            return statement.executeUpdate();
        });
        addGroups(number, idea.groups());
        story.tell(number, EventKind.REVISED, visitor.personId(), "", "", "", null);
        audit.record(visitor.personId(), "idea.revision", "idea:" + number, "");
    }

    private long insert(UUID draftId, IdeaForm.Complete idea, Visitor visitor, String language) {
        long number = jdbc.prepareStatement(
                "insert into ideas (title, description, kind, category_key, quarter_key, community_key, body_key, place, lon, lat, "
                        + "exact_place, cost_cents, draft_id, author_id, language, handed_in_at, state_since) "
                        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning number",
                statement -> {
                    int next = set(statement, 1, idea);
                    var now = Timestamp.from(clock.instant());
                    statement.setObject(next, draftId);
                    statement.setLong(next + 1, visitor.personId());
                    statement.setString(next + 2, language);
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

    private void addGroups(long number, java.util.List<String> groups) {
        jdbc.prepareStatement("insert into idea_target_groups (idea_number, group_key) select ?, unnest(?)", statement -> {
            statement.setLong(1, number);
            statement.setArray(2, statement.getConnection().createArrayOf("text", Set.copyOf(groups).toArray()));
            return statement.executeUpdate();
        });
    }

    private Optional<Long> handedInBefore(UUID draftId) {
        return jdbc.prepareStatement("select number from ideas where draft_id = ?", statement -> {
            statement.setObject(1, draftId);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
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
