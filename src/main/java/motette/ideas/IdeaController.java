package motette.ideas;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** The list and map of ideas, the page of one, and what neighbours do there. */
@Controller("/ideas")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class IdeaController {

    private static final String SEED = "order";
    private static final Pattern ZOOM = Pattern.compile("\\d{1,2}(\\.\\d+)?");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** So many orders there are; a seed has at most 18 digits, as its cookie is read. */
    private static final long SEEDS = 1_000_000_000_000_000_000L;

    private final IdeaLists lists;
    private final IdeaReader reader;
    private final IdeaIndex index;
    private final IdeaService service;
    private final Supports supports;
    private final Allowance allowance;
    private final IdeaFilterChoices choices;
    private final CityPack city;

    IdeaController(
            IdeaLists lists,
            IdeaReader reader,
            IdeaIndex index,
            IdeaService service,
            Supports supports,
            Allowance allowance,
            IdeaFilterChoices choices,
            CityPack city) {
        this.lists = lists;
        this.reader = reader;
        this.index = index;
        this.service = service;
        this.supports = supports;
        this.allowance = allowance;
        this.choices = choices;
        this.city = city;
    }

    @Get
    HttpResponse<View> list(HttpRequest<?> request, Locale locale) {
        var filter = IdeaFilter.of(request.getParameters());
        var random = filter.sort().equals("random");
        var seed = random ? seed(request).orElseGet(() -> RANDOM.nextLong(SEEDS)) : 0;
        var cards = lists.list(filter, locale, seed);
        if (cards.rows().isEmpty() && filter.page() > 1) {
            return HttpResponse.seeOther(URI.create(filter.at(cards.paging().pages())));
        }
        var answer = HttpResponse.ok(View.of(
                "ideas/list",
                new IdeasPage(
                        cards.rows(),
                        cards.paging(),
                        filter,
                        choices.of(filter, locale),
                        city.bounds(),
                        city.attribution())));
        return random
                ? answer.cookie(Cookie.of(SEED, String.valueOf(seed))
                        .path("/ideas")
                        .maxAge(Duration.ofDays(30))
                        .httpOnly(true)
                        .sameSite(SameSite.Lax))
                : answer;
    }

    /** What the map shows inside the window, with the same filters as the list. */
    @Get("/markers")
    HttpResponse<Clusters> markers(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String bbox,
            @QueryValue(defaultValue = "12") String zoom) {
        var window = Window.of(bbox);
        var level = ZOOM.matcher(zoom).matches() ? (int) Math.clamp(Double.parseDouble(zoom), 0, 22) : -1;
        if (window.isEmpty() || level < 0) {
            return HttpResponse.badRequest();
        } else {
            var filter = IdeaFilter.of(request.getParameters());
            var numbers = filter.hasText() ? index.numbersOf(filter.text()) : null;
            @Nullable
            Predicate<IdeaIndex.Point> wanted = filter.isNarrow() || numbers != null
                    ? point -> point.fits(filter) && (numbers == null || numbers.contains(point.number()))
                    : null;
            return HttpResponse.ok(Clusters.of(index.now(), wanted, window.get(), level));
        }
    }

    @Get("/{number:[0-9]+}")
    HttpResponse<?> page(
            String number,
            @QueryValue(defaultValue = "") String said,
            @QueryValue(defaultValue = "") String read,
            Visitor visitor,
            Locale locale) {
        return reader.page(
                        numberOf(number),
                        visitor,
                        locale,
                        said.matches("thanks|withdrawn|revised|claimed") ? said : "",
                        read)
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("ideas/idea", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{number:[0-9]+}/support")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> support(String number, @Body Map<String, String> form, Visitor visitor) {
        supports.give(numberOf(number), visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return HttpResponse.seeOther(URI.create(back(number, form)));
    }

    @Post("/{number:[0-9]+}/support/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> takeSupportBack(String number, @Body Map<String, String> form, Visitor visitor) {
        allowance.takeBack(numberOf(number), visitor);
        supports.takeBack(numberOf(number), visitor);
        return HttpResponse.seeOther(URI.create(back(number, form)));
    }

    @Post("/{number:[0-9]+}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> withdraw(String number, @Body Map<String, String> form, Visitor visitor) {
        return service.withdraw(numberOf(number), visitor, form.getOrDefault("note", ""))
                ? HttpResponse.seeOther(URI.create("/ideas/" + number + "?said=withdrawn"))
                : HttpResponse.notFound();
    }

    /** 0, which is no idea's, for a number longer than any. */
    static long numberOf(String digits) {
        return digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    /** The similar ideas of a draft lead on to the draft; everything else back to the idea. */
    private static String back(String number, Map<String, String> form) {
        return "draft".equals(form.get("back")) ? "/ideas/new/similar" : "/ideas/" + number;
    }

    private static Optional<Long> seed(HttpRequest<?> request) {
        return request.getCookies().findCookie(SEED).map(Cookie::getValue).flatMap(RowNumbers::find);
    }
}
