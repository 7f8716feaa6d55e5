package motette.signin;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/** Links are deleted a day after their end. Many copies may do it at once: each row goes once. */
@Singleton
class SignInLinksForgetting {

    private final SignInLinks links;

    SignInLinksForgetting(SignInLinks links) {
        this.links = links;
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "2m")
    void forget() {
        links.forget();
    }
}
