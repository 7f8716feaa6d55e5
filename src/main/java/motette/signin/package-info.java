/**
 * How somebody shows who they are, without passwords: links and codes by mail, passkeys (Web Authentication), the people of the
 * demo city; how they confirm it with a second factor before they decide or move money (passkey, authenticator app after RFC
 * 6238, recovery codes); and how that is remembered: sign-ins, their tokens and devices. What they may do is asked of {@code people}.
 */
@NullMarked
package motette.signin;

import org.jspecify.annotations.NullMarked;
