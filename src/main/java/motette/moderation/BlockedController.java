package motette.moderation;

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
import java.util.Map;
import motette.limits.Blocked;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.View;

/** Blocked addresses, for administrators. */
@Controller("/limits/blocked")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class BlockedController {

    private final Blocked blocked;
    private final Blocking blocking;
    private final Clock clock;

    BlockedController(Blocked blocked, Blocking blocking, Clock clock) {
        this.blocked = blocked;
        this.blocking = blocking;
        this.clock = clock;
    }

    @Get
    View page(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        Blocking.demand(blocking.reading(visitor));
        return page(BlockForm.EMPTY, Problems.none(), 0, "", said.matches("blocked|lifted") ? said : "");
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> block(@Body Map<String, String> sent, Visitor visitor) {
        Blocking.demand(blocking.blocking(visitor));
        var form = BlockForm.of(sent);
        var problems = form.problems(clock);
        if (problems.isEmpty()) {
            blocking.block(visitor, form.email(), form.reason(), form.end().orElse(null));
            return HttpResponse.seeOther(URI.create("/limits/blocked?said=blocked"));
        } else {
            return HttpResponse.unprocessableEntity().body(page(form, problems, 0, "", ""));
        }
    }

    @Post("/{id}/lifting")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> lift(long id, @Body Map<String, String> sent, Visitor visitor) {
        Blocking.demand(blocking.blocking(visitor));
        var reason = Reason.of(sent);
        if (BlockForm.isReason(reason)) {
            return blocking.lift(visitor, id, reason)
                    ? HttpResponse.seeOther(URI.create("/limits/blocked?said=lifted"))
                    : HttpResponse.notFound();
        } else {
            var problems = Problems.none()
                    .add("lift-" + id, "blocked.problem.reason", BlockForm.SHORTEST_REASON, BlockForm.LONGEST_REASON);
            return HttpResponse.unprocessableEntity().body(page(BlockForm.EMPTY, problems, id, reason, ""));
        }
    }

    private View page(BlockForm form, Problems problems, long lifting, String lift, String said) {
        return View.of("moderation/blocked", new BlockedPage(blocked.latest(), form, problems, lifting, lift, said));
    }
}
