package motette.site;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.ideas.IdeaLists;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;
import motette.shared.View;
import motette.votes.RoundNotices;

/** The home page: somebody's own district where the device knows it, otherwise the whole city. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class HomeController {

    private static final int CARDS = 6;
    private static final int DECISIONS = 5;

    private final Figures figures;
    private final IdeaLists ideas;
    private final Places places;
    private final KeptPlace kept;
    private final RoundNotices rounds;
    private final Clock clock;

    HomeController(Figures figures, IdeaLists ideas, Places places, KeptPlace kept, RoundNotices rounds, Clock clock) {
        this.figures = figures;
        this.ideas = ideas;
        this.places = places;
        this.kept = kept;
        this.rounds = rounds;
        this.clock = clock;
    }

    @Get
    View home(HttpRequest<?> request, Locale locale) {
        return page(request, locale, Problems.none());
    }

    @Post("/home/place")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> keepPlace(@Body Map<String, String> form, HttpRequest<?> request, Locale locale) {
        return places.quarter(form.getOrDefault("quarter", ""))
                .<HttpResponse<?>>map(
                        quarter -> HttpResponse.seeOther(URI.create("/districts/" + quarter.districtSlug()))
                                .cookie(kept.keep(quarter)))
                .orElseGet(() -> HttpResponse.unprocessableEntity()
                        .body(page(request, locale, Problems.none().add("quarter", "home.place.missing"))));
    }

    @Post("/home/place/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> forgetPlace() {
        return HttpResponse.seeOther(URI.create("/")).cookie(kept.forget());
    }

    private View page(HttpRequest<?> request, Locale locale, Problems problems) {
        var today = LocalDate.now(clock);
        var quarter = kept.of(request);
        var districts = figures.districts(today.getYear());
        var mine = districts.stream()
                .filter(district ->
                        district.key().equals(quarter.map(Quarter::districtKey).orElse("")))
                .findFirst();
        return View.of(
                "site/home",
                new HomePage(
                        today.getYear(),
                        quarter.map(Quarter::name).orElse(""),
                        mine.orElse(null),
                        mine.map(district -> NextStep.of(district, today)).orElse(List.of()),
                        NextStep.daysLeft(today),
                        figures.city(today.getYear()),
                        districts,
                        ideas.newest(mine.map(DistrictRow::slug).orElse(""), CARDS, locale),
                        figures.decisions(mine.map(DistrictRow::key).orElse(""), DECISIONS),
                        rounds.open(mine.map(DistrictRow::key).orElse("")),
                        PlaceGroup.all(places, quarter.map(Quarter::key).orElse("")),
                        problems));
    }
}
