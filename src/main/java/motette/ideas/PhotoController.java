package motette.ideas;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.CookieValue;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Optional;
import java.util.UUID;
import motette.people.Visitor;

/**
 * Pictures by their address. A width is one of those that pages ask for; the answer is the rendition that is at least
 * that wide, or the widest of a smaller original; as WebP for whoever says that they take it. What a person may not see is not there; a picture that is no longer public
 * is asked for again within minutes.
 */
@Controller("/photos")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PhotoController {

    private static final MediaType WEBP = MediaType.of("image/webp");

    private final Photos photos;

    PhotoController(Photos photos) {
        this.photos = photos;
    }

    @Get(
            value = "/{id}/{width}.jpg",
            produces = {MediaType.IMAGE_JPEG, "image/webp"})
    HttpResponse<?> show(
            String id,
            String width,
            Visitor visitor,
            @CookieValue(value = "draft", defaultValue = "") String draft,
            @Header(value = HttpHeaders.ACCEPT, defaultValue = "") String accepts,
            @Header(value = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        var photo = uuid(id);
        var wide = Photos.WIDTHS.stream()
                .filter(each -> String.valueOf(each).equals(width))
                .findFirst();
        if (photo.isEmpty() || wide.isEmpty()) {
            return HttpResponse.notFound();
        } else {
            // Said by name only: what takes "anything" may be a program that knows no WebP.
            var webp = accepts.contains(WEBP.getName());
            return switch (photos.sight(photo.get(), visitor, draft)) {
                case PUBLIC -> shown(photo.get(), wide.get(), webp, known);
                case PERSONAL -> picture(photo.get(), wide.get(), webp, "private, no-store", "");
                case NONE -> HttpResponse.notFound();
            };
        }
    }

    private HttpResponse<?> shown(UUID photo, int width, boolean webp, String known) {
        var tag = "\"" + photo + "-" + width + (webp ? "-w" : "") + "\"";
        var caching = "public, max-age=300";
        return known.contains(tag)
                ? HttpResponse.notModified()
                        .header(HttpHeaders.CACHE_CONTROL, caching)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                        .header(HttpHeaders.ETAG, tag)
                : picture(photo, width, webp, caching, tag);
    }

    private HttpResponse<?> picture(UUID photo, int width, boolean webp, String caching, String tag) {
        var picture = photos.picture(photo, width, webp);
        if (picture.isEmpty()) {
            return HttpResponse.notFound();
        } else {
            var answer = HttpResponse.ok(picture.get().bytes())
                    .contentType(picture.get().webp() ? WEBP : MediaType.IMAGE_JPEG_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, caching)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "inline");
            return tag.isEmpty()
                    ? answer
                    : answer.header(HttpHeaders.ETAG, tag).header("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException no) {
            return Optional.empty();
        }
    }
}
