package motette.signin;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;

/**
 * For whom passkeys are made and where they may be used (Web Authentication section 4, "relying party"): the host and the
 * origin of {@code motette.base-url}. A page on any other address gets nothing signed.
 */
@Singleton
final class RelyingParty {

    private final String id;
    private final String origin;

    RelyingParty(@Value("${motette.base-url}") String home) {
        var address = URI.create(home);
        this.id = String.valueOf(address.getHost());
        this.origin = address.getScheme() + "://" + address.getRawAuthority();
    }

    /** The host, as browsers bind passkeys to it. */
    String id() {
        return id;
    }

    /** Scheme, host and port, as browsers say them. */
    String origin() {
        return origin;
    }
}
