package motette.notifications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
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
import java.util.stream.Stream;
import motette.limits.Blocked;
import motette.limits.FormGate;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.limits.Suspicion;
import motette.people.EmailAddress;
import motette.people.Visitor;
import motette.places.Places;
import motette.shared.Problems;
import motette.shared.View;

/** Following a place, and not following it any more. */
@Controller("/watches")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class WatchController {

    private final Watches watches;
    private final Feed feed;
    private final Places places;
    private final Limits limits;
    private final Networks networks;
    private final FormGate gate;
    private final Blocked blocked;

    WatchController(
            Watches watches,
            Feed feed,
            Places places,
            Limits limits,
            Networks networks,
            FormGate gate,
            Blocked blocked) {
        this.watches = watches;
        this.feed = feed;
        this.places = places;
        this.limits = limits;
        this.networks = networks;
        this.gate = gate;
        this.blocked = blocked;
    }

    /**
     * What the page prints.
     *
     * @param said what was just done: followed, asked, ended or nothing
     */
    @Introspected
    record WatchPage(
            List<Group> groups,
            List<Watches.Watch> mine,
            boolean signedIn,
            String email,
            String said,
            Problems problems) {}

    /** A district with its quarters. */
    @Introspected
    record Group(String name, List<Choice> places) {}

    @Introspected
    record Choice(String value, String name, boolean district, boolean chosen) {}

    @Get
    View page(
            @QueryValue(defaultValue = "") String place, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        return page(place, "", visitor, said.matches("followed|asked|ended") ? said : "", Problems.none());
    }

    /** For whoever follows with a program of their own and gives no address. */
    @Get("/news.atom")
    @Produces("application/atom+xml")
    HttpResponse<?> news(@QueryValue(defaultValue = "") String place, Locale locale) {
        return place(place)
                .<HttpResponse<?>>map(known -> HttpResponse.ok(feed.of(known, place, locale)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> follow(HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        var typed = form.getOrDefault("email", "").strip();
        var value = form.getOrDefault("place", "");
        var place = place(value);
        var address = EmailAddress.of(typed);
        var problems = Problems.none();
        if (place.isEmpty()) {
            problems.add("place", "watch.problem.place");
        }
        if (!visitor.isSignedIn() && address.isEmpty()) {
            problems.add("email", "sign-in.problem.email");
        }
        if (place.isEmpty() || !problems.isEmpty()) {
            return HttpResponse.unprocessableEntity().body(page(value, typed, visitor, "", problems));
        } else if (visitor.isSignedIn()) {
            watches.follow(visitor, place.get(), locale);
            return HttpResponse.seeOther(URI.create("/watches?said=followed"));
        } else {
            limits.demand("watches-per-network", networks.of(request));
            address.filter(mail -> mayBeAsked(mail, form)).ifPresent(mail -> watches.ask(mail, place.get(), locale));
            return HttpResponse.seeOther(URI.create("/watches?said=asked"));
        }
    }

    /** Nobody's mailbox is filled by strangers or programs; the answer is the same. */
    private boolean mayBeAsked(String address, Map<String, String> form) {
        return !gate.look(form, Duration.ZERO).contains(Suspicion.HONEYPOT)
                && limits.take("mails-per-address", address).isEmpty()
                && !blocked.isBlocked(address);
    }

    @Post("/{id:[0-9]+}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> unfollow(String id, Visitor visitor) {
        watches.end(id.length() > 18 ? 0 : Long.parseLong(id), visitor);
        return HttpResponse.seeOther(URI.create("/watches?said=ended"));
    }

    @Get("/confirmation/{token}")
    HttpResponse<?> button(String token) {
        return watches.isOpen(token)
                ? HttpResponse.ok(View.of("notifications/confirm", Map.of("token", token)))
                : used();
    }

    @Post("/confirmation/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> confirm(String token) {
        return watches.confirm(token) ? HttpResponse.seeOther(URI.create("/watches?said=followed")) : used();
    }

    @Get("/end/{token}")
    View endButton(String token) {
        return View.of("notifications/end", Map.of("token", token));
    }

    /** Also what mail programs send at one click (RFC 8058), with a body that says so and without cookies. */
    @Post("/end/{token}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> end(String token) {
        watches.endAll(token);
        return HttpResponse.ok(View.of("notifications/ended", Map.of()));
    }

    private static HttpResponse<?> used() {
        return HttpResponse.status(HttpStatus.GONE).body(View.of("notifications/confirm-used", Map.of()));
    }

    private View page(String place, String email, Visitor visitor, String said, Problems problems) {
        var groups = places.districts().stream()
                .map(district -> {
                    var quarters = places.quarters().stream()
                            .filter(quarter -> quarter.districtKey().equals(district.key()))
                            .map(quarter -> choice("q:" + quarter.key(), quarter.name(), false, place));
                    var whole = choice("d:" + district.key(), district.name(), true, place);
                    return new Group(
                            district.name(),
                            Stream.concat(Stream.of(whole), quarters).toList());
                })
                .toList();
        return View.of(
                "notifications/watches",
                new WatchPage(
                        groups,
                        visitor.isSignedIn() ? watches.of(visitor) : List.of(),
                        visitor.isSignedIn(),
                        email,
                        said,
                        problems));
    }

    private static Choice choice(String value, String name, boolean district, String chosen) {
        return new Choice(value, name, district, value.equals(chosen));
    }

    private Optional<Watches.Place> place(String typed) {
        return Watches.parts(typed)
                .flatMap(parts -> parts[0].equals("q")
                        ? places.quarter(parts[1])
                                .map(quarter -> new Watches.Place(quarter.key(), null, quarter.name()))
                        : places.districts().stream()
                                .filter(district -> district.key().equals(parts[1]))
                                .findFirst()
                                .map(district -> new Watches.Place(null, district.key(), district.name())));
    }
}
