package motette.residence;

import static motette.residence.ResidenceRights.demand;

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
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import motette.people.Roles;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.View;

/** The coordinator's tablet: a code, a look at the card, yes. */
@Controller("/residence/desk")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class DeskController {

    private final DeskCodes deskCodes;
    private final Postcodes postcodes;
    private final ResidenceRights rights;
    private final Roles roles;
    private final Places places;
    private final CityPack city;
    private final Clock clock;

    DeskController(
            DeskCodes deskCodes,
            Postcodes postcodes,
            ResidenceRights rights,
            Roles roles,
            Places places,
            CityPack city,
            Clock clock) {
        this.deskCodes = deskCodes;
        this.postcodes = postcodes;
        this.rights = rights;
        this.roles = roles;
        this.places = places;
        this.city = city;
        this.clock = clock;
    }

    @Get
    View desk(@QueryValue(defaultValue = "0") long done, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.desk(visitor));
        return desk("", Problems.none(), done, said.matches("case|rejected|undone") ? said : "", visitor);
    }

    @Post("/code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> look(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.witnessing(visitor));
        var typed = sent.getOrDefault("code", "");
        return switch (deskCodes.look(visitor.personId(), typed)) {
            case DeskCodes.Look.Seen seen ->
                HttpResponse.ok(View.of("residence/desk-check", DeskCheckPage.of(seen, city.name())));
            case DeskCodes.Look.Wrong wrong ->
                HttpResponse.unprocessableEntity().body(desk(typed, wrong.problems(), 0, "", visitor));
            case DeskCodes.Look.No no -> throw new Refused(no.refusal());
        };
    }

    @Post("/proof")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> confirm(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.witnessing(visitor));
        return switch (deskCodes.confirm(visitor.personId(), sent.getOrDefault("code", ""))) {
            case Outcome.Shown shown -> to("?done=" + shown.proof());
            case Outcome.ForStaff clash -> to("?said=case");
            case Outcome.No no -> throw new Refused(no.refusal());
        };
    }

    @Post("/rejection")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> reject(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.witnessing(visitor));
        deskCodes.reject(visitor.personId(), sent.getOrDefault("code", ""));
        return to("?said=rejected");
    }

    @Post("/proofs/{id}/reversal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> undo(long id, Visitor visitor) {
        demand(rights.witnessing(visitor));
        return deskCodes.undo(visitor.personId(), id) ? to("?said=undone") : HttpResponse.notFound();
    }

    @Get("/entry")
    View entry(Visitor visitor) {
        demand(rights.desk(visitor));
        return form(IdentityForm.EMPTY, Problems.none(), visitor);
    }

    /** The form stays in the browser's memory only until the answer; nothing of it is kept here. */
    @Post("/entry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> enter(@Body Map<String, String> sent, Visitor visitor, Locale locale) {
        demand(rights.witnessing(visitor));
        var form = IdentityForm.of(sent);
        var problems = form.problems(postcodes, places, LocalDate.now(clock), true);
        return problems.isEmpty()
                ? to("?done=" + deskCodes.enterWithoutDevice(visitor.personId(), form, locale))
                : HttpResponse.unprocessableEntity().body(form(form, problems, visitor));
    }

    private View desk(String typed, Problems problems, long done, String said, Visitor visitor) {
        var given = deskCodes.given(visitor.personId());
        return View.of(
                "residence/desk",
                new DeskPage(
                        typed,
                        problems,
                        given,
                        given.stream()
                                .filter(one -> one.id() == done && one.undoable())
                                .findFirst(),
                        said));
    }

    private View form(IdentityForm form, Problems problems, Visitor visitor) {
        return View.of(
                "residence/identity",
                new IdentityPage(
                        "entry",
                        "/residence/desk/entry",
                        "/residence/desk",
                        form,
                        problems,
                        QuarterGroup.of(
                                places,
                                form.quarter(),
                                quarter -> roles.coordinatorArea(visitor.personId(), quarter.key())
                                        .isPresent()),
                        city.name()));
    }

    private static HttpResponse<?> to(String query) {
        return HttpResponse.seeOther(URI.create("/residence/desk" + query));
    }
}
