package motette.site;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.ideas.IdeaLists;
import motette.places.CityPack;
import motette.places.Community;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.View;
import motette.votes.RoundNotices;

/** The districts, and one district: what is new there, what was decided, what is left and what comes next. */
@Controller("/districts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class DistrictController {

    private static final int NEWEST = 6;
    private static final int DECIDED = 3;

    private final Figures figures;
    private final IdeaLists ideas;
    private final Places places;
    private final Bodies bodies;
    private final KeptPlace kept;
    private final RoundNotices rounds;
    private final CityPack city;
    private final Clock clock;

    DistrictController(
            Figures figures,
            IdeaLists ideas,
            Places places,
            Bodies bodies,
            KeptPlace kept,
            RoundNotices rounds,
            CityPack city,
            Clock clock) {
        this.figures = figures;
        this.ideas = ideas;
        this.places = places;
        this.bodies = bodies;
        this.kept = kept;
        this.rounds = rounds;
        this.city = city;
        this.clock = clock;
    }

    @Get
    View all() {
        var today = LocalDate.now(clock);
        return View.of(
                "site/districts",
                new DistrictsPage(today.getYear(), NextStep.daysLeft(today), figures.districts(today.getYear())));
    }

    @Get("/{slug}")
    HttpResponse<?> one(String slug, HttpRequest<?> request, Locale locale) {
        return figures.district(slug, LocalDate.now(clock).getYear())
                .flatMap(district -> bodies.councilOf(district.key())
                        .flatMap(body -> bodies.on(body.key(), LocalDate.now(clock)))
                        .map(body -> page(district, body, request, locale)))
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("site/district", page)))
                .orElseGet(HttpResponse::notFound);
    }

    private DistrictPage page(DistrictRow district, Body body, HttpRequest<?> request, Locale locale) {
        var today = LocalDate.now(clock);
        var quarters = places.quarters().stream()
                .filter(quarter -> quarter.districtKey().equals(district.key()))
                .toList();
        var decided = ideas.decided(district.slug(), DECIDED, locale);
        return new DistrictPage(
                district,
                body,
                city.councilUrl(body.informationSystemId()),
                quarters,
                localCouncils(quarters),
                NextStep.of(district, today),
                NextStep.daysLeft(today),
                ideas.newest(district.slug(), NEWEST + DECIDED, locale).stream()
                        .filter(idea -> !decided.contains(idea))
                        .limit(NEWEST)
                        .toList(),
                decided,
                kept.of(request).filter(quarters::contains).map(Quarter::name).orElse(""),
                rounds.of(district.key()));
    }

    private List<Body> localCouncils(List<Quarter> quarters) {
        var communities = quarters.stream()
                .flatMap(quarter -> places.communitiesOf(quarter.key()).stream())
                .map(Community::key)
                .collect(Collectors.toSet());
        return bodies.all().stream()
                .filter(one -> communities.contains(one.communityKey()))
                .toList();
    }
}
