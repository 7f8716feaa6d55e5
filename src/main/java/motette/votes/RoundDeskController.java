package motette.votes;

import static motette.votes.PreparationController.to;
import static motette.votes.RoundRights.demand;

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
import java.util.Map;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;
import motette.votes.DeskPages.Returned;

/** How a round stands and what may be done to it: held, prolonged, changed with a reason that everybody reads. */
@Controller("/votes/desk/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class RoundDeskController {

    private final RunningRounds running;
    private final RoundDesk desk;
    private final RoundRepository rounds;
    private final Listings listings;
    private final RoundRights rights;

    RoundDeskController(
            RunningRounds running, RoundDesk desk, RoundRepository rounds, Listings listings, RoundRights rights) {
        this.running = running;
        this.desk = desk;
        this.rounds = rounds;
        this.listings = listings;
        this.rights = rights;
    }

    @Get
    HttpResponse<?> one(String id, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.reading(visitor));
        var round = rounds.find(RowNumbers.of(id));
        round.ifPresent(found -> demand(rights.reading(visitor, found.id())));
        return round.<HttpResponse<?>>map(found -> HttpResponse.ok(page(found, visitor, Returned.NOTHING, said)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/hold")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> hold(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        return answer(
                id,
                "hold",
                sent,
                visitor,
                running.hold(visitor, RowNumbers.of(id), Typed.line(sent, "reason")),
                "?said=held");
    }

    @Post("/hold/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> resume(String id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return running.resume(visitor, RowNumbers.of(id))
                ? to(RowNumbers.of(id), "?said=resumed")
                : HttpResponse.notFound();
    }

    @Post("/prolongation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> prolong(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var closes = new TypedMoment(Typed.line(sent, "closes_on"), Typed.line(sent, "closes_at"));
        return answer(
                id,
                "prolongation",
                sent,
                visitor,
                running.prolong(visitor, RowNumbers.of(id), closes, Typed.line(sent, "reason")),
                "?said=prolonged");
    }

    @Post("/incidents")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> note(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        return answer(
                id,
                "incident",
                sent,
                visitor,
                running.note(visitor, RowNumbers.of(id), Typed.line(sent, "reason")),
                "?said=noted");
    }

    private HttpResponse<?> answer(
            String id,
            String form,
            Map<String, String> sent,
            Visitor visitor,
            Optional<Problems> problems,
            String further) {
        if (problems.isEmpty()) {
            return HttpResponse.notFound();
        } else if (problems.get().isEmpty()) {
            return to(RowNumbers.of(id), further);
        } else {
            var round = rounds.find(RowNumbers.of(id)).orElseThrow();
            return HttpResponse.unprocessableEntity()
                    .body(page(round, visitor, new Returned(form, sent, problems.get()), ""));
        }
    }

    private View page(Round round, Visitor visitor, Returned returned, String said) {
        return View.of("votes/desk/round", desk.of(round, visitor, returned, said));
    }

    // One idea on the ballot

    @Get("/candidates/{number:[0-9]+}")
    HttpResponse<?> candidate(String id, String number, Visitor visitor) {
        demand(rights.keeping(visitor));
        return page(id, number, Optional.empty(), "", "", Problems.none())
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/candidates/{number:[0-9]+}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> change(String id, String number, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var form = VersionForm.of(sent);
        var problems = running.change(visitor, RowNumbers.of(id), (int) RowNumbers.of(number), form);
        return after(id, number, problems, "?said=changed", Optional.of(form), "version", "");
    }

    @Post("/candidates/{number:[0-9]+}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(String id, String number, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var reason = Typed.line(sent, "reason");
        var problems = running.withdraw(visitor, RowNumbers.of(id), (int) RowNumbers.of(number), reason);
        return after(id, number, problems, "?said=withdrawn", Optional.empty(), "withdrawal", reason);
    }

    @Post("/candidates/{number:[0-9]+}/picture/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> removePicture(String id, String number, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var reason = Typed.line(sent, "reason");
        var problems = running.removePicture(visitor, RowNumbers.of(id), (int) RowNumbers.of(number), reason);
        return after(id, number, problems, "?said=pictureless", Optional.empty(), "picture", reason);
    }

    private HttpResponse<?> after(
            String id,
            String number,
            Optional<Problems> problems,
            String further,
            Optional<VersionForm> form,
            String failed,
            String reason) {
        if (problems.isEmpty()) {
            return HttpResponse.notFound();
        } else if (problems.get().isEmpty()) {
            return to(RowNumbers.of(id), further);
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(page(id, number, form, failed, reason, problems.get()).orElseThrow());
        }
    }

    /** @param failed version, withdrawal or picture: which form the problems are of */
    private Optional<View> page(
            String id, String number, Optional<VersionForm> form, String failed, String reason, Problems problems) {
        var round = rounds.find(RowNumbers.of(id))
                .filter(found -> found.announcedAt().isPresent());
        return round.flatMap(found -> listings.of(found).stream()
                .filter(listed -> listed.number() == RowNumbers.of(number))
                .findFirst()
                .map(listed -> {
                    var candidate = listed.candidate();
                    var district = found.district(candidate.districtKey()).orElseThrow();
                    return View.of(
                            "votes/desk/candidate",
                            new DeskPages.OneCandidate(
                                    found.id(),
                                    found.title(),
                                    running.changes(found),
                                    candidate,
                                    listed,
                                    district.name(),
                                    district.budgetCents(),
                                    form.orElseGet(() -> VersionForm.of(candidate)),
                                    reason,
                                    failed.equals("version") ? problems : Problems.none(),
                                    failed.equals("withdrawal") ? problems : Problems.none(),
                                    failed.equals("picture") ? problems : Problems.none()));
                }));
    }
}
