package motette.signin.oidc;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.signin.Parties;
import motette.signin.PartyButton;

/** The providers, as the sign-in page and signing out see them. */
@Singleton
class OidcParties implements Parties {

    private final Providers providers;
    private final IdentityRepository identities;

    OidcParties(Providers providers, IdentityRepository identities) {
        this.providers = providers;
        this.identities = identities;
    }

    @Override
    public List<PartyButton> buttons(Locale language) {
        return providers.all().stream()
                .map(provider -> new PartyButton(
                        OidcController.path(provider.key()), provider.label(language), provider.isForStaff()))
                .toList();
    }

    /** Most people did not come by a provider: without one nothing is asked. */
    @Override
    @Connectable
    public Optional<String> farewell(long signIn) {
        return signIn == 0 || providers.all().isEmpty()
                ? Optional.empty()
                : identities.providerOf(signIn).stream()
                        .findFirst()
                        .flatMap(providers::find)
                        .map(provider -> OidcController.path(provider.key()) + "/farewell");
    }
}
