package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.shared.View;

/** The mailbox of the whole demo city: what would have been sent. It does not exist outside demo mode. */
@Controller("/demo/mailbox")
@Requires(property = "motette.demo", value = "true")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class MailboxController {

    private final Mailbox mailbox;

    MailboxController(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Get
    View newest() {
        return View.of("town/mailbox", new MailboxPage(mailbox.newest()));
    }

    @Get("/{id}")
    HttpResponse<?> one(long id) {
        return mailbox.find(id)
                .<HttpResponse<?>>map(mail -> HttpResponse.ok(View.of("town/mail", mail)))
                .orElseGet(HttpResponse::notFound);
    }
}
