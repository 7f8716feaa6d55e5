package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import motette.shared.Sql;

/** Rounds as everybody may know them, for storeys above. */
@Singleton
public class PublicRounds {

    private final RoundRepository rounds;
    private final Sql sql;
    private final Clock clock;

    PublicRounds(RoundRepository rounds, Sql sql, Clock clock) {
        this.rounds = rounds;
        this.sql = sql;
        this.clock = clock;
    }

    /** All that are announced, the latest opening first. */
    @Transactional(readOnly = true)
    public List<PublicRound> all() {
        var now = clock.instant();
        return rounds.all(false).stream()
                .filter(round -> round.phase(now).isPublic())
                .map(round -> new PublicRound(
                        round.slug(),
                        round.title(),
                        round.phase(now).key(),
                        round.form().key(),
                        round.rule(),
                        round.opensAt(),
                        round.closesAt(),
                        round.districts().stream()
                                .map(district -> new PublicRound.District(
                                        district.key(), district.slug(), district.name(), district.budgetCents()))
                                .toList(),
                        round.publishedAt().isPresent() ? voters(round.id()) : -1))
                .toList();
    }

    private long voters(long roundId) {
        return sql.number("select voters from vote_counts where round_id = ?", roundId);
    }
}
