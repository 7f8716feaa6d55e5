package motette.people;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** The new term of councils: a list, its preview, and taking it over. */
@Controller("/people/terms")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class TermsController {

    private final PeopleRights rights;
    private final TermsImport terms;

    TermsController(PeopleRights rights, TermsImport terms) {
        this.rights = rights;
        this.terms = terms;
    }

    @Get
    View form(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(visitor);
        return View.of(
                "people/terms",
                new TermsPage(TermsForm.EMPTY, Problems.none(), null, false, said.equals("taken") ? said : ""));
    }

    @Post("/preview")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> preview(
            @Part @Nullable CompletedFileUpload file,
            @Part @Nullable String list,
            @Part @Nullable String reason,
            Visitor visitor) {
        demand(visitor);
        var text = text(file);
        var form =
                new TermsForm(text.isBlank() && list != null ? list : text, reason == null ? "" : reason.strip(), "");
        var problems = form.problems();
        if (form.text().length() > TermsFile.MOST_BYTES) {
            problems.add("list", "people.terms.problem.large", TermsFile.MOST_BYTES / 1000);
        }
        if (problems.isEmpty()) {
            var plan = terms.preview(visitor, form.text());
            return HttpResponse.status(plan.isRefused() ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.OK)
                    .body(View.of("people/terms", new TermsPage(form, problems, plan, false, "")));
        } else {
            var again = problems.has("list") ? new TermsForm("", form.reason(), "") : form;
            return HttpResponse.unprocessableEntity()
                    .body(View.of("people/terms", new TermsPage(again, problems, null, false, "")));
        }
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> takeOver(@Body Map<String, String> sent, Visitor visitor) {
        demand(visitor);
        var form = new TermsForm(
                sent.getOrDefault("list", ""), sent.getOrDefault("reason", "").strip(), sent.getOrDefault("seen", ""));
        if (form.problems().isEmpty()) {
            var outcome = terms.takeOver(visitor, form);
            return outcome.done()
                    ? HttpResponse.seeOther(URI.create("/people/terms?said=taken"))
                    : HttpResponse.status(HttpStatus.CONFLICT)
                            .body(View.of(
                                    "people/terms", new TermsPage(form, Problems.none(), outcome.plan(), true, "")));
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(View.of("people/terms", new TermsPage(form, form.problems(), null, false, "")));
        }
    }

    private void demand(Visitor visitor) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private static String text(@Nullable CompletedFileUpload file) {
        try {
            return file == null || file.getSize() > TermsFile.MOST_BYTES * 2L ? "" : TermsFile.text(file.getBytes());
        } catch (IOException unreadable) {
            return "";
        }
    }
}
