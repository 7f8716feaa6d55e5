package motette.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import motette.budgets.Accounts;
import motette.shared.View;

/**
 * Every component in every state, light, dark and from right to left: where a change to a component is looked at
 * first. Only where the city is a demonstration; a city in service does not have the page.
 */
@Controller("/styleguide")
@Requires(property = "motette.demo", value = "true")
@Secured(SecurityRule.IS_ANONYMOUS)
class StyleguideController {

    private static final StyleguidePage PAGE = new StyleguidePage(
            List.of(
                    new StyleguidePage.Look("hell", "light", "ltr"),
                    new StyleguidePage.Look("dunkel", "dark", "ltr"),
                    new StyleguidePage.Look("von rechts nach links", "light", "rtl")),
            List.of(
                    "ground",
                    "surface",
                    "sunken",
                    "ink",
                    "ink-soft",
                    "line",
                    "edge",
                    "accent",
                    "accent-strong",
                    "accent-pale",
                    "on-accent",
                    "focus",
                    "danger",
                    "danger-pale"),
            List.of("leaf", "moss", "sun", "clay", "berry", "plum", "sky", "lake", "stone"),
            new Accounts(5_500_000, 1_840_000, 760_000, 1_690_000, 1_210_000),
            new Accounts(5_500_000, 5_500_000, 0, 0, 0));

    @Get
    View all() {
        return View.of("site/styleguide", PAGE);
    }
}
