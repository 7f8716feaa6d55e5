package motette.council;

import io.micronaut.http.sse.Event;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every open page of a session that something was done in its room. One thread of each copy of the application asks the
 * database a few times a second, in one statement for all sessions that somebody follows, and for none while nobody does; so it does
 * not matter which copy a deed came to.
 */
@Singleton
class RoomSignals {

    private static final Logger LOG = LoggerFactory.getLogger(RoomSignals.class);

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** More follow by reloading; each is a connection that stays. */
    private static final int MOST = 2000;

    /** A line that says nothing, so that whatever stands between keeps the connection. */
    private static final int PAUSES_TO_A_BEAT = 50;

    private final RoomRepository rooms;
    private final Map<Follower, Boolean> followers = new ConcurrentHashMap<>();
    private final Object waiting = new Object();
    private volatile boolean ended;
    private boolean running;

    RoomSignals(RoomRepository rooms) {
        this.rooms = rooms;
    }

    /** The version of the room at once, and each later one; versions that follow each other fast may be left out. */
    Publisher<Event<String>> of(long sessionId) {
        return FlowAdapters.toPublisher(subscriber -> {
            var follower = new Follower(sessionId, subscriber);
            subscriber.onSubscribe(follower);
            if (followers.size() < MOST) {
                followers.put(follower, true);
                begin();
            } else {
                subscriber.onComplete();
            }
        });
    }

    private void begin() {
        synchronized (waiting) {
            if (!running && !ended) {
                running = true;
                Thread.ofVirtual().name("room-signals").start(this::follow);
            }
        }
    }

    private void follow() {
        for (int round = 0; ; round++) {
            synchronized (waiting) {
                if (ended || followers.isEmpty()) {
                    running = false;
                    return;
                }
            }
            try {
                tell(round % PAUSES_TO_A_BEAT == 0);
            } catch (RuntimeException unreachable) {
                LOG.warn("rooms cannot be followed cause={}", unreachable.toString());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
    }

    private void tell(boolean beat) {
        var all = List.copyOf(followers.keySet());
        var versions = rooms.versions(
                all.stream().map(each -> each.sessionId).distinct().toList());
        for (var follower : all) {
            follower.tell(versions.getOrDefault(follower.sessionId, 0L), beat);
        }
    }

    @PreDestroy
    void end() {
        synchronized (waiting) {
            ended = true;
        }
        followers.keySet().forEach(follower -> follower.subscriber.onComplete());
        followers.clear();
    }

    /** One open page. */
    private final class Follower implements Flow.Subscription {

        private final long sessionId;
        private final Flow.Subscriber<? super Event<String>> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        private long told = -1;

        Follower(long sessionId, Flow.Subscriber<? super Event<String>> subscriber) {
            this.sessionId = sessionId;
            this.subscriber = subscriber;
        }

        /** Only the one thread calls it. */
        void tell(long version, boolean beat) {
            if ((version != told || beat) && wanted.get() > 0) {
                wanted.decrementAndGet();
                told = version;
                subscriber.onNext(Event.of(String.valueOf(version)).name("room"));
            }
        }

        @Override
        public void request(long more) {
            wanted.accumulateAndGet(more, (had, added) -> had + added < 0 ? Long.MAX_VALUE : had + added);
        }

        @Override
        public void cancel() {
            followers.remove(this);
        }
    }
}
