package motette.site;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.shared.Languages;

/**
 * Pictures by their address. One of a former version leads to that of today, so that nobody can make us draw what is not so.
 */
@Controller("/share/{language}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ShareController {

    private final SharePictures pictures;
    private final Limits limits;
    private final Networks networks;

    ShareController(SharePictures pictures, Limits limits, Networks networks) {
        this.pictures = pictures;
        this.limits = limits;
        this.networks = networks;
    }

    @Get(value = "/city/{version}.jpg", produces = MediaType.IMAGE_JPEG)
    HttpResponse<?> city(HttpRequest<?> request, String language, String version) {
        return answer(request, language, pictures::city);
    }

    @Get(value = "/districts/{slug}/{version}.jpg", produces = MediaType.IMAGE_JPEG)
    HttpResponse<?> district(HttpRequest<?> request, String language, String slug, String version) {
        return answer(request, language, locale -> pictures.district(slug, locale));
    }

    @Get(value = "/ideas/{number:[0-9]+}/{version}.jpg", produces = MediaType.IMAGE_JPEG)
    HttpResponse<?> idea(HttpRequest<?> request, String language, String number, String version) {
        return answer(
                request,
                language,
                locale -> number.length() > 18 ? Optional.empty() : pictures.idea(Long.parseLong(number), locale));
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request, String language, Function<Locale, Optional<SharePictures.Found>> find) {
        var found = Languages.find(language).flatMap(find);
        if (found.isEmpty() || !pictures.isReady()) {
            return HttpResponse.notFound();
        } else if (!found.get().address().equals(request.getPath())) {
            return HttpResponse.temporaryRedirect(URI.create(found.get().address()))
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache");
        } else {
            var tag = "\"" + request.getPath().replaceAll(".*/|\\.jpg", "") + "\"";
            return request.getHeaders()
                            .get(HttpHeaders.IF_NONE_MATCH, String.class, "")
                            .contains(tag)
                    ? lasting(HttpResponse.notModified(), tag)
                    : lasting(
                            HttpResponse.ok(picture(request, found.get())).contentType(MediaType.IMAGE_JPEG_TYPE), tag);
        }
    }

    private static HttpResponse<?> lasting(io.micronaut.http.MutableHttpResponse<?> answer, String tag) {
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, BrowserRules.FOR_EVER)
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private byte[] picture(HttpRequest<?> request, SharePictures.Found found) {
        return pictures.drawn(found).orElseGet(() -> {
            limits.demand("share-pictures-per-network", networks.of(request));
            return pictures.draw(found);
        });
    }
}
