package motette.signin.oidc;

import jakarta.inject.Singleton;
import motette.signin.WayIn;

/** Linked accounts; one of a provider that is no longer configured lets nobody in. */
@Singleton
final class IdentityWayIn implements WayIn {

    private final IdentityRepository identities;
    private final Providers providers;

    IdentityWayIn(IdentityRepository identities, Providers providers) {
        this.identities = identities;
        this.providers = providers;
    }

    @Override
    public int countOf(long personId) {
        return (int) identities.of(personId).stream()
                .filter(identity -> providers.find(identity.provider()).isPresent())
                .count();
    }
}
