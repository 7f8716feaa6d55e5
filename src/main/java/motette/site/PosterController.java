package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Locale;
import java.util.Optional;
import motette.places.Patterns;
import motette.shared.QrCodes;
import motette.shared.View;

/** A sheet for a notice board, a shop window or a school, which leads to a public idea or to a district. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PosterController {

    private final SharePictures pictures;
    private final String home;

    PosterController(SharePictures pictures, @Value("${motette.base-url}") String home) {
        this.pictures = pictures;
        this.home = home.replaceFirst("/+$", "");
    }

    @Get("/ideas/{number:[0-9]+}/poster")
    HttpResponse<?> idea(String number, Locale locale) {
        return number.length() > 18
                ? HttpResponse.notFound()
                : answer(pictures.idea(Long.parseLong(number), locale), "/ideas/" + Long.parseLong(number));
    }

    @Get("/districts/{slug}/poster")
    HttpResponse<?> district(String slug, Locale locale) {
        return answer(pictures.district(slug, locale), "/districts/" + slug);
    }

    private HttpResponse<?> answer(Optional<SharePictures.Found> found, String path) {
        return found.<HttpResponse<?>>map(there -> HttpResponse.ok(View.of("site/poster", page(there, path))))
                .orElseGet(HttpResponse::notFound);
    }

    private PosterPage page(SharePictures.Found found, String path) {
        var sheet = found.sheet().get();
        var paths = sheet.outline().orElse(new Patterns.Pattern("", ""));
        var address = home + path;
        return new PosterPage(
                sheet.place(),
                sheet.title(),
                sheet.tone(),
                paths.outline(),
                paths.around(),
                SharePainter.outlineWidth(),
                SharePainter.HEIGHT,
                address,
                QrCodes.path(address),
                QrCodes.box(address),
                path);
    }
}
