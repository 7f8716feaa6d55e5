package motette.statements;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import motette.ideas.OfficesAsked;
import motette.shared.InMemory;

/** Ideas on which offices were asked. */
@Singleton
class StatedIdeas implements OfficesAsked {

    private final InMemory<Set<Long>> ideas;

    StatedIdeas(StatementRepository statements) {
        ideas = new InMemory<>(statements::ideas, Duration.ofSeconds(20));
    }

    @Override
    public boolean areAskedOn(long ideaNumber) {
        return ideas.get().contains(ideaNumber);
    }

    @TransactionalEventListener
    void asked(StatementAsked event) {
        ideas.forget();
    }
}
