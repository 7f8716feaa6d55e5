package motette.shared;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Facts that pages read far more often than they change, and by which nothing is decided: they stand in memory for a while. Once read, what
 * is old is still answered while one thread reads anew.
 */
public final class InMemory<T> {

    private final Supplier<T> source;
    private final long life;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Known<T> known;

    private record Known<T>(T facts, long readAt) {}

    /**
     * @param source reads them all
     * @param life   after which they are old; other copies of the portal know a change after it at the latest
     */
    public InMemory(Supplier<T> source, Duration life) {
        this.source = source;
        this.life = life.toNanos();
    }

    public T get() {
        var now = known;
        if (now == null) {
            return read();
        } else if (System.nanoTime() - now.readAt() > life && reading.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> {
                try {
                    read();
                } finally {
                    reading.set(false);
                }
            });
        }
        return now.facts();
    }

    /** What is asked next is read anew. */
    public void forget() {
        changes.incrementAndGet();
        known = null;
    }

    private T read() {
        var before = changes.get();
        var facts = source.get();
        known = new Known<>(facts, System.nanoTime());
        if (changes.get() != before) {
            // It may have been read before the change and would stand until it is old.
            known = null;
        }
        return facts;
    }
}
