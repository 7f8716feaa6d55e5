package motette.signin;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Map;
import motette.people.Persons;

/** One button per demo person. It does not exist outside demo mode. */
@Controller("/sign-in/demo")
@Requires(property = "motette.demo", value = "true")
@ExecuteOn(TaskExecutors.BLOCKING)
class DemoSignInController {

    private final Persons people;
    private final SignIns signIns;

    DemoSignInController(Persons people, SignIns signIns) {
        this.people = people;
        this.signIns = signIns;
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> signIn(@Body Map<String, String> form, HttpRequest<?> request) {
        var next = SignIns.safe(form.getOrDefault("next", "/"));
        return people.findByDemoKey(form.getOrDefault("person", ""))
                .<HttpResponse<?>>map(person -> signIns.welcome(person.id(), SignInMethod.DEMO, next, request))
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/sign-in")));
    }
}
