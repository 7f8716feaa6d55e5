package motette.votes;

import static motette.votes.OnSiteRights.demand;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.residence.Residences;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.View;
import motette.signin.SignIns;

/** The coordinator's side of shared tablets: makes them, and unlocks ballots from her own phone. */
@Controller("/votes/kiosk")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class KioskController {

    private final RoundRepository rounds;
    private final Kiosks kiosks;
    private final CardVoters cards;
    private final OnSiteRights rights;
    private final Residences residences;
    private final SignIns signIns;
    private final Limits limits;
    private final Clock clock;
    private final boolean secure;

    KioskController(
            RoundRepository rounds,
            Kiosks kiosks,
            CardVoters cards,
            OnSiteRights rights,
            Residences residences,
            SignIns signIns,
            Limits limits,
            Clock clock,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.rounds = rounds;
        this.kiosks = kiosks;
        this.cards = cards;
        this.rights = rights;
        this.residences = residences;
        this.signIns = signIns;
        this.limits = limits;
        this.clock = clock;
        this.secure = secure;
    }

    /** @param said unlocked, locked, closed; or empty */
    @Introspected
    record KioskPage(
            List<Kiosks.Kiosk> tablets, List<OnSitePage.Row> rounds, String tablet, Problems problems, String said) {}

    @Get
    View desk(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.tablets(visitor));
        return desk("", Problems.none(), said.matches("unlocked|locked|closed") ? said : "", visitor);
    }

    /** This device becomes a kiosk: whoever is signed in on it is no longer. */
    @Post("/openings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> open(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        demand(rights.tablets(visitor));
        var round = rounds.find(sent.getOrDefault("round", "")).filter(this::isUsable);
        if (round.isEmpty()) {
            return HttpResponse.unprocessableEntity()
                    .body(desk("", Problems.none().add("round", "votes.kiosk.problem.round"), "", visitor));
        }
        demand(rights.handing(visitor, round.get()));
        var cookie = kiosks.open(visitor.personId(), round.get());
        signIns.signOut(visitor, request);
        return HttpResponse.seeOther(URI.create("/votes/kiosk/screen"))
                .cookie(Cookie.of(KioskScreenController.cookie(secure), cookie)
                        .path("/")
                        .maxAge(Kiosks.OPEN_FOR)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(SameSite.Strict));
    }

    @Post("/{id}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> close(long id, Visitor visitor) {
        demand(rights.tablets(visitor));
        return kiosks.close(visitor.personId(), id) ? to("?said=closed") : HttpResponse.notFound();
    }

    @Post("/{id}/lock")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> lock(long id, Visitor visitor) {
        demand(rights.tablets(visitor));
        return kiosks.lock(visitor.personId(), id) ? to("?said=locked") : HttpResponse.notFound();
    }

    @Get("/unlock")
    HttpResponse<?> card(@QueryValue(defaultValue = "") String tablet, Visitor visitor) {
        demand(rights.tablets(visitor));
        return tablet(tablet)
                .<HttpResponse<?>>map(kiosk -> {
                    var round = rounds.find(kiosk.roundId()).orElseThrow();
                    demand(rights.handing(visitor, round));
                    return HttpResponse.ok(card(round, Map.of("tablet", tablet.strip()), Problems.none()));
                })
                .orElseGet(() -> unknown(tablet, visitor));
    }

    /** What was typed of the card is in the browser until the answer; sealed for ten minutes is only the entry of the roll. */
    @Post("/unlock")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> unlock(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.tablets(visitor));
        var tablet = sent.getOrDefault("tablet", "");
        var kiosk = tablet(tablet);
        if (kiosk.isEmpty()) {
            return unknown(tablet, visitor);
        }
        var round = rounds.find(kiosk.get().roundId()).orElseThrow();
        demand(rights.handing(visitor, round));
        limits.demand("vote-cards", visitor.personId());
        return switch (cards.look(sent, round, "/votes/kiosk")) {
            case CardVoters.Look.Wrong wrong ->
                HttpResponse.unprocessableEntity().body(card(round, sent, wrong.problems()));
            case CardVoters.Look.No no -> throw new Refused(no.refusal());
            case CardVoters.Look.May may -> {
                var further = sent.getOrDefault("further", "");
                if (!fits(round, may.voter(), further)) {
                    yield HttpResponse.unprocessableEntity()
                            .body(card(round, sent, Problems.none().add("further", "votes.kiosk.problem.further")));
                }
                kiosks.unlock(visitor.personId(), kiosk.get(), may.voter(), further, CardPage.attempt(sent));
                yield to("?said=unlocked");
            }
        };
    }

    /** One district at least, and a further one only where the round has it. */
    private static boolean fits(Round round, Voter voter, String further) {
        return further.isEmpty()
                ? round.takesPlaceIn(voter.districtKey())
                : round.furtherDistrict() && round.takesPlaceIn(further) && !further.equals(voter.districtKey());
    }

    private Optional<Kiosks.Kiosk> tablet(String typed) {
        return Optional.of(typed.strip())
                .filter(text -> text.matches("\\d{3}"))
                .flatMap(text -> kiosks.numbered(Integer.parseInt(text)));
    }

    private HttpResponse<?> unknown(String typed, Visitor visitor) {
        return HttpResponse.unprocessableEntity()
                .body(desk(typed, Problems.none().add("tablet", "votes.kiosk.problem.tablet"), "", visitor));
    }

    private boolean isUsable(Round round) {
        var phase = round.phase(clock.instant());
        return phase.isPublic() && !phase.isOver();
    }

    private View card(Round round, Map<String, String> sent, Problems problems) {
        return View.of(
                "votes/card",
                new CardPage(
                        "kiosk",
                        round.slug(),
                        round.title(),
                        CardPage.typed(sent),
                        problems,
                        residences.quarters(
                                sent.getOrDefault("quarter", ""),
                                quarter -> round.furtherDistrict() || round.takesPlaceIn(quarter.districtKey())),
                        List.of(),
                        round.furtherDistrict(),
                        round.districts().stream()
                                .map(district -> new CardPage.Option(district.key(), district.name(), 0))
                                .toList(),
                        sent.getOrDefault("attempt", UUID.randomUUID().toString())));
    }

    private View desk(String tablet, Problems problems, String said, Visitor visitor) {
        var now = clock.instant();
        return View.of(
                "votes/kiosk",
                new KioskPage(
                        kiosks.of(visitor.personId()),
                        rounds.all(false).stream()
                                .filter(this::isUsable)
                                .filter(round -> rights.coordinatesAny(visitor, round))
                                .map(round -> new OnSitePage.Row(
                                        round.slug(),
                                        round.title(),
                                        round.phase(now).key(),
                                        round.opensAt(),
                                        round.closesAt(),
                                        true))
                                .toList(),
                        tablet,
                        problems,
                        said));
    }

    private static HttpResponse<?> to(String query) {
        return HttpResponse.seeOther(URI.create("/votes/kiosk" + query));
    }
}
