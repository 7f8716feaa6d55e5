package motette.bodies;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import motette.people.Seats;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.RowNumbers;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** Terms, seats, rules and meeting place of a body, and what its members declared: for the offices. */
@Controller("/bodies/{body}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class BodyAdministrationController {

    private final Bodies bodies;
    private final BodyRepository repository;
    private final BodyAdministration administration;
    private final BodyRights rights;
    private final Rules rules;
    private final Seats seats;
    private final Functions functions;
    private final Clock clock;

    BodyAdministrationController(
            Bodies bodies,
            BodyRepository repository,
            BodyAdministration administration,
            BodyRights rights,
            Rules rules,
            Seats seats,
            Functions functions,
            Clock clock) {
        this.bodies = bodies;
        this.repository = repository;
        this.administration = administration;
        this.rights = rights;
        this.rules = rules;
        this.seats = seats;
        this.functions = functions;
        this.clock = clock;
    }

    @Get("/administration")
    HttpResponse<?> all(String body, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(
                body,
                known -> HttpResponse.ok(page(
                        known,
                        new Typing(
                                null,
                                null,
                                null,
                                null,
                                null,
                                Problems.none(),
                                "",
                                said.matches("term|place|rules|seat|label") ? said : ""))));
    }

    @Post("/terms")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> term(String body, @io.micronaut.http.annotation.Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(body, known -> {
            var form = TermForm.of(sent);
            var problems = administration.recordTerm(visitor, known, form);
            return answer(known, problems, "term", new Typing(form, null, null, null, null, problems, "term", ""));
        });
    }

    @Post("/meeting-places")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> place(String body, @io.micronaut.http.annotation.Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(body, known -> {
            var form = PlaceForm.of(sent);
            var problems = administration.recordPlace(visitor, known, form);
            return answer(known, problems, "place", new Typing(null, form, null, null, null, problems, "place", ""));
        });
    }

    @Post("/rules")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> rules(String body, @io.micronaut.http.annotation.Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(body, known -> {
            var form = RulesForm.of(sent);
            var problems = administration.recordRules(visitor, known, form);
            return answer(known, problems, "rules", new Typing(null, null, form, null, null, problems, "rules", ""));
        });
    }

    @Post("/seats")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> seat(String body, @io.micronaut.http.annotation.Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(body, known -> {
            var form = SeatForm.of(sent);
            var problems = seats.move(
                    visitor,
                    known.key(),
                    RowNumbers.find(form.member()).orElse(0L),
                    Typed.number(form.seat(), 1, 200).orElse(0),
                    form.from(),
                    form.reason());
            return answer(known, problems, "seat", new Typing(null, null, null, form, null, problems, "seat", ""));
        });
    }

    @Post("/seat-labels")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> label(String body, @io.micronaut.http.annotation.Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return found(body, known -> {
            var form = LabelForm.of(sent);
            var problems = administration.recordLabel(visitor, known, form);
            return answer(known, problems, "label", new Typing(null, null, null, null, form, problems, "label", ""));
        });
    }

    /** What members declared, and whether one of them is in an organisation that is asked for. */
    @Get("/functions")
    HttpResponse<?> declared(String body, @QueryValue(defaultValue = "") String organisation, Visitor visitor) {
        demand(rights.readingFunctions(visitor, body));
        var asked = organisation.strip();
        return found(
                body,
                known -> HttpResponse.ok(View.of(
                        "bodies/declared",
                        new DeclaredPage(
                                known,
                                LocalDate.now(clock),
                                functions.inBody(visitor, body),
                                asked,
                                functions.hints(body, asked, LocalDate.now(clock))))));
    }

    /** Forms as they were typed; null for those that nobody sent. */
    private record Typing(
            @Nullable TermForm term,
            @Nullable PlaceForm place,
            @Nullable RulesForm rules,
            @Nullable SeatForm seat,
            @Nullable LabelForm label,
            Problems problems,
            String opened,
            String said) {}

    private HttpResponse<?> found(String key, Function<Body, HttpResponse<?>> answer) {
        return bodies.on(key, LocalDate.now(clock)).<HttpResponse<?>>map(answer).orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> answer(Body body, Problems problems, String said, Typing typing) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/bodies/" + body.key() + "/administration?said=" + said))
                : HttpResponse.unprocessableEntity().body(page(body, typing));
    }

    private View page(Body body, Typing typing) {
        var today = LocalDate.now(clock);
        var places = repository.places(body.key());
        var place = places.isEmpty()
                ? new MeetingPlace(today, body.venue(), body.address(), "", "", "", "")
                : places.getFirst();
        return View.of(
                "bodies/administration",
                new AdministrationPage(
                        body,
                        today,
                        repository.terms(body.key()),
                        places,
                        rules.history(body),
                        seats.of(body.key()),
                        BodyRepository.named(repository.labels(body.key(), today)),
                        typing.term() == null ? TermForm.fresh(body) : typing.term(),
                        typing.place() == null ? PlaceForm.fresh(place, today) : typing.place(),
                        typing.rules() == null
                                ? rules.of(body.key(), today)
                                        .map(RulesForm::fresh)
                                        .orElseGet(RulesForm::empty)
                                : typing.rules(),
                        typing.seat() == null ? SeatForm.fresh(today) : typing.seat(),
                        typing.label() == null ? LabelForm.fresh(today) : typing.label(),
                        typing.problems(),
                        typing.opened(),
                        typing.said()));
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
