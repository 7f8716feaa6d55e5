package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
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
import java.util.List;
import motette.shared.Problems;
import motette.shared.View;

/** The sign-in page and signing out. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SignInController {

    private final DemoPeopleRepository people;
    private final boolean demo;
    private final boolean secure;

    SignInController(
            DemoPeopleRepository people,
            @Value("${motette.demo}") boolean demo,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.people = people;
        this.demo = demo;
        this.secure = secure;
    }

    @Get("/sign-in")
    @Secured(SecurityRule.IS_ANONYMOUS)
    View page(@QueryValue(defaultValue = "/") String next) {
        return page(SignIns.safe(next), "", Problems.none());
    }

    View page(String next, String email, Problems problems) {
        return View.of("signin/sign-in", SignInPage.of(next, demo ? people.demoPeople() : List.of(), email, problems));
    }

    @Post("/sign-out")
    @Secured(SecurityRule.IS_ANONYMOUS)
    MutableHttpResponse<?> signOut(HttpRequest<?> request) {
        return HttpResponse.seeOther(URI.create("/"))
                .cookie(Cookie.of("motette", "")
                        .path("/")
                        .maxAge(0)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(SameSite.Lax));
    }
}
