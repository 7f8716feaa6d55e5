package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import motette.people.Leaving;
import motette.people.Visitor;

/**
 * Withdraws what would wait for an answer of somebody who goes: what is not published yet always, what is published and not
 * decided if they wish. The story then says that it was withdrawn, and no longer by whom.
 */
@Singleton
class FarewellToIdeas {

    private final JdbcOperations jdbc;
    private final Story story;
    private final Drafts drafts;

    FarewellToIdeas(JdbcOperations jdbc, Story story, Drafts drafts) {
        this.jdbc = jdbc;
        this.story = story;
        this.drafts = drafts;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void leave(Leaving leaving) {
        for (var number : ideasOf(leaving.personId())) {
            story.lock(number)
                    .map(facts -> IdeaState.of(facts.state()))
                    .filter(state -> state == IdeaState.HANDED_IN
                            || state == IdeaState.RETURNED
                            || leaving.withdraws() && state.takesSupport())
                    .ifPresent(state ->
                            story.tell(number, EventKind.WITHDRAWN, Visitor.GUEST.personId(), "", "", "", null));
        }
        drafts.take(leaving.draft()).ifPresent(draft -> drafts.delete(draft.id()));
    }

    private List<Long> ideasOf(long personId) {
        return jdbc.prepareStatement("select number from ideas where author_id = ? order by number", statement -> {
            statement.setLong(1, personId);
            var numbers = new ArrayList<Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        });
    }
}
