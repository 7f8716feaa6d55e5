package motette.opendata;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import motette.budgets.Account;
import motette.ideas.IdeaState;
import motette.insights.PlacedMoney;
import motette.shared.Paging;
import motette.shared.RowNumbers;
import motette.shared.Time;
import motette.votes.PublicRounds;
import org.jspecify.annotations.Nullable;

/** The API, version 1: read only, for everybody, from every origin. Its description is {@code openapi.yml}. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ApiController {

    private static final Set<String> STATES =
            IdeaState.PUBLIC.stream().map(IdeaState::key).collect(Collectors.toUnmodifiableSet());

    private static final int MOST_FEATURES = 5000;
    private static final String GEO_JSON = "application/geo+json";
    private static final String PROBLEM = "application/problem+json";

    /** Beside application/yaml (RFC 9512) its older name: browsers show it instead of saving it, and it is packed. */
    private static final String YAML = "text/yaml;charset=utf-8";

    private final IdeaData ideas;
    private final CityData city;
    private final PublicRounds rounds;
    private final PlacedMoney money;
    private final Clock clock;
    private final JsonMapper json;
    private final String home;
    private final byte[] description;

    ApiController(
            IdeaData ideas,
            CityData city,
            PublicRounds rounds,
            PlacedMoney money,
            Clock clock,
            JsonMapper json,
            @Value("${motette.base-url}") String home) {
        this.ideas = ideas;
        this.city = city;
        this.rounds = rounds;
        this.money = money;
        this.clock = clock;
        this.json = json;
        this.home = home.replaceFirst("/$", "");
        this.description = resource("/openapi.yml");
    }

    @Get(value = "/ideas", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> ideas(HttpRequest<?> request) {
        var parameters = parameters(request, "page", "size", "district", "quarter", "category", "state", "q");
        int page = parameters.number("page", 1, 1, 1_000_000);
        int size = parameters.number("size", 20, 1, 100);
        var filter = filter(parameters);
        var paging = new Paging(page, size, ideas.count(filter));
        var answer = new Answers.Ideas(
                city.licence(),
                city.attribution(),
                page,
                size,
                paging.total(),
                links(request, paging),
                ideas.newest(filter, size, paging.offset()));
        return answer(request, answer, MediaType.APPLICATION_JSON);
    }

    @Get(value = "/ideas/{number}", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> idea(HttpRequest<?> request, String number) {
        parameters(request);
        var found = RowNumbers.find(number).flatMap(ideas::find);
        var idea = found.orElseThrow(
                () -> ApiProblem.notThere("There is no public idea with the number '" + shortened(number) + "'."));
        return answer(
                request,
                new Answers.Whole(
                        city.licence(),
                        city.attribution(),
                        idea,
                        ideas.timeline(idea.number()),
                        ideas.photos(idea.number())),
                MediaType.APPLICATION_JSON);
    }

    @Get(value = "/ideas.geojson", produces = GEO_JSON)
    HttpResponse<?> features(HttpRequest<?> request) {
        var parameters = parameters(request, "bbox", "limit", "district", "quarter", "category", "state", "q");
        var filter = filter(parameters);
        var features = ideas.newest(filter, parameters.number("limit", MOST_FEATURES, 1, MOST_FEATURES), 0).stream()
                .map(Answers.Feature::of)
                .toList();
        return answer(
                request,
                new Answers.Features(
                        "FeatureCollection",
                        city.licence(),
                        city.attribution(),
                        ideas.count(filter),
                        features.size(),
                        features),
                GEO_JSON);
    }

    @Get(value = "/districts", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> districts(HttpRequest<?> request) {
        parameters(request);
        return answer(
                request,
                new Answers.Districts(city.licence(), city.attribution(), city.districts()),
                MediaType.APPLICATION_JSON);
    }

    @Get(value = "/budgets", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> budgets(HttpRequest<?> request) {
        var parameters = parameters(request, "year");
        var year = parameters.text("year").isPresent()
                ? OptionalInt.of(parameters.number("year", 0, 2000, 2200))
                : OptionalInt.empty();
        return answer(
                request,
                new Answers.Budgets(city.licence(), city.attribution(), city.budgets(year)),
                MediaType.APPLICATION_JSON);
    }

    @Get(value = "/money", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> money(HttpRequest<?> request) {
        int now = LocalDate.now(clock.withZone(Time.ZONE)).getYear();
        int year = parameters(request, "year").number("year", now, 2000, 2200);
        return answer(
                request,
                new Answers.Money(
                        city.licence(),
                        city.attribution(),
                        year,
                        money.countedOn().toString(),
                        money.of(year).stream().map(ApiController::part).toList()),
                MediaType.APPLICATION_JSON);
    }

    private static Answers.MoneyPart part(PlacedMoney.Part part) {
        boolean somewhere = !part.quarter().isEmpty();
        var accounts = CityData.amounts(part.accounts());
        accounts.remove(Account.AVAILABLE.key());
        return new Answers.MoneyPart(
                new Answers.Named(part.fund(), part.fundName()),
                new Answers.Named(part.body(), part.bodyName()),
                somewhere ? new Answers.Named(part.quarter(), part.quarterName()) : null,
                Answers.Amount.of(part.accounts().decided()),
                accounts,
                somewhere ? part.inhabitants() : null);
    }

    @Get(value = "/votes", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> votes(HttpRequest<?> request) {
        parameters(request);
        return answer(
                request,
                new Answers.Rounds(
                        city.licence(),
                        city.attribution(),
                        rounds.all().stream()
                                .map(round -> Answers.Round.of(round, home))
                                .toList()),
                MediaType.APPLICATION_JSON);
    }

    @Get(value = "/openapi.yml", produces = YAML)
    HttpResponse<?> description(HttpRequest<?> request) {
        return bytes(request, description, YAML);
    }

    @Error(exception = ApiProblem.class)
    HttpResponse<?> problem(ApiProblem problem) {
        return HttpResponse.status(HttpStatus.valueOf(problem.body().status()))
                .contentType(PROBLEM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(write(problem.body()));
    }

    private static Parameters parameters(HttpRequest<?> request, String... known) {
        return new Parameters(request.getParameters().asMap(), Set.of(known));
    }

    private IdeaData.Filter filter(Parameters parameters) {
        return new IdeaData.Filter(
                known(
                        parameters,
                        "district",
                        "districts",
                        "slug",
                        "the districts with their slugs are listed at /api/v1/districts"),
                known(
                        parameters,
                        "quarter",
                        "quarters",
                        "key",
                        "the quarters with their keys are listed at /api/v1/districts"),
                known(parameters, "category", "categories", "key", "there is no such category"),
                parameters.oneOf("state", STATES),
                parameters.words("q"),
                parameters.box("bbox"));
    }

    private Optional<String> known(Parameters parameters, String name, String table, String column, String otherwise) {
        var key = parameters.text(name);
        if (key.isPresent() && !(key.get().matches("[\\p{L}\\d-]{1,60}") && ideas.knows(table, column, key.get()))) {
            throw ApiProblem.badParameter(name, key.get(), otherwise);
        }
        return key;
    }

    private Answers.Links links(HttpRequest<?> request, Paging paging) {
        return new Answers.Links(
                link(request, paging.page()),
                paging.hasNext() ? link(request, paging.page() + 1) : null,
                paging.hasPrevious() ? link(request, Math.min(paging.page() - 1, paging.pages())) : null);
    }

    private String link(HttpRequest<?> request, int page) {
        var parameters = new TreeMap<String, String>();
        request.getParameters().asMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
        parameters.put("page", String.valueOf(page));
        return home
                + request.getPath()
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, Object answer, String type) {
        return bytes(request, write(answer), type);
    }

    /** The tag is the content's own, so that every copy of the application answers with the same. */
    private HttpResponse<?> bytes(HttpRequest<?> request, byte[] body, String type) {
        var tag = "\"" + HexFormat.of().formatHex(sha256(body), 0, 16) + "\"";
        var answer = isKnown(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), tag)
                ? HttpResponse.notModified()
                : HttpResponse.ok(body).contentType(type);
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private byte[] write(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (var in = ApiController.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("No resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
