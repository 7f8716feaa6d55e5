package motette.statements;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import motette.ideas.OfficesAsked;

/**
 * Ideas on which offices were asked. Their pages are read far more often than that happens, so the numbers stand in memory for a
 * while; nothing is decided by them.
 */
@Singleton
class StatedIdeas implements OfficesAsked {

    private static final long LIFE = 20_000_000_000L;

    private final StatementRepository statements;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Known known = new Known(Set.of(), 0, false);

    private record Known(Set<Long> ideas, long readAt, boolean fresh) {}

    StatedIdeas(StatementRepository statements) {
        this.statements = statements;
    }

    /** Once read, what is old is still shown while somebody reads it anew. */
    @Override
    public boolean areAskedOn(long ideaNumber) {
        var now = known;
        if (!now.fresh()) {
            now = read();
        } else if (System.nanoTime() - now.readAt() > LIFE && reading.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> {
                try {
                    read();
                } finally {
                    reading.set(false);
                }
            });
        }
        return now.ideas().contains(ideaNumber);
    }

    @TransactionalEventListener
    void asked(StatementAsked event) {
        known = new Known(Set.of(), 0, false);
    }

    private Known read() {
        var read = new Known(statements.ideas(), System.nanoTime(), true);
        known = read;
        return read;
    }
}
