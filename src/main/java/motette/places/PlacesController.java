package motette.places;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import motette.limits.Limits;
import motette.limits.Networks;

@Controller("/places")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PlacesController {

    private static final int MOST = 10;

    private final Places places;
    private final OutlinesFile outlines;
    private final OutlinesFile patterns;
    private final Limits limits;
    private final Networks networks;

    PlacesController(
            Places places,
            @Named("outlines") OutlinesFile outlines,
            @Named("patterns") OutlinesFile patterns,
            Limits limits,
            Networks networks) {
        this.places = places;
        this.outlines = outlines;
        this.patterns = patterns;
        this.limits = limits;
        this.networks = networks;
    }

    @Get("/outlines.json")
    HttpResponse<byte[]> outlines(@Header(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        return kept(outlines, MediaType.APPLICATION_JSON_TYPE, known);
    }

    @Get(value = "/patterns.svg", produces = "image/svg+xml")
    HttpResponse<byte[]> patterns(@Header(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        return kept(patterns, MediaType.of("image/svg+xml"), known);
    }

    private static HttpResponse<byte[]> kept(OutlinesFile file, MediaType type, String known) {
        MutableHttpResponse<byte[]> answer = file.isAmong(known)
                ? HttpResponse.notModified()
                : HttpResponse.ok(file.bytes()).contentType(type);
        return answer.header(HttpHeaders.ETAG, file.tag())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    @Get("/search")
    HttpResponse<List<Landmark>> search(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String q,
            @QueryValue(defaultValue = "10") String limit) {
        limits.demand("places-per-network", networks.of(request));
        return HttpResponse.ok(places.search(q, Math.min(NotANumber.count("limit", limit), MOST)))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=600");
    }

    @Error(exception = NotANumber.class, global = true)
    HttpResponse<Map<String, Object>> notANumber(NotANumber fault) {
        var status = HttpStatus.BAD_REQUEST;
        return HttpResponse.<Map<String, Object>>badRequest(Map.of(
                        "status",
                        status.getCode(),
                        "title",
                        status.getReason(),
                        "detail",
                        String.valueOf(fault.getMessage())))
                .contentType("application/problem+json");
    }
}
