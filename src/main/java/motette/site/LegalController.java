package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.places.CityPack;
import motette.shared.View;

/** How it works, and what the law wants to be said: DDG § 5. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class LegalController {

    private final CityFacts facts;
    private final Words words;

    LegalController(CityPack city, JsonMapper json, @Value("${motette.contact}") String contact) {
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
                city.attribution());
        this.words = Words.of(city, json);
    }

    @Get("/about")
    View about() {
        return View.of("site/about", facts);
    }

    /** Always in Leichte Sprache: in other languages it would explain words that do not stand there. */
    @Get("/words")
    View words() {
        return View.of("site/words", words);
    }

    @Get("/imprint")
    View imprint() {
        return View.of("site/imprint", facts);
    }
}
