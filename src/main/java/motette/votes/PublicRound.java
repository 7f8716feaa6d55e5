package motette.votes;

import java.time.Instant;
import java.util.List;

/**
 * A voting round as everybody may know it.
 *
 * @param phase  announced, open, held, closed, counted or published
 * @param form   approval, budget or points
 * @param voters who took part; -1 before the result is published
 */
public record PublicRound(
        String slug,
        String title,
        String phase,
        String form,
        String rule,
        Instant opensAt,
        Instant closesAt,
        List<District> districts,
        long voters) {

    public record District(String key, String slug, String name, long budgetCents) {}

    public boolean isPublished() {
        return phase.equals(Phase.PUBLISHED.key());
    }
}
