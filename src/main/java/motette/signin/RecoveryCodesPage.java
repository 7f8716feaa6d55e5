package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What the page of recovery codes prints.
 *
 * @param fresh    just made, shown this once; else empty
 * @param left     how many still work
 * @param possible whether there is a factor that they could stand in for
 * @param afterApp whether an authenticator app was set up just before
 */
@Introspected
record RecoveryCodesPage(List<String> fresh, int left, boolean possible, boolean afterApp) {}
