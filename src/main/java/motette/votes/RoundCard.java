package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import motette.shared.Time;

/**
 * A round among others.
 *
 * @param opens  Berlin time
 * @param closes Berlin time, first moment at which no ballot is taken
 * @param left   until the opening, then until the close; of no meaning afterwards
 * @param cents  the money of all its districts together
 */
@Introspected
record RoundCard(
        String slug,
        String title,
        String intro,
        String phase,
        LocalDateTime opens,
        LocalDateTime closes,
        TimeLeft left,
        List<String> districts,
        long cents) {

    static RoundCard of(Round round, Instant now) {
        var phase = round.phase(now);
        return new RoundCard(
                round.slug(),
                round.title(),
                round.intro(),
                phase.key(),
                LocalDateTime.ofInstant(round.opensAt(), Time.ZONE),
                LocalDateTime.ofInstant(round.closesAt(), Time.ZONE),
                TimeLeft.of(now, phase == Phase.ANNOUNCED ? round.opensAt() : round.closesAt()),
                round.districts().stream().map(Round.RoundDistrict::name).toList(),
                round.districts().stream()
                        .mapToLong(Round.RoundDistrict::budgetCents)
                        .sum());
    }

    boolean runs() {
        return phase.equals("open") || phase.equals("held");
    }

    /** Word and colour of its badge. */
    String tone() {
        return switch (phase) {
            case "open" -> "leaf";
            case "announced" -> "sky";
            case "held" -> "sun";
            case "published" -> "lake";
            default -> "stone";
        };
    }

    String icon() {
        return switch (phase) {
            case "open" -> "vote";
            case "announced" -> "calendar";
            case "held" -> "warning";
            case "published" -> "check";
            default -> "clock";
        };
    }
}
