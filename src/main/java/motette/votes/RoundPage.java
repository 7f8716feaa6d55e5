package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import motette.shared.Described;
import motette.shared.Refusal;
import motette.votes.Round.RoundDistrict;

/**
 * What the page of a round prints; while it is open, its ballot.
 *
 * @param why      why this reader cannot vote here; empty for a guest, who is asked later
 * @param channel  on which channel the reader has voted already: web, kiosk, paper or empty
 * @param kept     something is ticked on this device and not cast yet
 * @param tieSeed  empty before the close
 * @param days     how many voted when, on days that are over
 */
@Introspected
record RoundPage(
        RoundCard card,
        String form,
        int most,
        boolean furtherDistrict,
        int minimumAge,
        String rule,
        int leastVotes,
        String tieHash,
        String tieSeed,
        String held,
        List<Part> parts,
        Optional<Refusal> why,
        String channel,
        boolean kept,
        VoterDays days)
        implements Described {

    /**
     * The ballot of one district.
     *
     * @param mine   the reader lives there
     * @param ballot the reader may tick here
     */
    @Introspected
    record Part(RoundDistrict district, boolean mine, boolean ballot, List<Line> lines, Sum sum) {

        String key() {
            return district.key();
        }
    }

    /** @param points what is given to it at present */
    @Introspected
    record Line(Listed it, int points) {}

    boolean open() {
        return card.phase().equals("open");
    }

    /** It runs, or did: the page says how many voted. */
    boolean begun() {
        return !card.phase().equals("announced");
    }

    boolean ballot() {
        return open() && parts.stream().anyMatch(Part::ballot);
    }

    /** The ballot is to be filled in here: whoever has cast one on the web first says that they want to change it. */
    boolean fills() {
        return ballot() && (channel.isEmpty() || (channel.equals("web") && kept));
    }

    boolean several() {
        return parts.size() > 1;
    }

    /** Points from 1 on, for the buttons of a ballot with few. */
    List<Integer> steps() {
        return java.util.stream.IntStream.rangeClosed(0, most).boxed().toList();
    }

    boolean fewPoints() {
        return most <= 5;
    }

    LocalDateTime closes() {
        return card.closes();
    }

    @Override
    public String summary() {
        return Described.beginning(card.intro());
    }

    @Override
    public Optional<Subject> pictured() {
        return Optional.empty();
    }
}
