package motette.votes;

import static motette.votes.PreparationController.to;
import static motette.votes.RoundRights.demand;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;

/** The ballot as voters will see it, marked as a rehearsal; what is cast here is no ballot and cannot become one. */
@Controller("/votes/desk/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class RehearsalController {

    private final Rehearsals rehearsals;
    private final RoundRepository rounds;
    private final RoundPages pages;
    private final RoundRights rights;
    private final HttpLocaleResolver locales;
    private final Clock clock;

    RehearsalController(
            Rehearsals rehearsals,
            RoundRepository rounds,
            RoundPages pages,
            RoundRights rights,
            HttpLocaleResolver locales,
            Clock clock) {
        this.pages = pages;
        this.locales = locales;
        this.rehearsals = rehearsals;
        this.rounds = rounds;
        this.rights = rights;
        this.clock = clock;
    }

    @Get("/preview")
    HttpResponse<?> preview(
            String id, @QueryValue(defaultValue = "") String said, Visitor visitor, HttpRequest<?> request) {
        demand(rights.reading(visitor));
        var round = rounds.find(RowNumbers.of(id));
        round.ifPresent(found -> demand(rights.reading(visitor, found.id())));
        return round.<HttpResponse<?>>map(found -> HttpResponse.ok(page(
                        found,
                        visitor,
                        Choice.NOTHING,
                        UUID.randomUUID(),
                        said.equals("cast"),
                        Problems.none(),
                        request)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/rehearsals")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> cast(String id, @Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        demand(rights.deciding(visitor));
        var choice = choice(sent);
        var attempt = attempt(Typed.line(sent, "attempt"));
        var number = RowNumbers.of(id);
        var problems = rehearsals.cast(visitor, number, choice, attempt);
        if (problems.isEmpty()) {
            return HttpResponse.notFound();
        } else if (problems.get().isEmpty()) {
            return to(number, "/preview?said=cast");
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(page(
                            rounds.find(number).orElseThrow(),
                            visitor,
                            choice,
                            attempt,
                            false,
                            problems.get(),
                            request));
        }
    }

    @Post("/rehearsals/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> clear(String id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return rehearsals.clear(visitor, RowNumbers.of(id))
                ? to(RowNumbers.of(id), "/preview")
                : HttpResponse.notFound();
    }

    /** Fields are c7=1 or, with points, c7=3. */
    private static Choice choice(Map<String, String> sent) {
        var points = new TreeMap<Integer, Integer>();
        sent.forEach((name, value) -> {
            if (name.matches("c\\d{1,4}") && value.matches("\\d{1,2}")) {
                points.put(Integer.valueOf(name.substring(1)), Integer.valueOf(value));
            }
        });
        return Choice.of(points);
    }

    private static UUID attempt(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? UUID.fromString(text) : UUID.randomUUID();
    }

    private View page(
            Round round,
            Visitor visitor,
            Choice choice,
            UUID attempt,
            boolean cast,
            Problems problems,
            HttpRequest<?> request) {
        var phase = round.phase(clock.instant());
        return View.of(
                "votes/desk/preview",
                new DeskPages.Preview(
                        round,
                        round.form().key(),
                        phase.key(),
                        rights.keeping(visitor).isEmpty(),
                        phase == Phase.PREPARED || phase == Phase.ANNOUNCED,
                        attempt.toString(),
                        pages.preview(round, choice, locales.resolveOrDefault(request)),
                        rehearsals.count(round),
                        cast,
                        problems));
    }
}
