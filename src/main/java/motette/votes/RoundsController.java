package motette.votes;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Locale;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.View;

/** The rounds, and one round: what it is about, and while it is open, its ballot. */
@Controller("/votes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class RoundsController {

    private final RoundRepository rounds;
    private final RoundPages pages;
    private final KeptChoices choices;
    private final BallotCookies cookies;

    RoundsController(RoundRepository rounds, RoundPages pages, KeptChoices choices, BallotCookies cookies) {
        this.rounds = rounds;
        this.pages = pages;
        this.choices = choices;
        this.cookies = cookies;
    }

    @Get
    View all() {
        return View.of("votes/rounds", pages.rounds(rounds.all(false)));
    }

    @Get("/{slug:[a-z0-9-]+}")
    HttpResponse<?> one(String slug, Visitor visitor, Locale locale, HttpRequest<?> request) {
        var found = rounds.find(slug).filter(round -> round.phase(pages.now()).isPublic());
        if (found.isEmpty()) {
            return HttpResponse.notFound();
        }
        var round = found.get();
        var ticket = cookies.ticket(request);
        var kept = ticket.isEmpty() ? Optional.<KeptChoices.Kept>empty() : choices.find(ticket, round);
        long known = kept.map(KeptChoices.Kept::order).orElseGet(() -> cookies.order(request));
        long order = known == 0 ? BallotCookies.newOrder() : known;
        var answer = HttpResponse.ok(View.of("votes/round", pages.round(round, visitor, kept, order, locale)));
        return known == 0 && round.phase(pages.now()) == Phase.OPEN ? answer.cookie(cookies.keepOrder(order)) : answer;
    }
}
