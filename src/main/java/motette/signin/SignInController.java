package motette.signin;

import io.micronaut.context.annotation.Value;
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
import java.util.List;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** The sign-in page and signing out. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SignInController {

    private final DemoPeopleRepository people;
    private final SignIns signIns;
    private final PasskeyCookies passkeys;
    private final Parties parties;
    private final HttpLocaleResolver languages;
    private final boolean demo;

    SignInController(
            DemoPeopleRepository people,
            SignIns signIns,
            PasskeyCookies passkeys,
            Parties parties,
            HttpLocaleResolver languages,
            @Value("${motette.demo}") boolean demo) {
        this.people = people;
        this.signIns = signIns;
        this.passkeys = passkeys;
        this.parties = parties;
        this.languages = languages;
        this.demo = demo;
    }

    @Get("/sign-in")
    @Secured(SecurityRule.IS_ANONYMOUS)
    View page(@QueryValue(defaultValue = "/") String next, HttpRequest<?> request) {
        return page(request, SignIns.safe(next), "", Problems.none());
    }

    View page(HttpRequest<?> request, String next, String email, Problems problems) {
        return View.of(
                "signin/sign-in",
                SignInPage.of(
                        next,
                        demo ? people.demoPeople() : List.of(),
                        passkeys.hasOne(request),
                        parties.buttons(languages.resolveOrDefault(request)),
                        email,
                        problems));
    }

    @Post("/sign-out")
    @Consumes(MediaType.ALL)
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> signOut(Visitor visitor, HttpRequest<?> request) {
        signIns.signOut(visitor, request);
        return left(parties.farewell(visitor.signIn()).orElse("/"));
    }

    /** Whatever the device kept for this person goes, also where no script does it (W3C Clear Site Data, 3.1). */
    static HttpResponse<?> left(String where) {
        return HttpResponse.seeOther(URI.create(where)).header("Clear-Site-Data", "\"storage\"");
    }
}
