package motette.applications;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import motette.ideas.ApplicableIdeas;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.Texts;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** Writing an application in steps, each a page and a form that keeps what it is sent; then the application itself. */
@Controller("/applications")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ApplicationController {

    private final Applications service;
    private final ApplicationRepository applications;
    private final ApplicationPages pages;
    private final ApplicationRights rights;
    private final ApplicableIdeas ideas;
    private final Documents documents;
    private final Limits limits;
    private final Texts texts;

    ApplicationController(
            Applications service,
            ApplicationRepository applications,
            ApplicationPages pages,
            ApplicationRights rights,
            ApplicableIdeas ideas,
            Documents documents,
            Limits limits,
            Texts texts) {
        this.service = service;
        this.applications = applications;
        this.pages = pages;
        this.rights = rights;
        this.ideas = ideas;
        this.documents = documents;
        this.limits = limits;
        this.texts = texts;
    }

    /** What everybody may know of those that are complete. */
    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    View open(@QueryValue(defaultValue = "") String body) {
        return View.of("applications/list", pages.open(body));
    }

    @Get("/new")
    View begin(@QueryValue(defaultValue = "") String idea, Visitor visitor) {
        var from = RowNumbers.find(idea).flatMap(number -> ideas.of(number, visitor.personId()));
        return View.of(
                "applications/new",
                new BeginPage(
                        from.map(found -> found.number()).orElse(0L),
                        from.map(found -> found.title()).orElse(""),
                        rights.enters(visitor).isEmpty()));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> begin(@Body Map<String, String> form, Visitor visitor) {
        limits.demand("applications", visitor.personId());
        return service.begin(visitor, RowNumbers.find(form.getOrDefault("idea", "")), "yes".equals(form.get("paper")))
                .<HttpResponse<?>>map(id -> to(id, "place"))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{number:[0-9]+}/{step:place|plan|applicant|money|documents|check}")
    HttpResponse<?> step(
            String number, String step, @QueryValue(defaultValue = "") String find, Visitor visitor, Locale locale) {
        return page(RowNumbers.of(number), step, Problems.none(), find, false, visitor, locale);
    }

    @Post("/{number:[0-9]+}/{step:place|plan|applicant|money}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> write(String number, String step, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        long id = RowNumbers.of(number);
        var spot = form.getOrDefault("spot", "");
        var typed = ApplicationForm.typed(step, form);
        if (step.equals("place") && !spot.isEmpty()) {
            typed.put("quarter", spot);
        }
        var saved = service.save(visitor, id, typed);
        if (saved.isEmpty()) {
            return HttpResponse.notFound();
        }
        var application = saved.get();
        var query = form.getOrDefault("find", "");
        return switch (form.getOrDefault("deed", "next")) {
            case "back" -> to(id, before(step));
            case "later" -> HttpResponse.seeOther(URI.create("/me#applications"));
            case "kept" -> HttpResponse.noContent();
            case "find", "rows", "sum" ->
                page(id, step, Problems.none(), query, "rows".equals(form.get("deed")), visitor, locale);
            default -> {
                var problems = service.problems(step, application, service.around(application));
                yield problems.isEmpty()
                        ? to(id, after(step))
                        : page(id, step, problems, query, false, visitor, locale);
            }
        };
    }

    /** What the lines come to, while they are typed. Nothing is kept. */
    @Post("/{number:[0-9]+}/sums")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sums(String number, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        return applications
                .find(RowNumbers.of(number))
                .filter(application -> service.writes(visitor, application))
                .<HttpResponse<?>>map(application -> HttpResponse.ok(
                                Sums.of(Plan.of(ApplicationForm.typed("money", form), "–"), texts, locale))
                        .contentType(MediaType.APPLICATION_JSON_TYPE))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{number:[0-9]+}/documents")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> documents(
            String number,
            @Part @Nullable String deed,
            @Part @Nullable CompletedFileUpload document,
            Visitor visitor,
            Locale locale) {
        long id = RowNumbers.of(number);
        if (!isTheirs(visitor, id)) {
            return HttpResponse.notFound();
        }
        var wanted = deed == null ? "next" : deed;
        var problems = Problems.none();
        if (wanted.matches("remove-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            service.drop(visitor, id, UUID.fromString(wanted.substring("remove-".length())));
        } else if (document != null
                && document.getFilename() != null
                && !document.getFilename().isEmpty()) {
            limits.demand("application-documents", visitor.personId());
            try {
                service.keep(visitor, id, documents.check(document.getFilename(), bytes(document)));
            } catch (Refused refused) {
                var reason = refused.refusal().reason();
                problems.add("document", reason.key(), reason.args().toArray());
            }
        } else if (wanted.equals("add")) {
            problems.add("document", "applications.document.missing");
        }
        if (!problems.isEmpty()) {
            return page(id, "documents", problems, "", false, visitor, locale);
        } else {
            return switch (wanted) {
                case "back" -> to(id, "money");
                case "later" -> HttpResponse.seeOther(URI.create("/me#applications"));
                case "next" -> to(id, "check");
                default -> to(id, "documents");
            };
        }
    }

    @Post("/{number:[0-9]+}/submission")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> send(String number, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        long id = RowNumbers.of(number);
        var version = RowNumbers.find(form.getOrDefault("version", "")).orElse(0L);
        var declared = "yes".equals(form.get("no-start")) && "yes".equals(form.get("privacy"));
        return switch (service.send(visitor, id, (int) Math.min(version, 10_000), declared)) {
            case Applications.Sending.Done done ->
                HttpResponse.seeOther(URI.create("/applications/" + id + "?said=sent"));
            case Applications.Sending.Unfinished unfinished -> {
                var application = applications.find(id).orElseThrow();
                yield page(
                        id,
                        unfinished.step(),
                        service.problems(unfinished.step(), application, service.around(application)),
                        "",
                        false,
                        visitor,
                        locale);
            }
            case Applications.Sending.Undeclared undeclared ->
                page(
                        id,
                        "check",
                        Problems.none().add("declared", "applications.problem.declared"),
                        "",
                        false,
                        Stream.of("no-start", "privacy")
                                .filter(box -> "yes".equals(form.get(box)))
                                .toList(),
                        visitor,
                        locale);
            case Applications.Sending.NotTheirs notTheirs -> HttpResponse.notFound();
        };
    }

    @Post("/{number:[0-9]+}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(String number, Visitor visitor) {
        long id = RowNumbers.of(number);
        return service.withdraw(visitor, id)
                ? HttpResponse.seeOther(URI.create("/applications/" + id + "?said=withdrawn"))
                : HttpResponse.notFound();
    }

    @Post("/{number:[0-9]+}/discard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> discard(String number, Visitor visitor) {
        return service.discard(visitor, RowNumbers.of(number))
                ? HttpResponse.seeOther(URI.create("/me#applications"))
                : HttpResponse.notFound();
    }

    /** The application; a draft leads to its first open step. */
    @Get("/{number:[0-9]+}")
    HttpResponse<?> file(
            String number,
            @QueryValue(defaultValue = "") String version,
            @QueryValue(defaultValue = "") String said,
            Visitor visitor) {
        long id = RowNumbers.of(number);
        var shown = RowNumbers.find(version)
                .map(wanted -> (int) Math.min(wanted, 10_000))
                .orElse(0);
        return pages.file(
                        visitor,
                        id,
                        shown,
                        said.matches("sent|withdrawn|checked|returned") ? said : "",
                        Map.of(),
                        Problems.none())
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("applications/file", page)))
                .orElseGet(() -> draft(visitor, id));
    }

    /** To print and to send: what arrived, as a letter. */
    @Get("/{number:[0-9]+}/receipt")
    HttpResponse<?> receipt(String number, Visitor visitor) {
        return pages.file(visitor, RowNumbers.of(number), 0, "", Map.of(), Problems.none())
                .filter(FilePage::seesAddress)
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("applications/receipt", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{number:[0-9]+}/documents/{document}")
    HttpResponse<?> document(String number, String document, Visitor visitor) {
        long id = RowNumbers.of(number);
        var sight = applications.find(id).map(application -> rights.sight(visitor, application));
        return sight.filter(ApplicationRights.Sight::seesAddress)
                .flatMap(seen -> uuid(document)
                        .flatMap(wanted -> documents.content(id, wanted, seen == ApplicationRights.Sight.OWN)))
                .<HttpResponse<?>>map(kept -> HttpResponse.ok(kept.content())
                        .contentType(MediaType.of(kept.mediaType()))
                        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox")
                        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(kept.name())))
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> draft(Visitor visitor, long id) {
        return applications
                .find(id)
                .filter(application -> application.version() == 0 && service.writes(visitor, application))
                .<HttpResponse<?>>map(application -> to(
                        id,
                        service.unfinished(application, service.around(application))
                                .orElse("check")))
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> page(
            long id, String step, Problems problems, String find, boolean more, Visitor visitor, Locale locale) {
        return page(id, step, problems, find, more, List.of(), visitor, locale);
    }

    private HttpResponse<?> page(
            long id,
            String step,
            Problems problems,
            String find,
            boolean more,
            List<String> ticked,
            Visitor visitor,
            Locale locale) {
        return pages.step(visitor, id, step, problems, find, more, ticked, locale)
                .<HttpResponse<?>>map(page -> {
                    var view = View.of("applications/" + step, page);
                    return problems.isEmpty()
                            ? HttpResponse.ok(view)
                            : HttpResponse.unprocessableEntity().body(view);
                })
                .orElseGet(HttpResponse::notFound);
    }

    private boolean isTheirs(Visitor visitor, long id) {
        return applications
                .find(id)
                .filter(application -> service.writes(visitor, application))
                .isPresent();
    }

    private static HttpResponse<?> to(long id, String step) {
        return HttpResponse.seeOther(URI.create("/applications/" + id + "/" + step));
    }

    private static String after(String step) {
        return ApplicationForm.STEPS.get(ApplicationForm.STEPS.indexOf(step) + 1);
    }

    private static String before(String step) {
        return ApplicationForm.STEPS.get(Math.max(0, ApplicationForm.STEPS.indexOf(step) - 1));
    }

    /** RFC 6266: the plain name for old readers, the whole one in UTF-8. */
    private static String attachment(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        var whole = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + whole;
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static byte[] bytes(CompletedFileUpload upload) {
        try {
            return upload.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
