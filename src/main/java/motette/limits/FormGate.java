package motette.limits;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;

/**
 * Instead of a captcha: a field that only programs fill in, and the signed moment at which the form was opened. Forms that
 * guests may send carry both with {@code <th:block th:replace="~{site/_form :: gate}">}; templates find this as {@code gate}.
 * What it notices goes to the queue or a slower way, never into a dead end.
 */
@Singleton
public final class FormGate {

    /** Hidden from people, whatever they read with. */
    public static final String HONEYPOT = "your-site";

    public static final String OPENED = "opened";

    private final Secrets secrets;
    private final Clock clock;

    @Inject
    FormGate(KeptSecrets kept, Clock clock) {
        this(kept.of("limits"), clock);
    }

    FormGate(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Value of the field {@link #OPENED} of a form that is shown now. */
    public String opened() {
        return signed(clock.instant().getEpochSecond());
    }

    /**
     * What is odd about a form; empty for nearly everybody. A form opened long ago is not odd: people write with pauses.
     *
     * @param form  its fields as sent
     * @param least time that reading and filling it in takes at least; whole seconds
     */
    public Set<Suspicion> look(Map<String, ?> form, Duration least) {
        var odd = EnumSet.noneOf(Suspicion.class);
        if (form.get(HONEYPOT) instanceof Object filled
                && !String.valueOf(filled).isBlank()) {
            odd.add(Suspicion.HONEYPOT);
        }
        if (!wasOpenedBefore(String.valueOf(form.get(OPENED)), clock.instant().minus(least))) {
            odd.add(Suspicion.TOO_FAST);
        }
        return odd;
    }

    private boolean wasOpenedBefore(String token, Instant latest) {
        if (token.matches("\\d{1,12}-[0-9a-f]{32}")) {
            long second = Long.parseLong(token.substring(0, token.indexOf('-')));
            return MessageDigest.isEqual(
                            signed(second).getBytes(StandardCharsets.US_ASCII),
                            token.getBytes(StandardCharsets.US_ASCII))
                    && !Instant.ofEpochSecond(second).isAfter(latest);
        } else {
            return false;
        }
    }

    private String signed(long second) {
        return second + "-" + HexFormat.of().formatHex(secrets.hash("form opened", String.valueOf(second)), 0, 16);
    }
}
