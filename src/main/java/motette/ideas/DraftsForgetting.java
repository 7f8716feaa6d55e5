package motette.ideas;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words nobody came back to are deleted every night. Many copies may do it at once: each row goes once. */
@Singleton
class DraftsForgetting {

    private static final Logger LOG = LoggerFactory.getLogger(DraftsForgetting.class);

    private final Drafts drafts;

    DraftsForgetting(Drafts drafts) {
        this.drafts = drafts;
    }

    @Scheduled(cron = "0 23 3 * * *", zoneId = "Europe/Berlin")
    void forget() {
        LOG.info("drafts forgotten count={}", drafts.forget());
    }
}
