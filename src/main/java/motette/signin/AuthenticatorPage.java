package motette.signin;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * What the page for setting up an authenticator app prints.
 *
 * @param secret as people type it, in groups of four; empty unless an app is being set up
 * @param uri    the same for apps on this device
 * @param square how many modules wide the picture is, border included
 * @param path   its dark modules as an SVG path
 * @param minutes how long the secret waits for its first code
 */
@Introspected
record AuthenticatorPage(
        boolean app, int codes, String secret, String uri, int square, String path, long minutes, Problems problems) {}
