package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.budgets.Accounts;

/**
 * Samples of every component.
 *
 * @param looks   how each of them is shown, side by side
 * @param colours names of the colour tokens in main.css
 * @param tones   values of data-tone
 * @param spent   a budget of which something went to every account
 * @param free    a budget of which nothing is decided
 */
@Introspected
record StyleguidePage(List<Look> looks, List<String> colours, List<String> tones, Accounts spent, Accounts free) {

    /**
     * One of the looks of a component.
     *
     * @param scheme light or dark, whatever the device prefers
     * @param dir    ltr or rtl
     */
    @Introspected
    record Look(String name, String scheme, String dir) {}
}
