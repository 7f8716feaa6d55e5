package motette.applications;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;

/** The desk of whoever checks applications, and the check list of one. */
@Controller("/applications")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class DeskController {

    private final Applications service;
    private final ApplicationPages pages;
    private final ApplicationRights rights;

    DeskController(Applications service, ApplicationPages pages, ApplicationRights rights) {
        this.service = service;
        this.pages = pages;
        this.rights = rights;
    }

    @Get("/desk")
    View desk(
            @QueryValue(defaultValue = "") String body, @QueryValue(defaultValue = "") String state, Visitor visitor) {
        rights.desk(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return View.of("applications/desk", pages.desk(visitor, body, state));
    }

    /** Ticks what is in order; or gives the application back with what is missing. */
    @Post("/{number:[0-9]+}/checks")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> check(String number, @Body Map<String, String> form, Visitor visitor) {
        long id = RowNumbers.of(number);
        return "return".equals(form.get("deed")) ? giveBack(id, form, visitor) : tick(id, form, visitor);
    }

    private HttpResponse<?> tick(long id, Map<String, String> form, Visitor visitor) {
        return service.check(visitor, id, version(form), chosen(form, "ok"))
                ? HttpResponse.seeOther(URI.create("/applications/" + id + "?said=checked"))
                : HttpResponse.notFound();
    }

    private HttpResponse<?> giveBack(long id, Map<String, String> form, Visitor visitor) {
        var gaps = new LinkedHashMap<String, String>();
        chosen(form, "gap").forEach(item -> gaps.put(item, form.getOrDefault("gap-" + item, "")));
        var problems = service.giveBack(visitor, id, version(form), gaps, form.getOrDefault("note", ""));
        if (problems.filter(Problems::isEmpty).isPresent()) {
            return HttpResponse.seeOther(URI.create("/applications/" + id + "?said=returned"));
        } else {
            return problems.flatMap(wrong -> pages.file(visitor, id, 0, "", form, wrong))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("applications/file", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    @Post("/{number:[0-9]+}/checks/{item}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> untick(String number, String item, @Body Map<String, String> form, Visitor visitor) {
        long id = RowNumbers.of(number);
        return service.untick(visitor, id, version(form), item)
                ? HttpResponse.seeOther(URI.create("/applications/" + id + "?said=checked"))
                : HttpResponse.notFound();
    }

    private static List<String> chosen(Map<String, String> form, String what) {
        return form.entrySet().stream()
                .filter(field -> field.getKey().matches("item-[a-z-]+")
                        && field.getValue().equals(what))
                .map(field -> field.getKey().substring("item-".length()))
                .sorted()
                .toList();
    }

    private static int version(Map<String, String> form) {
        return RowNumbers.find(form.getOrDefault("version", ""))
                .map(version -> (int) Math.min(version, 10_000))
                .orElse(0);
    }
}
