package motette.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import motette.shared.Secrets;
import org.junit.jupiter.api.Test;

class FormGateTest {

    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Secrets SECRETS = new Secrets("a secret of the tests, 0123456789 abcdef", "");

    private final String opened = at(NOW).opened();

    @Test
    void somebody_who_reads_before_sending_is_not_odd_however_long_it_takes() {
        for (var later : new Duration[] {LEAST, Duration.ofMinutes(5), Duration.ofDays(3)}) {
            assertThat(at(NOW.plus(later)).look(Map.of("opened", opened, "your-site", ""), LEAST))
                    .as(later.toString())
                    .isEmpty();
        }
    }

    @Test
    void a_form_sent_at_once_never_opened_or_opened_in_the_future_is_too_fast() {
        assertThat(at(NOW.plusSeconds(2)).look(Map.of("opened", opened), LEAST)).containsExactly(Suspicion.TOO_FAST);
        assertThat(at(NOW).look(Map.of(), LEAST)).containsExactly(Suspicion.TOO_FAST);
        assertThat(at(NOW.minusSeconds(60)).look(Map.of("opened", opened), LEAST))
                .containsExactly(Suspicion.TOO_FAST);
    }

    @Test
    void a_moment_that_we_did_not_sign_does_not_count() {
        var earlier = NOW.minusSeconds(600).getEpochSecond() + opened.substring(opened.indexOf('-'));
        for (var forged :
                new String[] {earlier, "1-" + "0".repeat(32), "", "x", opened + "0", "99999999999999-" + "a".repeat(32)
                }) {
            assertThat(at(NOW.plusSeconds(60)).look(Map.of("opened", forged), LEAST))
                    .as(forged)
                    .containsExactly(Suspicion.TOO_FAST);
        }
        var foreign = new FormGate(
                new Secrets("another secret, 0123456789 abcdefghij", ""), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(at(NOW.plusSeconds(60)).look(Map.of("opened", foreign.opened()), LEAST))
                .containsExactly(Suspicion.TOO_FAST);
    }

    @Test
    void whoever_fills_in_what_people_do_not_see_is_noticed() {
        assertThat(at(NOW.plusSeconds(60)).look(Map.of("opened", opened, "your-site", "https://x.example"), LEAST))
                .containsExactly(Suspicion.HONEYPOT);
    }

    private static FormGate at(Instant now) {
        return new FormGate(SECRETS, Clock.fixed(now, ZoneOffset.UTC));
    }
}
