package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryTest {

    private final AtomicInteger read = new AtomicInteger();

    @Test
    void what_is_known_is_read_once_until_it_is_forgotten() {
        var facts = new InMemory<>(read::incrementAndGet, Duration.ofHours(1));
        assertThat(facts.get()).isEqualTo(1);
        assertThat(facts.get()).isEqualTo(1);
        facts.forget();
        assertThat(facts.get()).isEqualTo(2);
    }

    @Test
    void what_is_old_is_answered_while_it_is_read_anew() throws InterruptedException {
        var again = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var facts = new InMemory<>(
                () -> {
                    var number = read.incrementAndGet();
                    if (number == 2) {
                        again.countDown();
                        hold(goOn);
                    }
                    return number;
                },
                Duration.ZERO);
        assertThat(facts.get()).isEqualTo(1);
        assertThat(facts.get()).isEqualTo(1);
        again.await();
        assertThat(facts.get()).as("one thread reads, nobody waits").isEqualTo(1);
        assertThat(read).hasValue(2);
        goOn.countDown();
        var late = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (facts.get() < 2 && System.nanoTime() < late) {
            Thread.sleep(1);
        }
        assertThat(facts.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void what_was_read_before_a_change_does_not_stand_after_it() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var facts = new InMemory<>(
                () -> {
                    var number = read.incrementAndGet();
                    if (number == 1) {
                        begun.countDown();
                        hold(goOn);
                    }
                    return number;
                },
                Duration.ofHours(1));
        var reader = Thread.startVirtualThread(facts::get);
        begun.await();
        facts.forget();
        goOn.countDown();
        reader.join();
        assertThat(facts.get()).isEqualTo(2);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
