package motette.signin;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/** What is over is deleted: challenges, unfinished setups, wrong codes of yesterday. Many copies may do it at once. */
@Singleton
class FactorsForgetting {

    private final PasskeyChallenges challenges;
    private final AuthenticatorApps apps;
    private final WrongCodes wrongCodes;

    FactorsForgetting(PasskeyChallenges challenges, AuthenticatorApps apps, WrongCodes wrongCodes) {
        this.challenges = challenges;
        this.apps = apps;
        this.wrongCodes = wrongCodes;
    }

    @Scheduled(fixedDelay = "10m", initialDelay = "3m")
    void forget() {
        challenges.forget();
        apps.forget();
        wrongCodes.forget();
    }
}
