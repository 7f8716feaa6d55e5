package motette.signin.oidc;

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
import java.util.Map;
import motette.people.PeopleRights;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.View;

/** Mappings of claims to roles: for the administration, and for the audit to read. */
@Controller("/people/mappings")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class MappingsController {

    private final PeopleRights rights;
    private final RoleMappings mappings;
    private final RoleMappingRepository rows;
    private final Providers providers;
    private final Clock clock;

    MappingsController(
            PeopleRights rights, RoleMappings mappings, RoleMappingRepository rows, Providers providers, Clock clock) {
        this.rights = rights;
        this.mappings = mappings;
        this.rows = rows;
        this.providers = providers;
        this.clock = clock;
    }

    @Get
    View list(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        rights.reading(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return page(visitor, fresh(), 0, "", Problems.none(), said.matches("written|ended") ? said : "");
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> write(@Body Map<String, String> sent, Visitor visitor) {
        var form = MappingForm.of(sent);
        var problems = mappings.write(visitor, form);
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/people/mappings?said=written"))
                : HttpResponse.unprocessableEntity().body(page(visitor, form, 0, "", problems, ""));
    }

    @Post("/{id}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(long id, @Body Map<String, String> sent, Visitor visitor) {
        var reason = sent.getOrDefault("reason", "").replace("\r\n", "\n").strip();
        var problems = mappings.end(visitor, id, reason);
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/people/mappings?said=ended"))
                : HttpResponse.unprocessableEntity().body(page(visitor, fresh(), id, reason, problems, ""));
    }

    private View page(Visitor visitor, MappingForm form, long ended, String endReason, Problems problems, String said) {
        return View.of(
                "signin/oidc/mappings",
                MappingsPage.of(
                        rows.all(),
                        mappings.scopes(),
                        providers.all(),
                        rights.administering(visitor),
                        form,
                        ended,
                        endReason,
                        problems,
                        said));
    }

    private MappingForm fresh() {
        return MappingForm.fresh(LocalDate.now(clock));
    }
}
