package motette.privacy;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import motette.people.Leaving;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.View;
import motette.signin.SignIns;
import org.jspecify.annotations.Nullable;

/** "Meine Daten": see them, take them along, erase them. */
@Controller("/me/data")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class DataController {

    /** Rows of one kind on the page. */
    private static final int SHOWN = 10;

    private final PersonalData data;
    private final DataPages pages;
    /** A download holds a connection while it is packed; however many ask at once, most connections stay for the pages. */
    private final Semaphore packing = new Semaphore(2, true);

    private final Download download;
    private final Erasure erasure;
    private final Register register;
    private final SignIns signIns;
    private final Clock clock;
    private final boolean secure;

    DataController(
            PersonalData data,
            DataPages pages,
            Download download,
            Erasure erasure,
            Register register,
            SignIns signIns,
            Clock clock,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.data = data;
        this.pages = pages;
        this.download = download;
        this.erasure = erasure;
        this.register = register;
        this.signIns = signIns;
        this.clock = clock;
        this.secure = secure;
    }

    /**
     * What goes and what stays.
     *
     * @param kept    keys of the reasons for which something stays
     * @param refusal why it cannot be erased now; null when it can
     */
    @Introspected
    record ErasurePage(
            List<Kind> kinds, List<String> kept, @Nullable Refusal refusal) {}

    @Get
    HttpResponse<?> see(Visitor visitor, Locale locale) {
        return data.of(visitor.personId())
                .<HttpResponse<?>>map(found ->
                        HttpResponse.ok(View.of("privacy/data", pages.page(visitor.pseudonym(), found, SHOWN, locale))))
                .orElseGet(DataController::gone);
    }

    @Get("/download")
    HttpResponse<?> take(Visitor visitor, Locale locale, HttpRequest<?> request) throws IOException {
        packing.acquireUninterruptibly();
        try {
            return download.zip(visitor, locale, request)
                    .<HttpResponse<?>>map(zip -> HttpResponse.ok(new StreamedFile(zip, MediaType.of("application/zip"))
                                    .attach("motette-" + LocalDate.now(clock) + ".zip"))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                    .orElseGet(DataController::gone);
        } finally {
            packing.release();
        }
    }

    @Get("/erasure")
    View ask(Visitor visitor) {
        return View.of(
                "privacy/erase",
                new ErasurePage(
                        register.kinds(),
                        register.holdings().stream()
                                .map(Holding::why)
                                .filter(why -> !why.isEmpty())
                                .distinct()
                                .toList(),
                        erasure.refusal(visitor.personId()).orElse(null)));
    }

    @Post("/erasure")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> erase(@Body Map<String, String> form, Visitor visitor, Locale locale, HttpRequest<?> request) {
        var draft =
                request.getCookies().findCookie("draft").map(Cookie::getValue).orElse("");
        erasure.erase(new Leaving(visitor.personId(), "withdraw".equals(form.get("ideas")), draft), locale);
        var answer = HttpResponse.seeOther(URI.create("/privacy/erased"));
        signIns.signOut(visitor, request);
        Stream.of("draft", "place")
                .forEach(name -> answer.cookie(Cookie.of(name, "")
                        .path("/")
                        .maxAge(0)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(SameSite.Lax)));
        return answer;
    }

    private static HttpResponse<?> gone() {
        return HttpResponse.seeOther(URI.create("/sign-in?next=/me/data"));
    }
}
