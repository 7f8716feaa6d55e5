package motette.votes;

import static motette.votes.OnSiteRights.demand;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.residence.Residences;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.View;

/** Ballot papers of a round: stacks, their totals, handing out. */
@Controller("/votes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class PaperController {

    private final RoundRepository rounds;
    private final Papers papers;
    private final SheetEntries entries;
    private final SheetPdf pdf;
    private final CardVoters cards;
    private final OnSiteRights rights;
    private final Residences residences;
    private final Limits limits;
    private final Clock clock;
    private final String home;

    PaperController(
            RoundRepository rounds,
            Papers papers,
            SheetEntries entries,
            SheetPdf pdf,
            CardVoters cards,
            OnSiteRights rights,
            Residences residences,
            Limits limits,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.rounds = rounds;
        this.papers = papers;
        this.entries = entries;
        this.pdf = pdf;
        this.cards = cards;
        this.rights = rights;
        this.residences = residences;
        this.limits = limits;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** Rounds in which somebody votes with people on site, with what they can do there. */
    @Get("/paper")
    View onSite(Visitor visitor) {
        demand(rights.anywhere(visitor));
        var now = clock.instant();
        return View.of(
                "votes/on-site",
                new OnSitePage(
                        rights.tablets(visitor).isEmpty(),
                        rounds.all(false).stream()
                                .filter(round -> round.countedAt().isEmpty())
                                .filter(round -> rights.reading(visitor, round).isEmpty())
                                .map(round -> new OnSitePage.Row(
                                        round.slug(),
                                        round.title(),
                                        round.phase(now).key(),
                                        round.opensAt(),
                                        round.closesAt(),
                                        rights.coordinatesAny(visitor, round)))
                                .toList()));
    }

    @Get("/{slug}/paper")
    HttpResponse<?> desk(
            String slug,
            @QueryValue(defaultValue = "") String said,
            @QueryValue(defaultValue = "0") long stack,
            Visitor visitor) {
        return with(slug, round -> {
            demand(rights.reading(visitor, round));
            return HttpResponse.ok(desk(
                    round,
                    visitor,
                    Problems.none(),
                    Map.of(),
                    said.matches("made|counted|undone|window") ? said : "",
                    stack));
        });
    }

    @Post("/{slug}/paper/batches")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> make(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.typing(visitor, round));
            var problems = Problems.none();
            var district = sent.getOrDefault("district", "");
            if (!round.takesPlaceIn(district)) {
                problems.add("district", "votes.paper.problem.district");
            } else {
                demand(rights.typing(visitor, district));
            }
            var sheets = number(sent, "sheets");
            if (sheets.filter(n -> n >= Papers.LEAST_SHEETS && n <= Papers.MOST_SHEETS)
                    .isEmpty()) {
                problems.add("sheets", "votes.paper.problem.sheets", Papers.LEAST_SHEETS, Papers.MOST_SHEETS);
            }
            return problems.isEmpty()
                    ? to(
                            slug,
                            "?said=made&stack=" + papers.make(visitor.personId(), slug, district, sheets.orElseThrow()))
                    : wrong(round, visitor, problems, sent);
        });
    }

    /** The file is made anew for this answer and kept nowhere. */
    @Post("/{slug}/paper/batches/{id}/print")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> print(String slug, long id, Visitor visitor) {
        return with(
                slug,
                round -> batch(
                        round,
                        id,
                        visitor,
                        batch -> HttpResponse.ok(pdf.make(
                                        papers.print(visitor.personId(), round, id)
                                                .orElseThrow(),
                                        rounds.candidates(round.id()),
                                        home))
                                .contentType(MediaType.APPLICATION_PDF_TYPE)
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"motette-stimmzettel-%d.pdf\"".formatted(id))));
    }

    @Post("/{slug}/paper/batches/{id}/box")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> count(String slug, long id, @Body Map<String, String> sent, Visitor visitor) {
        return with(
                slug,
                round -> batch(round, id, visitor, batch -> {
                    var counted = number(sent, "box");
                    if (counted.filter(n -> n <= batch.handedOut()).isEmpty()) {
                        return wrong(
                                round,
                                visitor,
                                Problems.none().add("box-" + id, "votes.paper.problem.box", (long) batch.handedOut()),
                                sent);
                    } else {
                        papers.count(visitor.personId(), slug, id, counted.get());
                        return to(slug, "?said=counted&stack=" + id);
                    }
                }));
    }

    @Post("/{slug}/paper/window")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> window(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.timing(visitor));
            var minutes = number(sent, "minutes");
            if (minutes.filter(n -> n <= Papers.MOST_MINUTES).isEmpty()) {
                return wrong(
                        round,
                        visitor,
                        Problems.none().add("minutes", "votes.paper.problem.minutes", Papers.MOST_MINUTES),
                        sent);
            } else {
                papers.setWindow(visitor.personId(), round, minutes.get());
                return to(slug, "?said=window");
            }
        });
    }

    // Handing out

    @Get("/{slug}/paper/hand-out")
    HttpResponse<?> card(String slug, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.handing(visitor, round));
            return HttpResponse.ok(card(round, Map.of(), Problems.none()));
        });
    }

    /** What was typed of the card is in the browser until the answer; nothing of it is kept here. */
    @Post("/{slug}/paper/hand-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> handOut(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.handing(visitor, round));
            limits.demand("vote-cards", visitor.personId());
            var attempt = CardPage.attempt(sent);
            var before = papers.attempted(visitor.personId(), round, attempt);
            if (before.isPresent()) {
                return to(slug, "/hand-outs/" + before.get());
            }
            var stacks = Stream.of("stack", "second")
                    .flatMap(field -> number(sent, field).stream())
                    .filter(number -> number > 0)
                    .map(Integer::longValue)
                    .toList();
            return switch (cards.look(sent, round, "/votes/" + slug + "/paper/hand-out")) {
                case CardVoters.Look.Wrong wrong ->
                    HttpResponse.unprocessableEntity().body(card(round, sent, wrong.problems()));
                case CardVoters.Look.No no -> throw new Refused(no.refusal());
                case CardVoters.Look.May ignored
                when stacks.isEmpty() ->
                    HttpResponse.unprocessableEntity()
                            .body(card(round, sent, Problems.none().add("stack", "votes.paper.problem.stack")));
                case CardVoters.Look.May may ->
                    to(slug, "/hand-outs/" + papers.handOut(visitor.personId(), slug, stacks, may.voter(), attempt));
            };
        });
    }

    @Get("/{slug}/paper/hand-outs/{id}")
    HttpResponse<?> handedOut(String slug, long id, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.handing(visitor, round));
            return papers.handOut(visitor.personId(), round.id(), id)
                    .<HttpResponse<?>>map(handOut -> HttpResponse.ok(View.of(
                            "votes/handed-out",
                            new HandedOutPage(
                                    slug,
                                    id,
                                    handOut.batches().stream()
                                            .map(batch -> papers.batch(round.id(), batch)
                                                    .orElseThrow())
                                            .toList(),
                                    handOut.undoUntil().isPresent()))))
                    .orElseGet(HttpResponse::notFound);
        });
    }

    @Post("/{slug}/paper/hand-outs/{id}/reversal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> undo(String slug, long id, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.handing(visitor, round));
            return papers.undo(visitor.personId(), slug, id) ? to(slug, "?said=undone") : HttpResponse.notFound();
        });
    }

    private HttpResponse<?> with(String slug, Function<Round, HttpResponse<?>> answer) {
        return rounds.find(slug)
                .filter(round -> round.phase(clock.instant()).isPublic())
                .<HttpResponse<?>>map(answer)
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> batch(Round round, long id, Visitor visitor, Function<SheetBatch, HttpResponse<?>> answer) {
        var batch = papers.batch(round.id(), id);
        demand(batch.map(one -> rights.typing(visitor, one.districtKey()))
                .orElseGet(() -> rights.typing(visitor, round)));
        return batch.<HttpResponse<?>>map(answer).orElseGet(HttpResponse::notFound);
    }

    private View card(Round round, Map<String, String> sent, Problems problems) {
        return View.of(
                "votes/card",
                new CardPage(
                        "paper",
                        round.slug(),
                        round.title(),
                        CardPage.typed(sent),
                        problems,
                        residences.quarters(
                                sent.getOrDefault("quarter", ""),
                                quarter -> round.furtherDistrict() || round.takesPlaceIn(quarter.districtKey())),
                        papers.batches(round.id()).stream()
                                .filter(batch -> batch.printedAt().isPresent() && batch.left() > 0)
                                .map(batch ->
                                        new CardPage.Option(String.valueOf(batch.id()), batch.district(), batch.left()))
                                .toList(),
                        round.furtherDistrict() && round.districts().size() > 1,
                        List.of(),
                        sent.getOrDefault("attempt", UUID.randomUUID().toString())));
    }

    private HttpResponse<?> wrong(Round round, Visitor visitor, Problems problems, Map<String, String> sent) {
        return HttpResponse.unprocessableEntity().body(desk(round, visitor, problems, sent, "", 0));
    }

    private View desk(
            Round round, Visitor visitor, Problems problems, Map<String, String> sent, String said, long stack) {
        var phase = round.phase(clock.instant());
        var window = papers.window(round.id());
        var districts = round.districts().stream()
                .filter(district -> rights.keeps(visitor, district.key()))
                .toList();
        return View.of(
                "votes/paper",
                new PaperPage(
                        round.slug(),
                        round.title(),
                        phase.key(),
                        round.closesAt(),
                        round.closesAt().plus(window),
                        window.toMinutes(),
                        districts,
                        papers.batches(round.id()),
                        papers.openMatters(round.id()),
                        entries.differing(round.id()),
                        rights.coordinatesAny(visitor, round),
                        rights.timing(visitor).isEmpty(),
                        phase.isPublic() && !phase.isOver() && !districts.isEmpty(),
                        round.countedAt().isEmpty(),
                        problems,
                        sent.getOrDefault("sheets", "50"),
                        sent.getOrDefault("district", ""),
                        said,
                        stack));
    }

    private static Optional<Integer> number(Map<String, String> sent, String field) {
        return Optional.of(sent.getOrDefault(field, "").strip())
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    private static HttpResponse<?> to(String slug, String rest) {
        return HttpResponse.seeOther(URI.create("/votes/" + slug + "/paper" + rest));
    }
}
