package motette.statements;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import motette.ideas.NumbersInMemory;
import motette.ideas.OfficesAsked;

/** Ideas on which offices were asked. */
@Singleton
class StatedIdeas implements OfficesAsked {

    private final NumbersInMemory ideas;

    StatedIdeas(StatementRepository statements) {
        ideas = new NumbersInMemory(statements::ideas);
    }

    @Override
    public boolean areAskedOn(long ideaNumber) {
        return ideas.contains(ideaNumber);
    }

    @TransactionalEventListener
    void asked(StatementAsked event) {
        ideas.forget();
    }
}
