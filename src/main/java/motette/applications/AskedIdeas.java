package motette.applications;

import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import motette.ideas.MoneyAsked;

/**
 * Ideas for which money is asked. Their pages are read far more often than applications are sent, so the numbers stand in memory for
 * a while; nothing is decided by them.
 */
@Singleton
class AskedIdeas implements MoneyAsked {

    private static final long LIFE = 20_000_000_000L;

    private final ApplicationRepository applications;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Known known = new Known(Set.of(), 0, false);

    private record Known(Set<Long> ideas, long readAt, boolean fresh) {}

    AskedIdeas(ApplicationRepository applications) {
        this.applications = applications;
    }

    /** Once read, what is old is still shown while somebody reads it anew. */
    @Override
    public boolean isAskedFor(long ideaNumber) {
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
    void changed(ApplicationChanged event) {
        known = new Known(Set.of(), 0, false);
    }

    private Known read() {
        var read = new Known(applications.asked(), System.nanoTime(), true);
        known = read;
        return read;
    }
}
