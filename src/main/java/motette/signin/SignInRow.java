package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * A running sign-in as its owner sees it.
 *
 * @param method  link, code, passkey, oidc or demo
 * @param device  as "Firefox, Android"; empty when unknown
 * @param seenAt  to the hour; the page shows the day
 * @param current whether it is the one the page is read with
 */
@Introspected
record SignInRow(long id, String method, String device, Instant startedAt, Instant seenAt, boolean current) {}
