package motette.site;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import motette.applications.Applications;
import motette.ideas.IdeaLists;
import motette.people.Person;
import motette.people.Profiles;
import motette.people.Visitor;
import motette.places.Places;
import motette.places.Quarter;
import motette.residence.Residences;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.View;
import motette.signin.SignIns;
import motette.votes.RoundNotices;

/** What somebody finds of themselves: their name here, their place, their ideas, what they support, their roles. */
@Controller("/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class MeController {

    private final Profiles profiles;
    private final SignIns signIns;
    private final Terms terms;
    private final IdeaLists ideas;
    private final Places places;
    private final Residences residences;
    private final RoundNotices rounds;
    private final Applications applications;

    MeController(
            Profiles profiles,
            SignIns signIns,
            Terms terms,
            IdeaLists ideas,
            Places places,
            Residences residences,
            RoundNotices rounds,
            Applications applications) {
        this.profiles = profiles;
        this.signIns = signIns;
        this.terms = terms;
        this.ideas = ideas;
        this.places = places;
        this.residences = residences;
        this.rounds = rounds;
        this.applications = applications;
    }

    @Get
    HttpResponse<?> me(@QueryValue(defaultValue = "") String said, Visitor visitor, Locale locale) {
        return page(
                        visitor,
                        locale,
                        Person::pseudonym,
                        said.matches("renamed|placed|spoken") ? said : "",
                        Problems.none())
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/sign-in?next=/me")));
    }

    @Post("/pseudonym")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> rename(@Body Map<String, String> form, Visitor visitor, Locale locale, HttpRequest<?> request) {
        var typed = form.getOrDefault(Profiles.PSEUDONYM, "");
        var problems = profiles.problems(typed);
        if (problems.isEmpty()) {
            profiles.rename(visitor, typed);
            return signIns.renew(visitor, "/me?said=renamed", request);
        } else {
            return page(visitor, locale, person -> typed, "", problems)
                    .<HttpResponse<?>>map(HttpResponse.unprocessableEntity()::body)
                    .orElseGet(HttpResponse::notFound);
        }
    }

    /** An empty quarter takes the claim back; an unknown one is no quarter of this city. */
    @Post("/place")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> live(@Body Map<String, String> form, Visitor visitor) {
        var key = form.getOrDefault("quarter", "");
        var quarter = places.quarter(key);
        if (quarter.isPresent() || key.isEmpty()) {
            profiles.live(visitor.personId(), quarter.map(Quarter::key).orElse(null));
            return HttpResponse.seeOther(URI.create("/me?said=placed"));
        } else {
            return HttpResponse.notFound();
        }
    }

    /** Mails are written in the language from now on, and the site speaks it on this device. */
    @Post("/language")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> speak(@Body Map<String, String> form, Visitor visitor) {
        return Languages.find(form.getOrDefault(ReadersLanguage.PARAMETER, ""))
                .<HttpResponse<?>>map(language -> {
                    profiles.speak(visitor.personId(), language);
                    return HttpResponse.seeOther(
                            URI.create("/me?said=spoken&" + ReadersLanguage.PARAMETER + "=" + Languages.tag(language)));
                })
                .orElseGet(HttpResponse::notFound);
    }

    private Optional<View> page(
            Visitor visitor, Locale locale, Function<Person, String> typed, String said, Problems problems) {
        return profiles.find(visitor.personId()).map(person -> {
            var home = Optional.ofNullable(person.homeQuarter()).flatMap(places::quarter);
            return View.of(
                    "site/me",
                    new MePage(
                            person.pseudonym(),
                            typed.apply(person),
                            Optional.ofNullable(person.email()).orElse(""),
                            home.map(Quarter::name).orElse(""),
                            residences
                                    .of(person.id())
                                    .proof()
                                    .map(proof -> proof.quarter().name())
                                    .orElse(""),
                            PlaceGroup.all(places, home.map(Quarter::key).orElse("")),
                            Languages.ALL.stream()
                                    .map(language -> new MePage.Spoken(
                                            Languages.tag(language),
                                            Languages.ownName(language),
                                            language.equals(person.speaks())))
                                    .toList(),
                            terms.of(person.id()),
                            ideas.of(person.id(), locale),
                            ideas.supportedBy(person.id(), locale),
                            applications.of(person.id()),
                            rounds.votedBy(person.id()),
                            said,
                            problems));
        });
    }
}
