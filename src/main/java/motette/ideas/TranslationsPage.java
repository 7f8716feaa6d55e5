package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;

/**
 * The wordings of an idea for who may write them.
 *
 * @param original    the author's own words
 * @param coordinator the reader coordinates the area of the idea: may publish, and says who made a wording
 * @param machine     a translation service can be asked for a draft
 * @param drafted     the form holds what that service answered
 * @param said        what was just done: offered, published, withdrawn or nothing
 */
@Introspected
record TranslationsPage(
        long number,
        Reading original,
        List<Translations.Row> rows,
        List<Reading.Spoken> languages,
        TranslationForm form,
        boolean coordinator,
        boolean machine,
        boolean drafted,
        String said,
        Problems problems) {}
