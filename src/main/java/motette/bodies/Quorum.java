package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Message;

/**
 * Whether a body can decide on an item, and how that is reckoned (SächsGemO §§ 20, 39).
 *
 * @param seats   all seats with a vote, also of those who are absent
 * @param present members with a vote who came, those with a bias included
 * @param biased  of these, who may not take part in this item; they count as absent
 * @param needed  members with a vote who must take part
 * @param rule    which rule says so
 */
@Introspected
public record Quorum(int seats, int present, int biased, int needed, Rule rule, Message share) {

    /** What decides how many are needed. */
    public enum Rule {
        REGULAR,
        BIAS,
        SECOND
    }

    /**
     * @param second true in a session called again on the same matter because the first could not decide
     * @throws IllegalArgumentException where the numbers contradict each other
     */
    public static Quorum of(RulesOfProcedure rules, int seats, int present, int biased, boolean second) {
        if (seats < 0 || biased < 0 || biased > present || present > seats) {
            throw new IllegalArgumentException(
                    "Of %d seats %d are present, of whom %d are biased".formatted(seats, present, biased));
        } else if (second && rules.secondSessionQuorum() < rules.quorum(seats)) {
            return new Quorum(
                    seats,
                    present,
                    biased,
                    rules.secondSessionQuorum(),
                    Rule.SECOND,
                    fraction(rules.quorumNumerator(), rules.quorumDenominator()));
        } else if (biased * 2 > seats) {
            return new Quorum(
                    seats,
                    present,
                    biased,
                    rules.quorumAfterBias(seats),
                    Rule.BIAS,
                    fraction(rules.afterBiasNumerator(), rules.afterBiasDenominator()));
        } else {
            return new Quorum(
                    seats,
                    present,
                    biased,
                    rules.quorum(seats),
                    Rule.REGULAR,
                    fraction(rules.quorumNumerator(), rules.quorumDenominator()));
        }
    }

    /** Members with a vote who take part. */
    public int counted() {
        return present - biased;
    }

    public boolean isReached() {
        return counted() >= needed && counted() > 0;
    }

    /** The calculation in words: how many are needed and why, how many there are, and what follows. */
    public Message sentence() {
        var need = switch (rule) {
            case REGULAR -> Message.of("bodies.quorum.need.regular", seats, share, needed);
            case BIAS -> Message.of("bodies.quorum.need.bias", seats, share, needed, biased);
            case SECOND -> Message.of("bodies.quorum.need.second", seats, needed);
        };
        var have = biased == 0
                ? Message.of("bodies.quorum.have", present)
                : Message.of("bodies.quorum.have.biased", present, biased, counted());
        return Message.of(isReached() ? "bodies.quorum.reached" : "bodies.quorum.missed", need, have);
    }

    /** A share of the seats as people say it. */
    static Message fraction(int numerator, int denominator) {
        return switch (numerator + "/" + denominator) {
            case "1/2" -> Message.of("bodies.share.half");
            case "1/3" -> Message.of("bodies.share.third");
            case "2/3" -> Message.of("bodies.share.two-thirds");
            case "1/4" -> Message.of("bodies.share.quarter");
            default -> Message.of("bodies.share", numerator, denominator);
        };
    }
}
