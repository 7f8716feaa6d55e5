package motette.votes;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;

/** The photo of a candidate by its number; asked for again within minutes, since it may have to go. */
@Controller("/votes/{slug:[a-z0-9-]+}/pictures")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PictureController {

    private static final List<String> WIDTHS = List.of("480", "960");

    private static final MediaType WEBP = MediaType.of("image/webp");

    private final Pictures pictures;

    PictureController(Pictures pictures) {
        this.pictures = pictures;
    }

    @Get(
            value = "/{number:[0-9]+}/{width}.jpg",
            produces = {MediaType.IMAGE_JPEG, "image/webp"})
    HttpResponse<?> show(
            String slug,
            String number,
            String width,
            @Header(value = HttpHeaders.ACCEPT, defaultValue = "") String accepts) {
        if (number.length() > 4 || !WIDTHS.contains(width)) {
            return HttpResponse.notFound();
        }
        return pictures.find(slug, Integer.parseInt(number), Integer.parseInt(width), accepts.contains(WEBP.getName()))
                .<HttpResponse<?>>map(picture -> HttpResponse.ok(picture.bytes())
                        .contentType(picture.webp() ? WEBP : MediaType.IMAGE_JPEG_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "inline"))
                .orElseGet(HttpResponse::notFound);
    }
}
