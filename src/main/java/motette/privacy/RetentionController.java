package motette.privacy;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.View;

/** What would be forgotten now and what was, for the administrator. Looking changes nothing. */
@Controller("/privacy/retention")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class RetentionController {

    private static final int RUNS = 50;

    private final Retention retention;
    private final Roles roles;

    RetentionController(Retention retention, Roles roles) {
        this.retention = retention;
        this.roles = roles;
    }

    @Introspected
    record RetentionPage(List<Retention.Outlook> rules, List<Retention.Run> runs) {}

    @Get
    View look(Visitor visitor) {
        if (roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")) {
            return View.of("privacy/retention", new RetentionPage(retention.outlook(), retention.runs(RUNS)));
        } else {
            throw new Denied(
                    roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "privacy.retention.refused"));
        }
    }
}
