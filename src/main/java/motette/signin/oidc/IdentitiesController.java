package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import motette.people.MappedRoles;
import motette.people.Persons;
import motette.people.RoleScope;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.View;
import motette.signin.SignIns;
import motette.signin.WaysIn;

/** By whom else somebody is known here; and what their last sign-in changed. */
@Controller("/me/identities")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class IdentitiesController {

    /** What a sign-in changed is told within this time. */
    private static final Duration NEWS = Duration.ofMinutes(10);

    private final IdentityRepository identities;
    private final Arrivals arrivals;
    private final Providers providers;
    private final RoleMappings mappings;
    private final MappedRoles given;
    private final Persons people;
    private final SealedCookies cookies;
    private final HttpLocaleResolver languages;
    private final WaysIn ways;
    private final Clock clock;

    IdentitiesController(
            IdentityRepository identities,
            Arrivals arrivals,
            Providers providers,
            RoleMappings mappings,
            MappedRoles given,
            Persons people,
            SealedCookies cookies,
            HttpLocaleResolver languages,
            WaysIn ways,
            Clock clock) {
        this.ways = ways;
        this.identities = identities;
        this.arrivals = arrivals;
        this.providers = providers;
        this.mappings = mappings;
        this.given = given;
        this.people = people;
        this.cookies = cookies;
        this.languages = languages;
        this.clock = clock;
    }

    /** @param label what the provider's button says; its key where it is no longer configured */
    @Introspected
    record Row(long id, String label, String level, String acr, LocalDate firstSeen, LocalDate lastSeen) {}

    /** A provider that somebody is not linked to yet. */
    @Introspected
    record Offer(String label, String path) {}

    /** @param said linked, unlinked or nothing */
    @Introspected
    record Page(List<Row> rows, List<Offer> offers, boolean lastWay, String said) {}

    @Introspected
    record ConfirmPage(String label, String email, String pseudonym) {}

    /** @param where name of the area or body; empty for the whole city */
    @Introspected
    record News(String role, String where, boolean given) {}

    @Introspected
    record NewsPage(List<News> news, String next) {}

    @Get
    View list(@QueryValue(defaultValue = "") String said, Visitor visitor, HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        var mine = identities.of(visitor.personId());
        return View.of(
                "signin/oidc/identities",
                new Page(
                        mine.stream().map(one -> row(one, language)).toList(),
                        offers(mine, language),
                        mine.size() == 1 && ways.isLast(visitor.personId()),
                        said.matches("linked|unlinked") ? said : ""));
    }

    @Get("/new")
    HttpResponse<?> confirm(Visitor visitor, HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        return arrivals.pending(request)
                .flatMap(pending -> providers
                        .find(pending.provider())
                        .map(provider -> View.of(
                                "signin/oidc/confirm",
                                new ConfirmPage(
                                        provider.label(language),
                                        pending.email(),
                                        people.find(visitor.personId())
                                                .orElseThrow()
                                                .pseudonym()))))
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(LinkingController::over);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> link(Visitor visitor, HttpRequest<?> request) {
        return arrivals.pending(request)
                .<HttpResponse<?>>map(pending -> {
                    if (arrivals.link(visitor, pending)) {
                        return HttpResponse.seeOther(URI.create("/me/identities?said=linked"))
                                .cookie(cookies.gone(Arrivals.PENDING));
                    } else {
                        throw new Refused(
                                Refusal.of("identities.elsewhere").withWayOut("/me/identities", "identities.back"));
                    }
                })
                .orElseGet(LinkingController::over);
    }

    @Post("/{id}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> unlink(Visitor visitor, long id) {
        return switch (arrivals.unlink(visitor, id)) {
            case DONE -> HttpResponse.seeOther(URI.create("/me/identities?said=unlinked"));
            case LAST_WAY ->
                throw new Refused(Refusal.of("identities.last-way").withWayOut("/me/identities", "identities.back"));
            case NOT_THERE -> HttpResponse.notFound();
        };
    }

    /** What the claims of the last sign-in gave or took: nothing of it happens in silence. */
    @Get("/roles")
    View news(@QueryValue(defaultValue = "/") String next, Visitor visitor) {
        var scopes = mappings.scopes();
        return View.of(
                "signin/oidc/roles",
                new NewsPage(
                        given.changes(visitor.personId(), clock.instant().minus(NEWS)).stream()
                                .map(change ->
                                        new News(change.name().key(), name(change.scope(), scopes), change.given()))
                                .toList(),
                        SignIns.safe(next)));
    }

    private Row row(Identity identity, Locale language) {
        return new Row(
                identity.id(),
                providers
                        .find(identity.provider())
                        .map(provider -> provider.label(language))
                        .orElse(identity.provider()),
                identity.level(),
                identity.acr(),
                identity.firstSeen(),
                identity.lastSeen());
    }

    private List<Offer> offers(List<Identity> mine, Locale language) {
        return providers.all().stream()
                .filter(provider ->
                        mine.stream().noneMatch(one -> one.provider().equals(provider.key())))
                .map(provider -> new Offer(
                        provider.label(language), OidcController.path(provider.key()) + "?next=/me/identities"))
                .toList();
    }

    private static String name(String scope, List<RoleScope> scopes) {
        return scopes.stream()
                .filter(one -> one.key().equals(scope))
                .map(RoleScope::name)
                .findFirst()
                .orElse("");
    }
}
