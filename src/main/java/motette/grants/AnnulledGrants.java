package motette.grants;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import motette.budgets.MoneyUnderWay;
import motette.people.Visitor;

/**
 * A resolution is annulled after its notice or its order: what was promised goes back into the budget, the notice is taken back and what
 * was paid on it is asked back, all in the transaction of the annulment. What an office has spent on an order stays spent.
 */
@Singleton
class AnnulledGrants implements MoneyUnderWay {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final ChangeDeeds changes;
    private final Clock clock;

    AnnulledGrants(GrantRepository grants, GrantBooks books, ChangeDeeds changes, Clock clock) {
        this.grants = grants;
        this.books = books;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean free(long budgetId, String reference, String reason, long personId) {
        var resolution = grants.standing(budgetId, reference);
        resolution.ifPresent(grants::lock);
        var file = resolution.flatMap(grants::find).filter(GrantFile::rests);
        if (file.isEmpty() || !file.get().opened() && file.get().reserved() > 0) {
            return false;
        } else {
            if (file.get().opened() && !file.get().ended()) {
                fall(new Visitor(personId, "", Set.of(), 0, Instant.EPOCH), file.get(), reason);
            }
            return true;
        }
    }

    private void fall(Visitor visitor, GrantFile file, String reason) {
        grants.fall(file, visitor.personId(), clock.instant());
        var fallen = grants.find(file.id()).orElseThrow();
        if (fallen.isNotice()) {
            changes.fall(visitor, fallen, reason);
        } else if (fallen.granted() > 0) {
            books.move(visitor, fallen, "revoke", fallen.granted(), 0);
        }
        books.record(visitor, fallen, "grant.fall", fallen.granted());
    }
}
