package motette.allocation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.shared.Texts;
import motette.shared.View;

/** How the rules work, for everybody. */
@Controller("/allocation/how")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class HowController {

    private final Texts texts;
    private final HttpLocaleResolver locales;

    HowController(Texts texts, HttpLocaleResolver locales) {
        this.texts = texts;
        this.locales = locales;
    }

    @Get
    View how(HttpRequest<?> request) {
        return View.of("allocation/how", HowPage.of(WorkedExample.matter(texts, locales.resolveOrDefault(request))));
    }
}
