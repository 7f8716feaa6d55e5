package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.people.Visitor;
import motette.shared.QrCodes;
import motette.shared.Refused;
import motette.shared.Texts;
import motette.shared.Time;
import motette.shared.View;
import motette.votes.KeptChoices.Kept;

/** From ticking over the review to the ballot in the urn. Until it is cast, nobody needs to sign in. */
@Controller("/votes/{slug:[a-z0-9-]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class BallotController {

    private static final String NOT_KEPT = "no-store";

    private final RoundRepository rounds;
    private final RoundGuard guard;
    private final RoundPages pages;
    private final KeptChoices choices;
    private final BallotCookies cookies;
    private final Casting casting;
    private final Voters voters;
    private final Urn urn;
    private final Limits limits;
    private final Networks networks;
    private final Texts texts;
    private final String home;

    BallotController(
            RoundRepository rounds,
            RoundGuard guard,
            RoundPages pages,
            KeptChoices choices,
            BallotCookies cookies,
            Casting casting,
            Voters voters,
            Urn urn,
            Limits limits,
            Networks networks,
            Texts texts,
            @Value("${motette.base-url}") String home) {
        this.rounds = rounds;
        this.guard = guard;
        this.pages = pages;
        this.choices = choices;
        this.cookies = cookies;
        this.casting = casting;
        this.voters = voters;
        this.urn = urn;
        this.limits = limits;
        this.networks = networks;
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    /** The button that was pressed says where it goes on: to the review, to the sums on the ballot, or to another device. */
    @Post("/choice")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> choose(String slug, @Body Map<String, String> sent, HttpRequest<?> request) {
        var round = open(slug);
        limits.demand("ballot-choices-per-network", networks.of(request));
        var cookie = keep(round, TickedForm.choice(sent), request);
        return to(switch (sent.getOrDefault("then", "")) {
                    case "sum" -> at(round, "#ballot");
                    case "handover" -> at(round, "/handover");
                    default -> at(round, "/review");
                })
                .cookie(cookie);
    }

    /** For the script beside the ballot: what is ticked is kept, and what it comes to is said. */
    @Post(value = "/total", produces = MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<List<Sum>> total(String slug, @Body Map<String, String> sent, Locale locale, HttpRequest<?> request) {
        var round = open(slug);
        limits.demand("ballot-choices-per-network", networks.of(request));
        var choice = TickedForm.choice(sent);
        return HttpResponse.ok(Sum.all(round, rounds.candidates(round.id()), choice, texts, locale))
                .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT)
                .cookie(keep(round, choice, request));
    }

    private io.micronaut.http.cookie.Cookie keep(Round round, Choice choice, HttpRequest<?> request) {
        var known = cookies.ticket(request);
        var ticket = known.isEmpty() ? KeptChoices.newTicket() : known;
        var order = cookies.order(request);
        choices.keep(ticket, round, Kept.of(choice, order == 0 ? BallotCookies.newOrder() : order));
        return cookies.keep(round, ticket);
    }

    @Get("/review")
    HttpResponse<?> review(
            String slug,
            @QueryValue(defaultValue = "") String said,
            Visitor visitor,
            Locale locale,
            HttpRequest<?> request) {
        return known(slug)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(View.of(
                                "votes/review",
                                pages.review(
                                        round,
                                        visitor,
                                        choices.find(cookies.ticket(request), round),
                                        said.matches("changed|taken") ? said : "",
                                        locale)))
                        .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/ballot")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> cast(String slug, @Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        limits.demand("ballots", visitor.personId());
        return switch (casting.cast(slug, visitor, cookies.ticket(request), sent.getOrDefault("attempt", ""))) {
            case CAST -> to(at(slug, "/receipt")).cookie(cookies.forget(slug));
            case REVIEW -> to(at(slug, "/review?said=changed"));
        };
    }

    @Get("/receipt")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> receipt(String slug, Visitor visitor) {
        return known(slug)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(View.of("votes/receipt", pages.receipt(round, visitor))))
                .orElseGet(HttpResponse::notFound);
    }

    @Get(value = "/receipt.txt", produces = MediaType.TEXT_PLAIN)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> receiptAsFile(String slug, Visitor visitor, Locale locale) {
        return known(slug)
                .map(round -> pages.receipt(round, visitor))
                .filter(ReceiptPage::has)
                .<HttpResponse<?>>map(page -> HttpResponse.ok(texts.get(
                                        locale,
                                        "votes.receipt.file",
                                        page.card().title(),
                                        page.receipt(),
                                        home + "/votes/" + page.card().slug() + "/receipts")
                                + "\n")
                        .contentType("text/plain;charset=UTF-8")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"" + page.card().slug() + ".txt\"")
                        .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT))
                .orElseGet(HttpResponse::notFound);
    }

    /** Takes the ballot that lies in the urn as the start of a new one; it stays valid until that is cast. */
    @Post("/change")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> change(String slug, Visitor visitor, HttpRequest<?> request) {
        var round = open(slug);
        var held = voters.of(visitor, round).flatMap(voter -> urn.held(round, voter));
        var answer = to(at(round, "#ballot"));
        held.ifPresent(ballot -> answer.cookie(keep(round, ballot.choice(), request)));
        return answer;
    }

    // To another device

    /** A device that has ticked something shows the way over; each showing makes a new code. */
    @Get("/handover")
    HttpResponse<?> offer(String slug) {
        return known(slug)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(View.of("votes/handover-offer", page(round, "", false))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/handover")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> handOver(String slug, HttpRequest<?> request) {
        var round = open(slug);
        limits.demand("ballot-handovers-per-network", networks.of(request));
        return choices.find(cookies.ticket(request), round)
                .<HttpResponse<?>>map(kept -> {
                    var address = home + at(round, "/handover/" + choices.handOver(round, kept));
                    return HttpResponse.ok(View.of(
                                    "votes/handover",
                                    new HandoverPage(
                                            pages.card(round),
                                            address,
                                            QrCodes.path(address),
                                            QrCodes.box(address),
                                            LocalDateTime.ofInstant(
                                                    pages.now().plus(KeptChoices.HANDED_OVER), Time.ZONE),
                                            "",
                                            false)))
                            .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
                })
                .orElseGet(() -> to(at(round, "/review")));
    }

    /** Whatever looks into links takes nothing: only the button does. */
    @Get("/handover/{code}")
    HttpResponse<?> arrive(String slug, String code) {
        return known(slug)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(View.of("votes/takeover", page(round, code, false)))
                        .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/handover/{code}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> takeOver(String slug, String code, HttpRequest<?> request) {
        var round = open(slug);
        limits.demand("ballot-handovers-per-network", networks.of(request));
        return choices.takeOver(code, round)
                .<HttpResponse<?>>map(kept -> {
                    var ticket = KeptChoices.newTicket();
                    choices.keep(ticket, round, kept);
                    return to(at(round, "/review?said=taken"))
                            .cookie(cookies.keep(round, ticket))
                            .cookie(cookies.keepOrder(kept.order()));
                })
                .orElseGet(() -> HttpResponse.status(io.micronaut.http.HttpStatus.GONE)
                        .body(View.of("votes/takeover", page(round, "", true)))
                        .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT));
    }

    private HandoverPage page(Round round, String code, boolean gone) {
        return new HandoverPage(
                pages.card(round), "", "", "", LocalDateTime.ofInstant(pages.now(), Time.ZONE), code, gone);
    }

    private Optional<Round> known(String slug) {
        return rounds.find(slug).filter(round -> round.phase(pages.now()).isPublic());
    }

    /** The round, open at this moment; what changes the urn asks again under its lock. */
    private Round open(String slug) {
        var round = known(slug).orElseThrow(() -> new Refused(RoundGuard.none()));
        guard.refusal(round).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return round;
    }

    private static String at(Round round, String rest) {
        return at(round.slug(), rest);
    }

    private static String at(String slug, String rest) {
        return "/votes/" + slug + rest;
    }

    private static MutableHttpResponse<?> to(String path) {
        return HttpResponse.seeOther(URI.create(path));
    }
}
