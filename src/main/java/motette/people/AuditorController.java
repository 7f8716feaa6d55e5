package motette.people;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.audit.Export;

/**
 * The whole audit log for the auditors of the city. It stands here and not with the log, because only this storey knows who an auditor
 * is. A form and no link, because taking it is a deed that is recorded.
 */
@Controller("/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AuditorController {

    private final Auditing auditing;
    private final Export export;

    AuditorController(Auditing auditing, Export export) {
        this.auditing = auditing;
        this.export = export;
    }

    @Post("/full.ndjson")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<StreamedFile> full(Visitor visitor) {
        auditing.takeTheWholeLog(visitor);
        return HttpResponse.ok(export.full()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
