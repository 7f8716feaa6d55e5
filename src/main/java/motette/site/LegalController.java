package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.places.CityPack;
import motette.shared.View;

/** How it works, and what the law wants to be said: DDG § 5, the accessibility statement of (EU) 2018/1523. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class LegalController {

    private final CityFacts facts;

    LegalController(CityPack city, @Value("${motette.contact}") String contact) {
        this.facts = new CityFacts(
                city.name(),
                city.said("operator", "name"),
                city.said("operator", "office"),
                city.said("operator", "address"),
                city.said("operator", "phone"),
                contact.isBlank() ? city.said("operator", "email") : contact.strip(),
                city.said("operator", "responsible"),
                city.said("dataProtection", "officer"),
                city.said("dataProtection", "authority"),
                city.said("dataProtection", "law"),
                city.said("accessibility", "law"),
                city.said("accessibility", "monitor"),
                city.said("accessibility", "monitorContact"),
                city.said("accessibility", "enforcement"),
                city.attribution());
    }

    @Get("/about")
    View about() {
        return View.of("site/about", facts);
    }

    @Get("/accessibility")
    View accessibility() {
        return View.of("site/accessibility", facts);
    }

    @Get("/imprint")
    View imprint() {
        return View.of("site/imprint", facts);
    }
}
