package motette.votes;

import static motette.votes.RoundRights.demand;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.people.Visitor;
import motette.places.Places;
import motette.residence.Residences;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.Time;
import motette.shared.View;

/** A round is prepared in steps: key facts, districts with money, ideas for the ballot; then the check list. */
@Controller("/votes/desk")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class PreparationController {

    private static final List<String> RULES = List.of("votes", "ratio", "shares", "shares-greedy");

    private final Preparation preparation;
    private final Announcing announcing;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final RoundRights rights;
    private final Places places;
    private final Bodies bodies;
    private final Budgets budgets;
    private final Residences residences;
    private final Clock clock;

    PreparationController(
            Preparation preparation,
            Announcing announcing,
            RoundRepository rounds,
            DeskRepository desk,
            RoundRights rights,
            Places places,
            Bodies bodies,
            Budgets budgets,
            Residences residences,
            Clock clock) {
        this.preparation = preparation;
        this.announcing = announcing;
        this.rounds = rounds;
        this.desk = desk;
        this.rights = rights;
        this.places = places;
        this.bodies = bodies;
        this.budgets = budgets;
        this.residences = residences;
        this.clock = clock;
    }

    /** Coordinators see the rounds that take place where they work. */
    @Get
    View all(Visitor visitor) {
        demand(rights.reading(visitor));
        return View.of(
                "votes/desk/rounds",
                new DeskPages.Rounds(
                        rounds.all(true).stream()
                                .filter(round ->
                                        rights.reading(visitor, round.id()).isEmpty())
                                .map(round -> DeskPages.RoundRow.of(round, round.phase(clock.instant())))
                                .toList(),
                        rights.keeping(visitor).isEmpty()));
    }

    @Get("/new")
    View blank(Visitor visitor) {
        demand(rights.keeping(visitor));
        return basics(0, "", RoundForm.fresh(residences.rule().minimumAge()), Problems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> begin(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var form = RoundForm.of(sent);
        var outcome = preparation.begin(visitor, form);
        return outcome.problems().isEmpty()
                ? to(outcome.round(), "/districts")
                : HttpResponse.unprocessableEntity().body(basics(0, "", form, outcome.problems()));
    }

    @Get("/{id:[0-9]+}/basics")
    HttpResponse<?> basics(String id, Visitor visitor) {
        demand(rights.keeping(visitor));
        return prepared(id)
                .<HttpResponse<?>>map(round ->
                        HttpResponse.ok(basics(round.id(), round.title(), RoundForm.of(round), Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id:[0-9]+}/basics")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> change(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var form = RoundForm.of(sent);
        var number = RowNumbers.of(id);
        return preparation
                .change(visitor, number, form)
                .<HttpResponse<?>>map(outcome -> outcome.problems().isEmpty()
                        ? to(number, "")
                        : HttpResponse.unprocessableEntity()
                                .body(basics(number, form.title(), form, outcome.problems())))
                .orElseGet(HttpResponse::notFound);
    }

    private static View basics(long id, String title, RoundForm form, Problems problems) {
        return View.of(
                "votes/desk/basics",
                new DeskPages.Basics(
                        id, title, id == 0 ? "/votes/desk" : "/votes/desk/" + id + "/basics", form, RULES, problems));
    }

    @Get("/{id:[0-9]+}/districts")
    HttpResponse<?> districts(String id, Visitor visitor) {
        demand(rights.keeping(visitor));
        return prepared(id)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(districts(round, Optional.empty(), Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id:[0-9]+}/districts")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> place(String id, @Body Map<String, Object> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var form = DistrictsForm.of(single(sent), several(sent, "district"), places.districts());
        var problems = form.problems(places.districts());
        var round = prepared(id);
        if (round.isEmpty()) {
            return HttpResponse.notFound();
        } else if (problems.isEmpty()) {
            preparation.place(visitor, round.get().id(), form);
            return to(round.get().id(), "/candidates");
        } else {
            return HttpResponse.unprocessableEntity().body(districts(round.get(), Optional.of(form), problems));
        }
    }

    private View districts(Round round, Optional<DistrictsForm> form, Problems problems) {
        int year = round.closesAt().atZone(Time.ZONE).getYear();
        var rows = places.districts().stream()
                .map(district -> {
                    var available = bodies.councilOf(district.key())
                            .flatMap(body -> budgets.of(body.key(), year))
                            .filter(BudgetView::isOpen)
                            .map(budget -> budget.accounts().available());
                    var stands = round.district(district.key());
                    return new DeskPages.DistrictRow(
                            district.key(),
                            district.name(),
                            form.map(typed -> typed.has(district.key())).orElse(stands.isPresent()),
                            form.map(typed -> typed.typed(district.key()))
                                    .orElseGet(() -> stands.map(Round.RoundDistrict::budgetCents)
                                            .or(() -> available)
                                            .filter(cents -> cents > 0)
                                            .map(cents -> new Money(cents).typed())
                                            .orElse("")),
                            available);
                })
                .toList();
        return View.of(
                "votes/desk/districts", new DeskPages.Districts(round.id(), round.title(), year, rows, problems));
    }

    @Get("/{id:[0-9]+}/candidates")
    HttpResponse<?> candidates(String id, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.keeping(visitor));
        return prepared(id)
                .<HttpResponse<?>>map(
                        round -> HttpResponse.ok(candidates(round, said.equals("saved"), Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id:[0-9]+}/candidates")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> choose(String id, @Body Map<String, Object> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var ideas = several(sent, "idea").stream()
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .toList();
        var district = Typed.line(single(sent), "district");
        var round = prepared(id);
        if (round.isEmpty()) {
            return HttpResponse.notFound();
        } else if (preparation.choose(visitor, round.get().id(), district, ideas)) {
            return to(round.get().id(), "/candidates?said=saved#district-" + district);
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(candidates(
                            round.get(), false, Problems.none().add("candidates", "votes.desk.problem.district")));
        }
    }

    @Post("/{id:[0-9]+}/exclusions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> exclude(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var problems = preparation.exclude(visitor, RowNumbers.of(id), number(sent, "one"), number(sent, "other"));
        if (problems.isEmpty()) {
            return HttpResponse.notFound();
        } else if (problems.get().isEmpty()) {
            return to(RowNumbers.of(id), "/candidates#exclusions");
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(candidates(prepared(id).orElseThrow(), false, problems.get()));
        }
    }

    @Post("/{id:[0-9]+}/exclusions/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> allow(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        return preparation.allow(visitor, RowNumbers.of(id), (int) number(sent, "one"), (int) number(sent, "other"))
                ? to(RowNumbers.of(id), "/candidates#exclusions")
                : HttpResponse.notFound();
    }

    private View candidates(Round round, boolean saved, Problems problems) {
        var chosen = desk.prepared(round.id());
        return View.of(
                "votes/desk/candidates",
                new DeskPages.Candidates(
                        round.id(),
                        round.title(),
                        round.districts().stream()
                                .map(district -> new DeskPages.Choosable(
                                        district.key(),
                                        district.name(),
                                        district.budgetCents(),
                                        desk.choosable(round.id(), district.key())))
                                .toList(),
                        chosen,
                        excluded(round.id(), titles(chosen)),
                        saved,
                        problems));
    }

    private List<DeskPages.Excluded> excluded(long round, Map<Integer, String> titles) {
        return desk.exclusions(round).stream()
                .map(pair -> new DeskPages.Excluded(
                        pair.one(),
                        pair.other(),
                        titles.getOrDefault(pair.one(), ""),
                        titles.getOrDefault(pair.other(), "")))
                .toList();
    }

    private static Map<Integer, String> titles(List<Prepared> candidates) {
        return candidates.stream().collect(Collectors.toMap(Prepared::number, Prepared::title));
    }

    /** Asked for once more in words: what was prepared is gone afterwards. */
    @Post("/{id:[0-9]+}/discard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> discard(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        if (!sent.containsKey("sure")) {
            throw new Refused(Refusal.of("votes.desk.refused.sure")
                    .withWayOut("/votes/desk/" + RowNumbers.of(id), "votes.desk.to-round"));
        }
        return preparation.discard(visitor, RowNumbers.of(id))
                ? HttpResponse.seeOther(URI.create("/votes/desk"))
                : HttpResponse.notFound();
    }

    @Post("/{id:[0-9]+}/announcement")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> announce(String id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return announcing.announce(visitor, RowNumbers.of(id))
                ? to(RowNumbers.of(id), "?said=announced")
                : HttpResponse.notFound();
    }

    /** A round in the making; who asks for an announced one is told that nothing of it changes any more. */
    private Optional<Round> prepared(String id) {
        var round = rounds.find(RowNumbers.of(id));
        round.filter(found -> found.announcedAt().isPresent()).ifPresent(found -> {
            throw new Refused(Refusal.of("votes.desk.refused.announced", found.title())
                    .withWayOut("/votes/desk/" + found.id(), "votes.desk.to-round"));
        });
        return round;
    }

    static HttpResponse<?> to(long round, String further) {
        return HttpResponse.seeOther(URI.create("/votes/desk/" + round + further));
    }

    private static long number(Map<String, String> sent, String name) {
        var text = Typed.line(sent, name);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    /** A field that may come several times. */
    static List<String> several(Map<String, Object> sent, String name) {
        return switch (sent.get(name)) {
            case null -> List.of();
            case List<?> many -> many.stream().map(String::valueOf).toList();
            case Object one -> List.of(String.valueOf(one));
        };
    }

    /** Fields as they come once; of several the last. */
    static Map<String, String> single(Map<String, Object> sent) {
        var single = new LinkedHashMap<String, String>();
        sent.forEach((name, value) -> {
            var many = new ArrayList<>(several(sent, name));
            single.put(name, many.isEmpty() ? String.valueOf(value) : many.getLast());
        });
        return single;
    }
}
