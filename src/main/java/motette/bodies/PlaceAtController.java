package motette.bodies;

import static motette.places.NotANumber.degrees;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.places.Places;

@Controller("/places/at")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PlaceAtController {

    private final Places places;
    private final Bodies bodies;

    PlaceAtController(Places places, Bodies bodies) {
        this.places = places;
        this.bodies = bodies;
    }

    @Get
    PlaceAnswer at(@QueryValue(defaultValue = "") String lon, @QueryValue(defaultValue = "") String lat) {
        return places.quarterAt(degrees("lon", lon), degrees("lat", lat))
                .map(quarter -> PlaceAnswer.inside(quarter, bodies.responsibleFor(quarter.key(), "")))
                .orElseGet(PlaceAnswer::outside);
    }
}
