package motette.audit;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what has been written since the last time. Any number of copies may try at once: one does, the others find nothing to do.
 * A start with a key that does not fit to the blocks is refused, before it signs anything.
 */
@Singleton
class Sealing implements ApplicationEventListener<StartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final SigningKeys keys;
    private final Blocks blocks;
    private final AtomicBoolean told = new AtomicBoolean();

    Sealing(SigningKeys keys, Blocks blocks) {
        this.keys = keys;
        this.blocks = blocks;
    }

    @Override
    public void onApplicationEvent(StartupEvent start) {
        keys.current()
                .ifPresentOrElse(
                        key -> {
                            var turn = blocks.turn(key, keys);
                            if (turn == Turn.SUCCEEDED) {
                                throw new ConfigurationException("MOTETTE_AUDIT_KEY is a key that another one has"
                                        + " succeeded in signing the audit; give the new one.");
                            } else if (turn == Turn.STRANGER) {
                                throw new ConfigurationException(
                                        "MOTETTE_AUDIT_KEY is not the key that signs the audit;"
                                                + " give the one before as MOTETTE_AUDIT_PREVIOUS_KEY, or set"
                                                + " MOTETTE_AUDIT_PREVIOUS_KEY_LOST=true if nobody has it any more.");
                            }
                        },
                        () -> LOG.warn("no MOTETTE_AUDIT_KEY: deeds are recorded and wait to be sealed"));
    }

    @Scheduled(fixedDelay = "${motette.audit.every:1m}", initialDelay = "${motette.audit.every:1m}")
    void seal() {
        keys.current().ifPresent(key -> {
            Blocks.Sealed sealed;
            do {
                sealed = blocks.seal(key, keys);
                tell(sealed);
            } while (sealed.more());
        });
    }

    private void tell(Blocks.Sealed sealed) {
        if (sealed.number() > 0) {
            LOG.info("audit sealed block={} rows={}", sealed.number(), sealed.rows());
        } else if (!sealed.turn().seals() && !told.getAndSet(true)) {
            LOG.warn("another key seals the audit now: this copy leaves it to others turn={}", sealed.turn());
        }
    }
}
