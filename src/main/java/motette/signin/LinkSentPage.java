package motette.signin;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * What the page after asking for a mail prints.
 *
 * @param asked whether this browser asked, so that it can type the code
 */
@Introspected
record LinkSentPage(long minutes, boolean asked, Problems problems) {}
