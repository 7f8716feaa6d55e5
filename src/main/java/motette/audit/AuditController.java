package motette.audit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import motette.shared.View;

/** What was decided and done in public, and how anybody can check that nobody changed it afterwards. */
@Controller("/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class AuditController {

    private static final int LINES = 30;
    private static final int BLOCKS = 20;

    private final PublicLog log;
    private final PublicDeeds deeds;
    private final Blocks blocks;
    private final Export export;
    private final HttpLocaleResolver languages;

    AuditController(PublicLog log, PublicDeeds deeds, Blocks blocks, Export export, HttpLocaleResolver languages) {
        this.log = log;
        this.deeds = deeds;
        this.blocks = blocks;
        this.export = export;
        this.languages = languages;
    }

    @Get
    View log(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String kind,
            @QueryValue(defaultValue = "") String subject,
            @QueryValue(defaultValue = "") String before) {
        var wanted = deeds.kinds().contains(kind) ? kind : "";
        var about = subject.strip();
        long below = number(before);
        var lines = log.newest(
                wanted,
                about.matches("\\d{1,18}") ? "idea:" + about : about,
                below == 0 ? Long.MAX_VALUE : below,
                LINES + 1,
                languages.resolveOrDefault(request));
        return View.of(
                "audit/log",
                new LogPage(
                        deeds.kinds(),
                        wanted,
                        about,
                        below,
                        lines.subList(0, Math.min(LINES, lines.size())),
                        lines.size() > LINES,
                        isAuditor(request)));
    }

    @Get("/blocks")
    View blocks(@QueryValue(defaultValue = "") String before) {
        long below = number(before);
        var newest = blocks.newest(below == 0 ? Long.MAX_VALUE : below, BLOCKS + 1);
        return View.of(
                "audit/blocks",
                new BlocksPage(
                        newest.subList(0, Math.min(BLOCKS, newest.size())),
                        below,
                        newest.size() > BLOCKS,
                        blocks.keys().stream()
                                .map(dated -> new BlocksPage.SealKey(dated.key().id(), dated.from()))
                                .toList()));
    }

    /** Every sealed row, those that are not public as their hash only. */
    @Get("/export.ndjson")
    HttpResponse<StreamedFile> export() {
        return HttpResponse.ok(export.publicPart()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** What the token says, to show the right button; the deed itself asks the running roles. */
    private static boolean isAuditor(HttpRequest<?> request) {
        return request.getUserPrincipal(Authentication.class)
                .filter(somebody -> somebody.getRoles().contains("auditor"))
                .isPresent();
    }

    /** What stands in the address, where it is a number; otherwise 0. */
    private static long number(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Long.parseLong(text) : 0;
    }
}
