package motette.signin;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * What the page for setting up an authenticator app prints.
 *
 * @param secret as people type it, in groups of four; empty unless an app is being set up
 * @param uri    the same for apps on this device
 * @param box    viewBox of the address as a QR code
 * @param path   its dark modules as an SVG path
 * @param minutes how long the secret waits for its first code
 */
@Introspected
record AuthenticatorPage(
        boolean app, int codes, String secret, String uri, String box, String path, long minutes, Problems problems) {}
