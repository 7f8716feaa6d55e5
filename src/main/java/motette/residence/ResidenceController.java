package motette.residence;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.View;

/** What a person sees and does about where they live. */
@Controller("/residence")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ResidenceController {

    private final Residences residences;
    private final Letters letters;
    private final DeskCodes deskCodes;
    private final Register register;
    private final Cases cases;
    private final Postcodes postcodes;
    private final Places places;
    private final CityPack city;
    private final Clock clock;
    private final String home;
    private final boolean secure;

    ResidenceController(
            Residences residences,
            Letters letters,
            DeskCodes deskCodes,
            Register register,
            Cases cases,
            Postcodes postcodes,
            Places places,
            CityPack city,
            Clock clock,
            @Value("${motette.base-url}") String home,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.residences = residences;
        this.letters = letters;
        this.deskCodes = deskCodes;
        this.register = register;
        this.cases = cases;
        this.postcodes = postcodes;
        this.places = places;
        this.city = city;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
        this.secure = secure;
    }

    @Get
    HttpResponse<?> mine(
            @QueryValue(defaultValue = "") String said,
            @QueryValue(defaultValue = "") String next,
            Visitor visitor,
            HttpRequest<?> request) {
        var goesOn = WayBack.of(request, next);
        var page = HttpResponse.ok(mine(said, goesOn, visitor));
        return next.isEmpty() || goesOn.isEmpty() ? page : page.cookie(WayBack.keep(goesOn, secure));
    }

    private View mine(String said, String next, Visitor visitor) {
        var person = visitor.personId();
        var residence = residences.of(person);
        var rule = residences.rule();
        var letter = letters.open(person);
        var clash = cases.of(person);
        return View.of(
                "residence/residence",
                new ResidencePage(
                        residence,
                        rule,
                        letter,
                        deskCodes.current(person),
                        clash,
                        clash.filter(Cases.Case::open).isPresent() ? List.of() : ways(rule, letter),
                        tooYoung(residence, rule),
                        said.matches("shown|case|asked|withdrawn|ended") ? said : "",
                        desks(visitor),
                        next));
    }

    private List<String> ways(ResidenceRule rule, Optional<LetterState> letter) {
        var ways = new ArrayList<String>();
        if (rule.allows(Way.DESK)) {
            ways.add("card");
        }
        if (register.isOpen()) {
            ways.add("register");
        }
        if (rule.allows(Way.LETTER) && letter.filter(one -> !one.isOver()).isEmpty()) {
            ways.add("letter");
        }
        return ways;
    }

    private int tooYoung(Residence residence, ResidenceRule rule) {
        return residence
                .proof()
                .filter(proof -> proof.birthYear() > 0)
                .filter(proof ->
                        !proof.isOfAge(rule.minimumAge(), LocalDate.now(clock).getYear()))
                .map(proof -> proof.birthYear() + rule.minimumAge())
                .orElse(0);
    }

    private static List<String> desks(Visitor visitor) {
        var desks = new ArrayList<String>();
        if (visitor.is(RoleName.COORDINATOR)) {
            desks.add("desk");
        }
        if (visitor.is(RoleName.OFFICER) || visitor.is(RoleName.ADMINISTRATOR)) {
            desks.add("letters");
            desks.add("cases");
        }
        if (visitor.is(RoleName.ADMINISTRATOR)) {
            desks.add("extracts");
        }
        return desks;
    }

    @Post("/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(Visitor visitor) {
        return to(residences.end(visitor.personId()) ? "/residence?said=ended" : "/residence");
    }

    // By letter

    @Get("/letter")
    View letter(Visitor visitor) {
        letters.refusal(visitor.personId()).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return form("letter", start(visitor), Problems.none());
    }

    @Post("/letter")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ask(@Body Map<String, String> sent, Visitor visitor) {
        var form = IdentityForm.of(sent);
        var problems = problems(form, true);
        if (problems.isEmpty()) {
            letters.ask(visitor.personId(), form).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            return to("/residence?said=asked");
        } else {
            return HttpResponse.unprocessableEntity().body(form("letter", form, problems));
        }
    }

    @Post("/letter/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdrawLetter(Visitor visitor) {
        letters.withdraw(visitor.personId());
        return to("/residence?said=withdrawn");
    }

    /** For everybody, because the QR code of a letter leads here before the sign-in; the code itself never comes to the server by GET. */
    @Get("/code")
    @Secured(SecurityRule.IS_ANONYMOUS)
    View code() {
        return View.of("residence/code", new CodePage("", Problems.none()));
    }

    @Post("/code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> redeem(@Body Map<String, String> sent, Visitor visitor) {
        var typed = sent.getOrDefault("code", "");
        return switch (letters.redeem(visitor.personId(), typed)) {
            case Letters.Redemption.Wrong wrong ->
                HttpResponse.unprocessableEntity()
                        .body(View.of("residence/code", new CodePage(typed, wrong.problems())));
            case Letters.Redemption.Done done -> after(done.outcome());
        };
    }

    // At a desk

    @Get("/card")
    View card(Visitor visitor) {
        return deskCodes
                .current(visitor.personId())
                .map(shown -> View.of("residence/card", CardPage.of(shown, home)))
                .orElseGet(() -> form("card", start(visitor), Problems.none()));
    }

    @Post("/card")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> makeCode(@Body Map<String, String> sent, Visitor visitor) {
        var form = IdentityForm.of(sent);
        var problems = problems(form, true);
        if (problems.isEmpty()) {
            deskCodes.make(visitor.personId(), form);
            return to("/residence/card");
        } else {
            return HttpResponse.unprocessableEntity().body(form("card", form, problems));
        }
    }

    @Post("/card/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdrawCode(Visitor visitor) {
        deskCodes.withdraw(visitor.personId());
        return to("/residence/card");
    }

    // By the register

    @Get("/register")
    HttpResponse<?> register(Visitor visitor) {
        return register.isOpen()
                ? HttpResponse.ok(form("register", IdentityForm.EMPTY, Problems.none()))
                : HttpResponse.notFound();
    }

    @Post("/register")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> compare(@Body Map<String, String> sent, Visitor visitor) {
        var form = IdentityForm.of(sent);
        var problems = problems(form, false);
        if (problems.isEmpty()) {
            return switch (register.show(visitor.personId(), form)) {
                case Letters.Redemption.Wrong wrong ->
                    HttpResponse.unprocessableEntity().body(form("register", form, wrong.problems()));
                case Letters.Redemption.Done done -> after(done.outcome());
            };
        } else {
            return HttpResponse.unprocessableEntity().body(form("register", form, problems));
        }
    }

    private static HttpResponse<?> after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Shown shown -> to("/residence?said=shown");
            case Outcome.ForStaff clash -> to("/residence?said=case");
            case Outcome.No no -> throw new Refused(no.refusal());
        };
    }

    private Problems problems(IdentityForm form, boolean withQuarter) {
        return form.problems(postcodes, places, LocalDate.now(clock), withQuarter);
    }

    private IdentityForm start(Visitor visitor) {
        return residences
                .of(visitor.personId())
                .claimed()
                .map(Quarter::key)
                .map(IdentityForm.EMPTY::in)
                .orElse(IdentityForm.EMPTY);
    }

    private View form(String kind, IdentityForm form, Problems problems) {
        return View.of(
                "residence/identity",
                new IdentityPage(
                        kind,
                        "/residence/" + kind,
                        "/residence",
                        form,
                        problems,
                        kind.equals("register") ? List.of() : QuarterGroup.of(places, form.quarter(), quarter -> true),
                        city.name()));
    }

    private static HttpResponse<?> to(String path) {
        return HttpResponse.seeOther(URI.create(path));
    }
}
