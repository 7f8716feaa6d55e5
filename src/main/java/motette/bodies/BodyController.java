package motette.bodies;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import motette.bodies.BodyPage.Sitting;
import motette.people.Delegations;
import motette.people.Member;
import motette.people.RoleName;
import motette.people.Seats;
import motette.people.Standin;
import motette.people.Visitor;
import motette.places.District;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.View;

/** Who decides, where and how: public. */
@Controller("/bodies")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class BodyController {

    private final Bodies bodies;
    private final BodyRepository repository;
    private final BodyRights rights;
    private final Rules rules;
    private final Functions functions;
    private final Seats seats;
    private final Delegations delegations;
    private final Places places;
    private final List<BodyLinks> links;
    private final NextSession sessions;
    private final Clock clock;

    BodyController(
            Bodies bodies,
            BodyRepository repository,
            BodyRights rights,
            Rules rules,
            Functions functions,
            Seats seats,
            Delegations delegations,
            Places places,
            List<BodyLinks> links,
            NextSession sessions,
            Clock clock) {
        this.bodies = bodies;
        this.repository = repository;
        this.rights = rights;
        this.rules = rules;
        this.functions = functions;
        this.seats = seats;
        this.delegations = delegations;
        this.places = places;
        this.links = links;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Get
    View all() {
        return View.of("bodies/bodies", BodiesPage.of(repository.all(LocalDate.now(clock), clock.instant())));
    }

    @Get("/{body}")
    HttpResponse<?> one(String body, Visitor visitor) {
        return bodies.on(body, LocalDate.now(clock))
                .<HttpResponse<?>>map(found -> HttpResponse.ok(View.of("bodies/body", page(found, visitor))))
                .orElseGet(HttpResponse::notFound);
    }

    private BodyPage page(Body body, Visitor visitor) {
        var today = LocalDate.now(clock);
        var members = seats.of(body.key());
        var sitting =
                sitting(body, members.stream().filter(member -> !member.ahead()).toList(), today);
        var district = places.districts().stream()
                .filter(one -> one.key().equals(body.districtKey()))
                .findFirst();
        var history = rules.history(body);
        var labels = repository.labels(body.key(), today);
        var holding = rules.of(body.key(), today).orElse(null);
        return new BodyPage(
                body,
                district.map(District::name)
                        .or(() -> places.community(body.communityKey()).map(community -> community.name()))
                        .orElse(""),
                district.map(one -> "/districts/" + one.slug()).orElse(""),
                quarters(body),
                repository.terms(body.key()).stream()
                        .filter(term -> term.runsOn(today))
                        .findFirst()
                        .orElse(null),
                place(body, today),
                sitting.stream().filter(one -> one.member().isChair()).toList(),
                BodyPage.seats(body.seats(), BodyRepository.named(labels), sitting),
                labels.stream().anyMatch(BodyRepository.Label::isDefault),
                sitting.stream()
                        .filter(one -> one.member().seat() == 0 && !one.member().isChair())
                        .filter(one -> sitting.stream()
                                .noneMatch(other -> other.member().seat() > 0
                                        && other.member().personId()
                                                == one.member().personId()))
                        .toList(),
                members.stream().filter(Member::ahead).toList(),
                holding,
                history.stream()
                        .filter(version -> version.rules().validFrom().isAfter(today))
                        .toList(),
                history.stream()
                        .filter(version -> !version.rules().validFrom().isAfter(today)
                                && (holding == null || version.rules().id() != holding.id()))
                        .toList(),
                links.stream()
                        .flatMap(one -> one.of(body.key(), today).stream())
                        .toList(),
                sessions.of(body.key()).orElse(null),
                visitor.isSignedIn() && rights.administering(visitor).isEmpty(),
                visitor.isSignedIn()
                        && rights.readingFunctions(visitor, body.key()).isEmpty());
    }

    private List<Sitting> sitting(Body body, List<Member> members, LocalDate today) {
        var standins = Stream.of(RoleName.CHAIR, RoleName.FUND_PARTNER)
                .flatMap(role -> delegations.running(role, body.key()).stream())
                .toList();
        var released = functions.published(body.key(), today);
        return members.stream()
                .map(member -> new Sitting(
                        member,
                        standins.stream()
                                .filter(standin -> standsInFor(standin, member))
                                .findFirst()
                                .orElse(null),
                        released.stream()
                                .filter(function -> function.personId() == member.personId())
                                .toList()))
                .toList();
    }

    private static boolean standsInFor(Standin standin, Member member) {
        return standin.personId() == member.personId()
                && standin.role().equals(member.role().key());
    }

    private MeetingPlace place(Body body, LocalDate today) {
        return repository.places(body.key()).stream()
                .filter(place -> !place.validFrom().isAfter(today))
                .findFirst()
                .orElseGet(() -> new MeetingPlace(today, body.venue(), body.address(), "", "", "", ""));
    }

    /** Quarters in which the body decides; where communities share one, it stands with all of them. */
    private List<Quarter> quarters(Body body) {
        return places.quarters().stream()
                .filter(quarter -> body.kind().equals("districtCouncil")
                        ? quarter.districtKey().equals(body.districtKey())
                                && (places.communitiesOf(quarter.key()).isEmpty() || places.hasRemainder(quarter.key()))
                        : places.communitiesOf(quarter.key()).stream()
                                .anyMatch(community -> community.key().equals(body.communityKey())))
                .toList();
    }
}
