package motette.residence;

import static motette.residence.ResidenceRights.demand;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** An administrator reads an extract of the register of residents. */
@Controller("/residence/extracts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ExtractsController {

    private final Register register;
    private final ResidenceRights rights;

    ExtractsController(Register register, ResidenceRights rights) {
        this.register = register;
        this.rights = rights;
    }

    /** @param columns the head of the file */
    @Introspected
    record ExtractsPage(List<Register.Extract> extracts, String columns, Problems problems) {}

    @Introspected
    record ExtractPage(Register.Extract extract) {}

    @Get
    View all(Visitor visitor) {
        demand(rights.extracts(visitor));
        return page(Problems.none());
    }

    /** A form that is not in parts has no file, and is told so. */
    @Post
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> read(@Part @Nullable CompletedFileUpload file, Visitor visitor) {
        demand(rights.adopting(visitor));
        var bytes = bytes(file);
        if (bytes.length == 0) {
            return HttpResponse.unprocessableEntity()
                    .body(page(Problems.none().add("file", "residence.extract.problem.file")));
        }
        var reading = register.read(visitor.personId(), bytes);
        return reading.problems().isEmpty()
                ? HttpResponse.seeOther(URI.create("/residence/extracts/" + reading.extract()))
                : HttpResponse.unprocessableEntity().body(page(reading.problems()));
    }

    @Get("/{id}")
    HttpResponse<?> preview(long id, Visitor visitor) {
        demand(rights.extracts(visitor));
        return register.extract(id)
                .<HttpResponse<?>>map(
                        extract -> HttpResponse.ok(View.of("residence/extract", new ExtractPage(extract))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id}/adoption")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> adopt(long id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.adopting(visitor));
        return register.adopt(visitor.personId(), id, sent.containsKey("whole")) ? back() : HttpResponse.notFound();
    }

    @Post("/{id}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> drop(long id, Visitor visitor) {
        demand(rights.adopting(visitor));
        return register.drop(visitor.personId(), id) ? back() : HttpResponse.notFound();
    }

    private View page(Problems problems) {
        return View.of(
                "residence/extracts",
                new ExtractsPage(register.extracts(), String.join(";", Register.COLUMNS), problems));
    }

    private static HttpResponse<?> back() {
        return HttpResponse.seeOther(URI.create("/residence/extracts"));
    }

    private static byte[] bytes(@Nullable CompletedFileUpload file) {
        try {
            return file == null ? new byte[0] : file.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
