package motette.signin.oidc;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The providers of the configuration; made at the start, so that a setting that cannot be is told then. */
@Context
class Providers {

    private final List<Provider> providers;

    Providers(
            List<ProviderSettings> settings,
            @Value("${motette.base-url}") String home,
            @Value("${motette.demo}") boolean demo,
            Clock clock) {
        this.providers = settings.stream()
                .map(one -> new Provider(one, home.replaceFirst("/+$", ""), demo, clock))
                .sorted(Comparator.comparingInt(Provider::order).thenComparing(Provider::key))
                .toList();
    }

    /** In the order of the sign-in page. */
    List<Provider> all() {
        return providers;
    }

    Optional<Provider> find(String key) {
        return providers.stream().filter(provider -> provider.key().equals(key)).findFirst();
    }
}
