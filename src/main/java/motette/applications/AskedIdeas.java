package motette.applications;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import motette.ideas.MoneyAsked;
import motette.shared.InMemory;

/** Ideas for which money is asked. */
@Singleton
class AskedIdeas implements MoneyAsked {

    private final InMemory<Set<Long>> ideas;

    AskedIdeas(ApplicationRepository applications) {
        ideas = new InMemory<>(applications::asked, Duration.ofSeconds(20));
    }

    @Override
    public boolean isAskedFor(long ideaNumber) {
        return ideas.get().contains(ideaNumber);
    }

    @TransactionalEventListener
    void changed(ApplicationChanged event) {
        ideas.forget();
    }
}
