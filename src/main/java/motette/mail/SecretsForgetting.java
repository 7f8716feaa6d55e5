package motette.mail;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/** Secrets in mails do not outlive their time, sent or not, in the demo too. Many copies may do it at once. */
@Singleton
class SecretsForgetting {

    private final MailQueue queue;

    SecretsForgetting(MailQueue queue) {
        this.queue = queue;
    }

    @Scheduled(fixedDelay = "5m", initialDelay = "1m")
    void forget() {
        queue.forget();
    }
}
