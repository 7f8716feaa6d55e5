package motette.privacy;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.View;

/** What would be forgotten now and what was, for the administrator. Looking changes nothing. */
@Controller("/privacy/retention")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(RoleName.ADMINISTRATORS)
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
            throw new Refused(Refusal.of("privacy.retention.refused").withWayOut("/me", "nav.me"));
        }
    }
}
