package motette.votes;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import motette.people.Visitor;
import motette.residence.Residences;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Texts;
import motette.votes.KeptChoices.Kept;
import motette.votes.Round.RoundDistrict;

/** Puts together what voters read. */
@Singleton
class RoundPages {

    private final Listings listings;
    private final Voters voters;
    private final Residences residences;
    private final RoundGuard guard;
    private final Urn urn;
    private final RollDays days;
    private final Texts texts;
    private final Clock clock;

    RoundPages(
            Listings listings,
            Voters voters,
            Residences residences,
            RoundGuard guard,
            Urn urn,
            RollDays days,
            Texts texts,
            Clock clock) {
        this.listings = listings;
        this.voters = voters;
        this.residences = residences;
        this.guard = guard;
        this.urn = urn;
        this.days = days;
        this.texts = texts;
        this.clock = clock;
    }

    RoundsPage rounds(List<Round> rounds) {
        var now = clock.instant();
        var running = new ArrayList<RoundCard>();
        var coming = new ArrayList<RoundCard>();
        var over = new ArrayList<RoundCard>();
        for (var round : rounds) {
            switch (round.phase(now)) {
                case OPEN, HELD -> running.add(RoundCard.of(round, now));
                case ANNOUNCED -> coming.add(RoundCard.of(round, now));
                case CLOSED, COUNTED, PUBLISHED -> over.add(RoundCard.of(round, now));
                case PREPARED -> {}
            }
        }
        running.sort(Comparator.comparing(RoundCard::closes));
        coming.sort(Comparator.comparing(RoundCard::opens));
        return new RoundsPage(running, coming, over);
    }

    RoundCard card(Round round) {
        return RoundCard.of(round, clock.instant());
    }

    /** @param order seed of the order in which this browser lists the candidates of an open round */
    RoundPage round(Round round, Visitor visitor, Optional<Kept> kept, long order, Locale locale) {
        var now = clock.instant();
        var phase = round.phase(now);
        var listed = listings.of(round);
        var home = visitor.isSignedIn() ? home(visitor) : "";
        var why = phase == Phase.OPEN && visitor.isSignedIn()
                ? voters.refusal(visitor, round)
                : Optional.<Refusal>empty();
        var choice = kept.map(Kept::choice).orElse(Choice.NOTHING);
        var inOrder = phase == Phase.OPEN ? shuffled(listed, order) : listed;
        var candidates = listed.stream().map(Listed::candidate).toList();
        var in = texts.in(locale);
        var parts = districts(round, home).stream()
                .map(district -> new RoundPage.Part(
                        district,
                        district.key().equals(home),
                        phase == Phase.OPEN
                                && why.isEmpty()
                                && (home.isEmpty() || district.key().equals(home) || round.furtherDistrict()),
                        lines(inOrder, district, choice),
                        Sum.of(round, district, candidates, choice, in)))
                .toList();
        return new RoundPage(
                RoundCard.of(round, now),
                round.form().key(),
                round.most(),
                round.furtherDistrict(),
                round.minimumAge(),
                round.rule(),
                round.leastVotes(),
                round.tieHash(),
                phase.isOver() ? round.tieSeed() : "",
                phase == Phase.HELD ? round.heldBecause().orElse("") : "",
                parts,
                why,
                phase == Phase.OPEN && why.isEmpty() ? channel(round, visitor) : "",
                kept.isPresent(),
                days.of(round));
    }

    /** The ballot of all districts as an open round would show it; nobody is asked who they are. */
    RoundPage preview(Round round, Choice choice, Locale locale) {
        var listed = round.announcedAt().isPresent() ? listings.of(round) : listings.prepared(round);
        var candidates = listed.stream().map(Listed::candidate).toList();
        var in = texts.in(locale);
        return new RoundPage(
                RoundCard.of(round, clock.instant()),
                round.form().key(),
                round.most(),
                round.furtherDistrict(),
                round.minimumAge(),
                round.rule(),
                round.leastVotes(),
                round.tieHash(),
                "",
                "",
                round.districts().stream()
                        .map(district -> new RoundPage.Part(
                                district,
                                false,
                                true,
                                lines(listed, district, choice),
                                Sum.of(round, district, candidates, choice, in)))
                        .toList(),
                Optional.empty(),
                "",
                false,
                VoterDays.NOTHING);
    }

    ReviewPage review(Round round, Visitor visitor, Optional<Kept> kept, String said, Locale locale) {
        var listed = shuffled(listings.of(round), kept.map(Kept::order).orElse(0L));
        var candidates = listed.stream().map(Listed::candidate).toList();
        var choice = kept.map(Kept::choice).orElse(Choice.NOTHING);
        var home = visitor.isSignedIn() ? home(visitor) : "";
        var why = why(round, visitor);
        var in = texts.in(locale);
        var parts = districts(round, home).stream()
                .filter(district -> district.key().equals(home)
                        || !choice.in(district.key(), candidates).isEmpty())
                .map(district -> {
                    var ticked = lines(listed, district, choice).stream()
                            .filter(line -> line.points() > 0)
                            .toList();
                    return new ReviewPage.Part(
                            district.name(),
                            ticked.stream().filter(line -> line.it().stands()).toList(),
                            ticked.stream().filter(line -> !line.it().stands()).toList(),
                            Sum.of(round, district, candidates, choice, in));
                })
                .toList();
        return new ReviewPage(
                card(round),
                round.form().key(),
                kept.isPresent(),
                choice.isEmpty(),
                parts,
                ReviewPage.Pair.of(listed, choice),
                problems(round, candidates, choice, home),
                why,
                visitor.pseudonym(),
                why.isEmpty() && !channel(round, visitor).isEmpty(),
                kept.map(Kept::attempt).orElse(""),
                said);
    }

    /** Why a reader cannot cast a ballot now; also where they voted on a channel that leads to no ballot any more. */
    private Optional<Refusal> why(Round round, Visitor visitor) {
        return guard.refusal(round).or(() -> voters.refusal(visitor, round)).or(() -> {
            var channel = channel(round, visitor);
            return channel.isEmpty() || channel.equals(Channel.WEB.key())
                    ? Optional.empty()
                    : Optional.of(Refusal.of("votes.refused.voted")
                            .withWayOut("/votes/" + round.slug(), "votes.refused.read"));
        });
    }

    private static Problems problems(Round round, List<Candidate> candidates, Choice choice, String home) {
        var further = Casting.further(round, candidates, choice, home);
        var districts = home.isEmpty()
                ? round.districts().stream().map(RoundDistrict::key).toList()
                : Stream.concat(Stream.of(home), further.stream()).toList();
        var problems = choice.problems(round, candidates, districts);
        if (problems.isEmpty() && !home.isEmpty() && districts.stream().noneMatch(round::takesPlaceIn)) {
            problems.add("choice", "votes.problem.nowhere");
        }
        return problems;
    }

    ReceiptPage receipt(Round round, Visitor visitor) {
        var phase = round.phase(clock.instant());
        boolean keyed = phase.compareTo(Phase.COUNTED) < 0;
        var voter = voters.of(visitor, round);
        return new ReceiptPage(
                card(round),
                keyed
                        ? voter.flatMap(known -> urn.held(round, known))
                                .map(held -> held.receipt().spaced())
                                .orElse("")
                        : "",
                phase == Phase.OPEN,
                channel(round, visitor));
    }

    /** As the browser asks for: their own district first, then in the order of the city. */
    private static List<RoundDistrict> districts(Round round, String home) {
        return round.districts().stream()
                .sorted(Comparator.comparing(district -> !district.key().equals(home)))
                .toList();
    }

    private static List<RoundPage.Line> lines(List<Listed> listed, RoundDistrict district, Choice choice) {
        return listed.stream()
                .filter(one -> one.candidate().districtKey().equals(district.key()))
                .map(one -> new RoundPage.Line(one, choice.pointsOf(one.number())))
                .toList();
    }

    private String home(Visitor visitor) {
        return residences
                .of(visitor.personId())
                .proof()
                .map(proof -> proof.quarter().districtKey())
                .orElse("");
    }

    private String channel(Round round, Visitor visitor) {
        return voters.of(visitor, round)
                .flatMap(voter -> urn.channel(round, voter))
                .map(Channel::key)
                .orElse("");
    }

    /** Nobody stands on top for all; the same seed makes the same order. */
    static List<Listed> shuffled(List<Listed> listed, long order) {
        return listed.stream()
                .sorted(Comparator.comparing((Listed one) -> lot(order, one.number())))
                .toList();
    }

    private static String lot(long order, int number) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest((order + ":" + number).getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant now() {
        return clock.instant();
    }
}
