package motette.votes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.Texts;
import motette.shared.View;

/**
 * The screen of a shared tablet, for whoever stands before it; nobody is signed in. What it shows follows from the cookie of the
 * tablet and what was unlocked on it, so that no address and no way back leads to the voter before.
 */
@Controller("/votes/kiosk")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class KioskScreenController {

    private static final String TICK = "tick-";

    private final RoundRepository rounds;
    private final RoundGuard guard;
    private final Kiosks kiosks;
    private final Listings listings;
    private final Texts texts;
    private final boolean secure;

    KioskScreenController(
            RoundRepository rounds,
            RoundGuard guard,
            Kiosks kiosks,
            Listings listings,
            Texts texts,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.rounds = rounds;
        this.guard = guard;
        this.kiosks = kiosks;
        this.listings = listings;
        this.texts = texts;
        this.secure = secure;
    }

    static String cookie(boolean secure) {
        return (secure ? "__Host-" : "") + "motette-kiosk";
    }

    /** @param points as chosen; 0 for none */
    @Introspected
    record Line(Listed it, int points) {}

    /** The ballot of one district. */
    @Introspected
    record Section(String key, String name, long budgetCents, Sum sum, List<Line> lines) {

        List<Line> chosen() {
            return lines.stream().filter(line -> line.points() > 0).toList();
        }
    }

    /** @param said what became of the ballot before: voted, over, held, gone; or empty */
    @Introspected
    record FreePage(int number, String title, Instant closesAt, Problems problems, String said) {}

    @Introspected
    record BallotPage(
            int number,
            String title,
            String form,
            int most,
            String attempt,
            List<Section> sections,
            List<ReviewPage.Pair> pairs,
            Problems problems,
            boolean nothing) {}

    @Introspected
    record DonePage(int number, String title, String slug, String receipt) {}

    @Serdeable.Serializable
    record State(String state) {}

    @Get("/screen")
    HttpResponse<?> screen(@QueryValue(defaultValue = "") String said, Locale locale, HttpRequest<?> request) {
        return quiet(
                switch (token(request).flatMap(kiosks::screen).orElse(null)) {
                    case null -> HttpResponse.ok(View.of("votes/kiosk-none", Map.of()));
                    case Kiosks.Screen.Free free ->
                        HttpResponse.ok(free(free.kiosk(), said.matches("voted|over|held|gone|no") ? said : ""));
                    case Kiosks.Screen.Ballot ballot ->
                        HttpResponse.ok(ballot("votes/kiosk-ballot", ballot, Choice.NOTHING, Problems.none(), locale));
                    case Kiosks.Screen.Done done ->
                        HttpResponse.ok(View.of(
                                "votes/kiosk-done",
                                new DonePage(
                                        done.kiosk().number(),
                                        done.kiosk().title(),
                                        done.kiosk().slug(),
                                        done.receipt().spaced())));
                });
    }

    /** What the screen should show; asked by the script. */
    @Get(value = "/state", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> state(HttpRequest<?> request) {
        return quiet(HttpResponse.ok(new State(
                switch (token(request).flatMap(kiosks::screen).orElse(null)) {
                    case null -> "none";
                    case Kiosks.Screen.Free free -> "free";
                    case Kiosks.Screen.Ballot ballot -> "ballot";
                    case Kiosks.Screen.Done done -> "done";
                })));
    }

    @Post("/screen/review")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> review(@Body Map<String, String> sent, Locale locale, HttpRequest<?> request) {
        return unlocked(sent, request, ballot -> {
            var choice = choice(sent);
            var round = round(ballot.kiosk());
            var problems = choice.problems(round, rounds.candidates(round.id()), ballot.districts());
            return problems.isEmpty()
                    ? HttpResponse.ok(ballot("votes/kiosk-review", ballot, choice, problems, locale))
                    : HttpResponse.unprocessableEntity()
                            .body(ballot("votes/kiosk-ballot", ballot, choice, problems, locale));
        });
    }

    /** For the script beside the ballot: what is ticked comes to so much. Nothing is kept. */
    @Post(value = "/screen/total", produces = MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> total(@Body Map<String, String> sent, Locale locale, HttpRequest<?> request) {
        return unlocked(sent, request)
                .<HttpResponse<?>>map(ballot -> {
                    var round = round(ballot.kiosk());
                    return quiet(HttpResponse.ok(
                            Sum.all(round, rounds.candidates(round.id()), choice(sent), texts, locale)));
                })
                .orElseGet(() -> HttpResponse.status(HttpStatus.GONE));
    }

    /** The ballot again, as it was filled in: back from the review, or for its sum where there is no script. */
    @Post("/screen/choice")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> change(@Body Map<String, String> sent, Locale locale, HttpRequest<?> request) {
        return unlocked(
                sent,
                request,
                ballot -> HttpResponse.ok(ballot("votes/kiosk-ballot", ballot, choice(sent), Problems.none(), locale)));
    }

    @Post("/screen/ballot")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> cast(@Body Map<String, String> sent, Locale locale, HttpRequest<?> request) {
        var kiosk = token(request).flatMap(kiosks::find);
        if (kiosk.isEmpty()) {
            return to("");
        }
        try {
            return switch (kiosks.cast(kiosk.get(), sent.getOrDefault("attempt", ""), choice(sent))) {
                case Kiosks.Cast.Taken taken -> to("");
                case Kiosks.Cast.Gone gone -> to("?said=gone");
                case Kiosks.Cast.Wrong wrong ->
                    unlocked(
                            sent,
                            request,
                            ballot -> HttpResponse.unprocessableEntity()
                                    .body(ballot(
                                            "votes/kiosk-ballot", ballot, choice(sent), wrong.problems(), locale)));
            };
        } catch (Refused refused) {
            kiosks.forget(kiosk.get());
            return to("?said="
                    + switch (refused.refusal().reason().key()) {
                        case "votes.refused.voted" -> "voted";
                        case "votes.refused.over" -> "over";
                        case "votes.refused.held" -> "held";
                        default -> "no";
                    });
        }
    }

    /** The voter is done, or nobody touched the screen for a while. The next one begins in the language of the city. */
    @Post("/screen/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(@Body Map<String, String> sent, HttpRequest<?> request) {
        token(request).flatMap(kiosks::find).ifPresent(kiosks::forget);
        return to("?lang=" + Languages.tag(Languages.standard()));
    }

    /** Only for the form of the ballot that is unlocked: one of the voter before leads to the screen as it is. */
    private HttpResponse<?> unlocked(
            Map<String, String> sent,
            HttpRequest<?> request,
            Function<Kiosks.Screen.Ballot, MutableHttpResponse<?>> answer) {
        return unlocked(sent, request)
                .<HttpResponse<?>>map(ballot -> quiet(answer.apply(ballot)))
                .orElseGet(() -> to("?said=gone"));
    }

    private Optional<Kiosks.Screen.Ballot> unlocked(Map<String, String> sent, HttpRequest<?> request) {
        return token(request)
                .flatMap(kiosks::screen)
                .filter(Kiosks.Screen.Ballot.class::isInstance)
                .map(Kiosks.Screen.Ballot.class::cast)
                .filter(ballot -> ballot.attempt().equals(sent.getOrDefault("attempt", "")));
    }

    private Optional<String> token(HttpRequest<?> request) {
        return request.getCookies()
                .findCookie(cookie(secure))
                .map(Cookie::getValue)
                .filter(value -> value.matches("[A-Za-z0-9_-]{43}"));
    }

    private Round round(Kiosks.Kiosk kiosk) {
        return rounds.find(kiosk.roundId()).orElseThrow();
    }

    private View free(Kiosks.Kiosk kiosk, String said) {
        var round = round(kiosk);
        var problems = Problems.none();
        guard.refusal(round)
                .ifPresent(why -> problems.add(
                        "round", why.reason().key(), why.reason().args().toArray()));
        return View.of(
                "votes/kiosk-screen", new FreePage(kiosk.number(), round.title(), round.closesAt(), problems, said));
    }

    /** The order is another one for every voter, and stays over the review. */
    private View ballot(String template, Kiosks.Screen.Ballot ballot, Choice choice, Problems problems, Locale locale) {
        var in = texts.in(locale);
        var round = round(ballot.kiosk());
        var listed = RoundPages.shuffled(
                listings.of(round),
                UUID.nameUUIDFromBytes(ballot.attempt().getBytes(UTF_8)).getMostSignificantBits());
        var candidates = listed.stream().map(Listed::candidate).toList();
        return View.of(
                template,
                new BallotPage(
                        ballot.kiosk().number(),
                        round.title(),
                        round.form().key(),
                        round.most(),
                        ballot.attempt(),
                        ballot.districts().stream()
                                .flatMap(key -> round.district(key).stream())
                                .map(district -> new Section(
                                        district.key(),
                                        district.name(),
                                        district.budgetCents(),
                                        Sum.of(round, district, candidates, choice, in),
                                        listed.stream()
                                                .filter(one -> one.candidate()
                                                        .districtKey()
                                                        .equals(district.key()))
                                                .map(one -> new Line(one, choice.pointsOf(one.number())))
                                                .toList()))
                                .toList(),
                        ReviewPage.Pair.of(listed, choice),
                        problems,
                        choice.isEmpty()));
    }

    private static Choice choice(Map<String, String> sent) {
        var points = new TreeMap<Integer, Integer>();
        sent.forEach((field, value) -> {
            if (field.matches(TICK + "\\d{1,4}") && value.strip().matches("\\d{1,2}")) {
                points.put(Integer.valueOf(field.substring(TICK.length())), Integer.valueOf(value.strip()));
            }
        });
        return Choice.of(points);
    }

    /** Kept by no browser, so that no way back shows it. */
    private static HttpResponse<?> quiet(MutableHttpResponse<?> response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static HttpResponse<?> to(String query) {
        return quiet(HttpResponse.seeOther(URI.create("/votes/kiosk/screen" + query)));
    }
}
