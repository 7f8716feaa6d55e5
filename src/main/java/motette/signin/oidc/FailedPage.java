package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;

/**
 * Why a sign-in with a provider did not come to its end.
 *
 * @param why   unreachable, denied, stale, unproven or level
 * @param label what the provider's button says
 * @param again where it begins anew
 * @param other where another way to sign in is
 */
@Introspected
record FailedPage(String why, String label, String again, String other) {}
