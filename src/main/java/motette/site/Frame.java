package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param lang      tag of the language of the page
 * @param dir       ltr or rtl
 * @param assets    "/assets/" and their version
 * @param place     which of the main places is marked as current: home, ideas, propose, budgets, council, desk, me; or empty
 * @param csrf      value of the hidden field of every form
 * @param here      path and query of this page without the language, for links that change it
 * @param canonical where search engines find this page in this language; empty for pages that are not for them
 * @param leicht    this page in Leichte Sprache; empty where it is shown in it or the site does not speak it
 */
@Introspected
record Frame(
        String lang,
        String dir,
        String assets,
        String icons,
        String place,
        String csrf,
        String here,
        String next,
        boolean demo,
        boolean signedIn,
        String pseudonym,
        boolean coordinator,
        boolean council,
        boolean staff,
        String cityName,
        String canonical,
        String leicht,
        List<Language> languages) {

    @Introspected
    record Language(String tag, String name, String dir, String href, String canonical, boolean current) {}
}
