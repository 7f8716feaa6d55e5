package motette.votes;

import io.micronaut.http.HttpHeaders;
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
import java.util.Map;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.shared.Problems;
import motette.shared.View;

/** Whether a ballot was counted: whoever has its receipt can ask, and nobody needs to say who they are. */
@Controller("/votes/{slug:[a-z0-9-]+}/receipts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ReceiptsController {

    private final RoundRepository rounds;
    private final RoundPages pages;
    private final Limits limits;
    private final Networks networks;
    private final Listings listings;

    ReceiptsController(RoundRepository rounds, RoundPages pages, Limits limits, Networks networks, Listings listings) {
        this.rounds = rounds;
        this.pages = pages;
        this.limits = limits;
        this.networks = networks;
        this.listings = listings;
    }

    @Get
    HttpResponse<?> ask(String slug) {
        return rounds.find(slug)
                .filter(round -> round.phase(pages.now()).isPublic())
                .<HttpResponse<?>>map(round -> HttpResponse.ok(page(round, "", "", Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    /** By POST, so that no receipt stands in an address or a log. */
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> lookUp(String slug, @Body Map<String, String> sent, HttpRequest<?> request) {
        limits.demand("look-ups-per-network", networks.of(request));
        var typed = sent.getOrDefault("receipt", "");
        return rounds.find(slug)
                .filter(round -> round.phase(pages.now()).isPublic())
                .<HttpResponse<?>>map(round -> answer(round, typed).header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(HttpResponse::notFound);
    }

    private io.micronaut.http.MutableHttpResponse<?> answer(Round round, String typed) {
        var receipt = Receipt.typed(typed.length() > 100 ? "" : typed);
        if (round.countedAt().isEmpty()) {
            return HttpResponse.ok(page(round, typed, "", Problems.none()));
        } else if (receipt.isEmpty()) {
            return HttpResponse.unprocessableEntity()
                    .body(page(round, typed, "", Problems.none().add("receipt", "votes.look-up.wrong")));
        } else {
            boolean counted = listings.isCounted(round, receipt.get());
            return HttpResponse.ok(
                    page(round, receipt.get().spaced(), counted ? "counted" : "missing", Problems.none()));
        }
    }

    private View page(Round round, String typed, String answer, Problems problems) {
        return View.of(
                "votes/look-up",
                new LookUpPage(pages.card(round), round.countedAt().isPresent(), typed, answer, problems));
    }
}
