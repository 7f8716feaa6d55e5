package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import motette.people.Visitor;
import motette.shared.Message;
import motette.shared.Refusal;
import motette.votes.DeskPages.Ballots;
import motette.votes.DeskPages.Excluded;
import motette.votes.DeskPages.OnBallot;
import motette.votes.DeskPages.Returned;

/** Gathers what the desk of one round shows to somebody. */
@Singleton
class RoundDesk {

    /** What the page says after a deed; anything else in the address says nothing. */
    private static final Set<String> SAID = Set.of(
            "announced",
            "held",
            "resumed",
            "prolonged",
            "noted",
            "changed",
            "withdrawn",
            "pictureless",
            "counted",
            "signed",
            "published");

    private final DeskRepository desk;
    private final CheckList checkList;
    private final Rehearsals rehearsals;
    private final Counting counting;
    private final Protocols protocols;
    private final RoundRights rights;
    private final Clock clock;

    RoundDesk(
            DeskRepository desk,
            CheckList checkList,
            Rehearsals rehearsals,
            Counting counting,
            Protocols protocols,
            RoundRights rights,
            Clock clock) {
        this.desk = desk;
        this.checkList = checkList;
        this.rehearsals = rehearsals;
        this.counting = counting;
        this.protocols = protocols;
        this.rights = rights;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public DeskPages.RoundDesk of(Round round, Visitor visitor, Returned returned, String said) {
        var phase = round.phase(clock.instant());
        var checks = phase == Phase.PREPARED ? checkList.of(round) : List.<CheckList.Check>of();
        var candidates = rehearsals.candidates(round);
        var days = desk.days(round.id());
        var waits =
                phase == Phase.CLOSED ? counting.refusal(round.id()).map(Refusal::reason) : Optional.<Message>empty();
        var signatures = desk.signatures(round.id());
        return new DeskPages.RoundDesk(
                round,
                round.form().key(),
                phase.key(),
                DeskPages.tone(phase),
                DeskPages.icon(phase),
                rights.keeping(visitor).isEmpty(),
                rights.office(visitor).isPresent(),
                signatures.stream().anyMatch(signature -> signature.personId() == visitor.personId()),
                checks,
                CheckList.lets(checks),
                candidates.stream()
                        .map(one -> new OnBallot(
                                one.number(),
                                one.title(),
                                round.district(one.districtKey())
                                        .map(Round.RoundDistrict::name)
                                        .orElse(""),
                                one.costCents(),
                                one.ideaNumber(),
                                one.version(),
                                one.withdrawn()))
                        .toList(),
                excluded(
                        round.id(), candidates.stream().collect(Collectors.toMap(Candidate::number, Candidate::title))),
                new Ballots(
                        days.stream().mapToLong(DeskRepository.DayTurnout::all).sum(),
                        days,
                        desk.districts(round.id())),
                desk.happenings(round.id()),
                rehearsals.count(round).ballots(),
                phase == Phase.CLOSED && waits.isEmpty(),
                waits,
                signatures,
                phase.compareTo(Phase.COUNTED) >= 0 && rights.checking(visitor).isEmpty()
                        ? protocols.of(round).hex()
                        : "",
                returned,
                SAID.contains(said) ? said : "");
    }

    private List<Excluded> excluded(long round, Map<Integer, String> titles) {
        return desk.exclusions(round).stream()
                .map(pair -> new Excluded(
                        pair.one(),
                        pair.other(),
                        titles.getOrDefault(pair.one(), ""),
                        titles.getOrDefault(pair.other(), "")))
                .toList();
    }
}
