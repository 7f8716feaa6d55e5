package motette.audit;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The keys this copy of the application may sign with: {@code motette.audit.*}, from the environment as MOTETTE_AUDIT_KEY and so on.
 * Production does not start without one; elsewhere rows wait unsealed until there is one.
 */
@Singleton
final class SigningKeys {

    private final Optional<SigningKey> current;
    private final Optional<SigningKey> before;
    private final boolean lost;

    SigningKeys(
            @Value("${motette.audit.key}") String current,
            @Value("${motette.audit.previous-key}") String before,
            @Value("${motette.audit.previous-key-lost}") boolean lost) {
        this.current = key("MOTETTE_AUDIT_KEY", current);
        this.before = key("MOTETTE_AUDIT_PREVIOUS_KEY", before);
        this.lost = lost;
    }

    Optional<SigningKey> current() {
        return current;
    }

    /** The key that signed until now, so that it can announce the current one. */
    Optional<SigningKey> before() {
        return before;
    }

    /** Whether the operator said that the key before is gone and cannot announce the current one. */
    boolean lost() {
        return lost;
    }

    private static Optional<SigningKey> key(String name, String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(SigningKey.of(text));
        } catch (SigningKey.Unfit unfit) {
            throw new ConfigurationException(name + " " + unfit.getMessage() + ".");
        }
    }
}
