package motette.ideas;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Numbers of ideas of which a storey above knows something. Pages of ideas are read far more often than that changes, so the numbers
 * stand in memory for twenty seconds; nothing is decided by them. Once read, what is old is still answered while one thread reads anew.
 */
public final class NumbersInMemory {

    private static final long LIFE = 20_000_000_000L;

    private final Supplier<Set<Long>> source;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Known known = new Known(Set.of(), 0, false);

    private record Known(Set<Long> ideas, long readAt, boolean fresh) {}

    /** @param source reads them all */
    public NumbersInMemory(Supplier<Set<Long>> source) {
        this.source = source;
    }

    public boolean contains(long ideaNumber) {
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

    /** What is asked next is read anew. */
    public void forget() {
        known = new Known(Set.of(), 0, false);
    }

    private Known read() {
        var read = new Known(source.get(), System.nanoTime(), true);
        known = read;
        return read;
    }
}
