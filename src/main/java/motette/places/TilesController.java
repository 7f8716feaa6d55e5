package motette.places;

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
import motette.limits.Limits;
import motette.limits.Networks;

/** Tiles of an outer map under our own address; outside the city and its zooms there are none. */
@Controller("/tiles")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class TilesController {

    private final Tiles tiles;
    private final Limits limits;
    private final Networks networks;

    TilesController(Tiles tiles, Limits limits, Networks networks) {
        this.tiles = tiles;
        this.limits = limits;
        this.networks = networks;
    }

    @Get(
            value = "/{zoom:[0-9]+}/{x:[0-9]+}/{y:[0-9]+}",
            produces = {"image/png", "image/jpeg", "image/webp", "image/avif"})
    HttpResponse<byte[]> tile(HttpRequest<?> request, String zoom, String x, String y) {
        // Longer numbers are outside of any city.
        if (zoom.length() > 2 || x.length() > 7 || y.length() > 7) {
            return HttpResponse.notFound();
        }
        var tile = new Tile(Integer.parseInt(zoom), Integer.parseInt(x), Integer.parseInt(y));
        if (!tiles.isOurs(tile)) {
            return HttpResponse.notFound();
        }
        return tiles.fresh(tile)
                .or(() -> {
                    limits.demand("tiles-per-network", networks.of(request));
                    return tiles.fetched(tile);
                })
                .<HttpResponse<byte[]>>map(image -> HttpResponse.ok(image.bytes())
                        .contentType(MediaType.of(image.type()))
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=604800"))
                .orElseGet(HttpResponse::notFound);
    }
}
