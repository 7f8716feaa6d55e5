package motette.applications;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import motette.ideas.MoneyAsked;
import motette.ideas.NumbersInMemory;

/** Ideas for which money is asked. */
@Singleton
class AskedIdeas implements MoneyAsked {

    private final NumbersInMemory ideas;

    AskedIdeas(ApplicationRepository applications) {
        ideas = new NumbersInMemory(applications::asked);
    }

    @Override
    public boolean isAskedFor(long ideaNumber) {
        return ideas.contains(ideaNumber);
    }

    @TransactionalEventListener
    void changed(ApplicationChanged event) {
        ideas.forget();
    }
}
