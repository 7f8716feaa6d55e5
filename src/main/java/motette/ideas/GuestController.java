package motette.ideas;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import motette.people.EmailAddress;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/**
 * Handing in without a sign-in, and what guests do with their ideas afterwards. A code is never part of an address: it is typed,
 * and sent on in hidden fields.
 */
@Controller("/ideas")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class GuestController {

    /** The ticket of the draft that was handed in, for as long as the page with the code may be opened again. */
    private static final String RECEIVED = "received";

    private static final Duration SHOWN = Duration.ofMinutes(30);

    private final Guests guests;
    private final IdeaReader reader;
    private final ProposeController proposing;
    private final Allowance allowance;
    private final boolean secure;

    GuestController(
            Guests guests,
            IdeaReader reader,
            ProposeController proposing,
            Allowance allowance,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.guests = guests;
        this.reader = reader;
        this.proposing = proposing;
        this.allowance = allowance;
        this.secure = secure;
    }

    /**
     * What the page after handing in shows.
     *
     * @param code in groups
     */
    @Introspected
    record Received(String code, long number) {}

    /**
     * What the page of the look-up shows.
     *
     * @param typed the code in the field as it was typed
     * @param idea  the one that was found; null before
     * @param mine  ideas handed in with the address of the reader's account, who may take them
     * @param said  what was just done: revised, withdrawn or nothing
     */
    @Introspected
    record LookUp(
            String typed,
            @Nullable IdeaPage idea,
            List<Guests.Handed> mine,
            boolean signedIn,
            String said,
            Problems problems) {}

    @Post("/new/guest-submission")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> handIn(HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        var typed = form.getOrDefault("email", "").strip();
        var address = EmailAddress.of(typed);
        if (!typed.isEmpty() && address.isEmpty()) {
            return proposing.checkAgain(request, typed, visitor, locale);
        }
        allowance.handInAsGuest(request);
        var ticket = ProposeController.ticket(request);
        var handedIn = ProposeController.isOfThisPage(ticket, form)
                ? guests.handIn(
                        ticket, address.orElse(null), allowance.mayMail(address), locale, proposing.odd(ticket, form))
                : Optional.<IdeaService.HandedIn>empty();
        return handedIn.<HttpResponse<?>>map(idea -> idea.revised()
                        ? proposing.forget(HttpResponse.seeOther(URI.create("/ideas/lookup?said=revised")))
                        : proposing.forget(
                                received(HttpResponse.seeOther(URI.create("/ideas/new/received")), ticket, SHOWN)))
                .orElseGet(() -> HttpResponse.seeOther(URI.create(
                        guests.codeOf(ticketOfReceived(request)).isPresent()
                                ? "/ideas/new/received"
                                : "/ideas/new/check")));
    }

    /** The code, large, to write down or print; for half an hour on the device that handed in. */
    @Get("/new/received")
    HttpResponse<?> received(HttpRequest<?> request) {
        return guests.codeOf(ticketOfReceived(request))
                .flatMap(code -> guests.numberOf(code).map(number -> new Received(code.grouped(), number)))
                .<HttpResponse<?>>map(
                        page -> HttpResponse.ok(View.of("ideas/received", page)).header("Cache-Control", "no-store"))
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/ideas/lookup")));
    }

    @Get("/lookup")
    View form(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        return page("", null, visitor, said.matches("revised|withdrawn") ? said : "", Problems.none());
    }

    /** A wrong code gets a sentence and nothing else happens: trying out leads nowhere, so nobody is locked out. */
    @Post("/lookup")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> lookUp(HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        allowance.lookUp(request);
        var typed = form.getOrDefault("code", "");
        var code = LookUpCode.read(typed);
        var idea = code.flatMap(guests::numberOf).flatMap(number -> reader.pageOfGuest(number, locale));
        return code.isPresent() && idea.isPresent()
                ? HttpResponse.ok(page(code.get().grouped(), idea.get(), visitor, "", Problems.none()))
                        .header("Cache-Control", "no-store")
                : wrong(typed, visitor);
    }

    @Post("/lookup/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(@Body Map<String, String> form, Visitor visitor) {
        var typed = form.getOrDefault("code", "");
        return LookUpCode.read(typed)
                        .filter(code -> guests.withdraw(code, form.getOrDefault("note", "")))
                        .isPresent()
                ? HttpResponse.seeOther(URI.create("/ideas/lookup?said=withdrawn"))
                : wrong(typed, visitor);
    }

    @Post("/lookup/revision")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> revise(@Body Map<String, String> form, Visitor visitor) {
        var typed = form.getOrDefault("code", "");
        return LookUpCode.read(typed)
                .flatMap(guests::reopen)
                .<HttpResponse<?>>map(
                        draft -> proposing.keep(draft, HttpResponse.seeOther(URI.create("/ideas/new/place"))))
                .orElseGet(() -> wrong(typed, visitor));
    }

    /** By code, or by number where the idea was handed in with the address of the account. */
    @Post("/lookup/claim")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> claim(@Body Map<String, String> form, Visitor visitor) {
        var byCode = LookUpCode.read(form.getOrDefault("code", "")).flatMap(code -> guests.claim(code, visitor));
        var claimed = byCode.or(
                () -> RowNumbers.find(form.getOrDefault("number", "")).filter(idea -> guests.claim(idea, visitor)));
        return claimed.map(idea -> HttpResponse.seeOther(URI.create("/ideas/" + idea + "?said=claimed")))
                .orElseThrow(() ->
                        new Refused(Refusal.of("guest.claim.late").withWayOut("/ideas/lookup", "guest.look-up.title")));
    }

    // The address of a guest

    @Get("/confirmation/{token}")
    HttpResponse<?> button(String token) {
        return guests.isOpen(token) ? HttpResponse.ok(View.of("ideas/confirm", Map.of("token", token))) : used();
    }

    @Post("/confirmation/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> confirm(String token) {
        return guests.confirm(token) ? HttpResponse.ok(View.of("ideas/confirmed", Map.of())) : used();
    }

    private static HttpResponse<?> used() {
        return HttpResponse.status(HttpStatus.GONE).body(View.of("ideas/confirm-used", Map.of()));
    }

    private HttpResponse<?> wrong(String typed, Visitor visitor) {
        return HttpResponse.unprocessableEntity()
                .body(page(
                        typed,
                        null,
                        visitor,
                        "",
                        Problems.none()
                                .add(
                                        "code",
                                        LookUpCode.read(typed).isPresent()
                                                ? "guest.code.unknown"
                                                : "guest.code.slip")));
    }

    private View page(String typed, @Nullable IdeaPage idea, Visitor visitor, String said, Problems problems) {
        var mine = visitor.isSignedIn() && idea == null ? guests.byAddressOf(visitor) : List.<Guests.Handed>of();
        return View.of("ideas/lookup", new LookUp(typed, idea, mine, visitor.isSignedIn(), said, problems));
    }

    private MutableHttpResponse<?> received(MutableHttpResponse<?> answer, String ticket, Duration age) {
        return answer.cookie(Cookie.of(RECEIVED, ticket)
                .path("/ideas/new")
                .maxAge(age)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax));
    }

    private static String ticketOfReceived(HttpRequest<?> request) {
        return request.getCookies().findCookie(RECEIVED).map(Cookie::getValue).orElse("");
    }
}
