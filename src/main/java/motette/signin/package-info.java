/**
 * How somebody shows who they are, without passwords: links and codes by mail, the people of the demo city; and how that is
 * remembered: sign-ins, their tokens and devices. What they may do is asked of {@code people}.
 */
@NullMarked
package motette.signin;

import org.jspecify.annotations.NullMarked;
