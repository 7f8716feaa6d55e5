package motette.council;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** Papers of agenda items: the form of whoever plans the session, and the files for everybody who may read them. */
@Controller("/council/{body}/sessions/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AgendaPaperController {

    private final AgendaPapers service;
    private final AgendaPaperRepository papers;
    private final SessionRepository sessions;
    private final CouncilRights rights;
    private final Limits limits;

    AgendaPaperController(
            AgendaPapers service,
            AgendaPaperRepository papers,
            SessionRepository sessions,
            CouncilRights rights,
            Limits limits) {
        this.service = service;
        this.papers = papers;
        this.sessions = sessions;
        this.rights = rights;
        this.limits = limits;
    }

    @Get("/agenda/{item:[0-9]+}/papers")
    HttpResponse<?> list(
            String body, String id, String item, @QueryValue(defaultValue = "") String done, Visitor visitor) {
        return page(visitor, body, id, item, done.matches("attached|withdrawn") ? done : "")
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("council/papers", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/agenda/{item:[0-9]+}/papers")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> attach(
            String body,
            String id,
            String item,
            @Part @Nullable String request,
            @Part @Nullable String number,
            @Part @Nullable String title,
            @Part @Nullable String closed,
            @Part @Nullable CompletedFileUpload document,
            Visitor visitor) {
        var found = page(visitor, body, id, item, "");
        if (found.isEmpty()) {
            return HttpResponse.notFound();
        }
        var page = found.get();
        var form = AgendaPaperForm.of(fields(request, number, title, closed));
        limits.demand("application-documents", visitor.personId());
        var file = bytes(document);
        var problems = service.check(file, form.problems());
        if (problems.isEmpty()) {
            service.attach(visitor, body, page.session().id(), page.item().id(), form, file);
            return HttpResponse.seeOther(URI.create(page.action() + "?done=attached"));
        } else {
            return HttpResponse.unprocessableEntity().body(View.of("council/papers", page.with(form, problems, null)));
        }
    }

    @Post("/papers/{paper}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(String body, String id, String paper, @Body Map<String, String> fields, Visitor visitor) {
        service.demand(visitor, body);
        var form = AgendaPaperForm.of(fields);
        var session = session(body, id);
        var wanted = AgendaPaperForm.uuid(paper);
        if (session.isEmpty() || wanted.isEmpty()) {
            return HttpResponse.notFound();
        }
        var item = service.find(session.get().id(), wanted.get())
                .map(AgendaPaper::item)
                .orElse(0L);
        var problems = service.withdraw(visitor, body, session.get().id(), wanted.get(), form);
        var page = page(visitor, body, id, String.valueOf(item), "").orElseThrow();
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(page.action() + "?done=withdrawn"))
                : HttpResponse.unprocessableEntity()
                        .body(View.of("council/papers", page.with(form, problems, wanted.get())));
    }

    @Get("/papers/{paper}")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> file(String body, String id, String paper, Visitor visitor) {
        var insider = visitor.isSignedIn() && rights.belongs(visitor, body);
        return session(body, id)
                .flatMap(session -> AgendaPaperForm.uuid(paper)
                        .flatMap(wanted -> papers.content(session.id(), wanted, insider)
                                .map(content -> pdf(content, name(session, wanted)))))
                .<HttpResponse<?>>map(answer -> answer)
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> pdf(byte[] content, String name) {
        return HttpResponse.ok(content)
                .contentType(MediaType.APPLICATION_PDF_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"; filename*=UTF-8''"
                                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
    }

    /** As it is called, with signs that every device takes. */
    private String name(CouncilSession session, UUID paper) {
        var name = service.find(session.id(), paper).map(AgendaPaper::name).orElse("");
        var plain = name.replaceAll("[^\\p{L}\\p{N} ._()-]", "_").strip().replaceFirst("^\\.+", "");
        return plain.substring(0, plain.offsetByCodePoints(0, Math.min(100, plain.codePointCount(0, plain.length()))))
                + ".pdf";
    }

    private Optional<AgendaPapersPage> page(Visitor visitor, String body, String id, String item, String said) {
        return service.page(
                visitor,
                body,
                Addresses.number(id).orElse(0L),
                Addresses.number(item).orElse(0L),
                said);
    }

    private Optional<CouncilSession> session(String body, String id) {
        return Addresses.number(id).flatMap(number -> sessions.find(body, number));
    }

    private static Map<String, String> fields(
            @Nullable String request, @Nullable String number, @Nullable String title, @Nullable String closed) {
        var fields = new HashMap<String, String>();
        fields.put("request", request == null ? "" : request);
        fields.put("number", number == null ? "" : number);
        fields.put("title", title == null ? "" : title);
        fields.put("closed", closed == null ? "" : closed);
        return fields;
    }

    private static byte[] bytes(@Nullable CompletedFileUpload upload) {
        try {
            return upload == null
                            || upload.getFilename() == null
                            || upload.getFilename().isEmpty()
                    ? new byte[0]
                    : upload.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
