package motette.people;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Taking over a list of terms.
 *
 * @param plan      what it would do; null before there is a list
 * @param overtaken true where what was confirmed is no longer what would happen
 * @param said      what was just done: taken or nothing
 */
@Introspected
record TermsPage(
        TermsForm form, Problems problems, @Nullable TermsPlan plan, boolean overtaken, String said) {}
