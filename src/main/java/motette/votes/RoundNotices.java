package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.ideas.OnBallot;
import motette.shared.InMemory;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * Which rounds the home page, the pages of districts and of ideas point to. They are read far more often than rounds change, so the
 * facts stand in memory for a while; the phase follows from them and the clock at each reading. Nothing is decided by them: the page
 * of the round and the urn ask the database.
 */
@Singleton
public class RoundNotices implements OnBallot {

    private final RoundRepository rounds;
    private final Sql sql;
    private final Clock clock;
    private final InMemory<Known> running;

    RoundNotices(
            RoundRepository rounds, Sql sql, Clock clock, @Value("${motette.round-notices-seconds:20}") long seconds) {
        this.rounds = rounds;
        this.sql = sql;
        this.clock = clock;
        this.running = new InMemory<>(this::read, Duration.ofSeconds(seconds));
    }

    private record Known(List<Round> rounds, Map<Long, Set<Long>> ideasByRound) {}

    /** Rounds that run or come, those that close first before the others; in one district, or in all where the key is empty. */
    public List<RoundNotice> of(String districtKey) {
        var now = clock.instant();
        return running.get().rounds().stream()
                .filter(round -> districtKey.isEmpty() || round.takesPlaceIn(districtKey))
                .filter(round -> shown(round.phase(now)))
                .sorted(Comparator.comparing((Round round) -> round.phase(now) == Phase.ANNOUNCED)
                        .thenComparing(Round::closesAt))
                .map(round -> notice(round, round.phase(now)))
                .toList();
    }

    /** Rounds that take ballots now, for the first screen. */
    public List<RoundNotice> open(String districtKey) {
        return of(districtKey).stream()
                .filter(notice -> notice.phase().equals(Phase.OPEN.key()))
                .limit(3)
                .toList();
    }

    @Override
    public Optional<Notice> of(long ideaNumber) {
        var now = clock.instant();
        var all = running.get();
        return all.rounds().stream()
                .filter(round -> shown(round.phase(now)))
                .filter(round ->
                        all.ideasByRound().getOrDefault(round.id(), Set.of()).contains(ideaNumber))
                .findFirst()
                .map(round -> new Notice(
                        round.slug(),
                        round.title(),
                        round.phase(now) == Phase.OPEN,
                        LocalDateTime.ofInstant(round.opensAt(), Time.ZONE),
                        LocalDateTime.ofInstant(round.closesAt(), Time.ZONE)));
    }

    /** A round in which somebody voted: that they did, never how. */
    public record Voted(String slug, String title) {}

    @Connectable
    public List<Voted> votedBy(long personId) {
        return sql.list(
                "select r.slug, r.title from vote_roll v join vote_rounds r on r.id = v.round_id where v.person_id = ?"
                        + " order by r.opens_at desc",
                row -> new Voted(row.getString(1), row.getString(2)),
                personId);
    }

    /**
     * Whoever changed a round here sees it here at once. On other copies it is known some seconds later, which does no harm: these
     * lines only point to a round, whose page and urn ask the database, and opening and close follow from the clock at each reading.
     */
    @TransactionalEventListener
    void changed(RoundEvent event) {
        forget();
    }

    void forget() {
        running.forget();
    }

    private Known read() {
        var uncounted = rounds.all(false).stream()
                .filter(round -> round.countedAt().isEmpty())
                .toList();
        var ideas = new HashMap<Long, Set<Long>>();
        for (var round : uncounted) {
            ideas.put(round.id(), rounds.ideas(round.id()));
        }
        return new Known(uncounted, ideas);
    }

    private static boolean shown(Phase phase) {
        return phase == Phase.OPEN || phase == Phase.HELD || phase == Phase.ANNOUNCED;
    }

    private static RoundNotice notice(Round round, Phase phase) {
        return new RoundNotice(
                round.slug(),
                round.title(),
                phase.key(),
                LocalDateTime.ofInstant(round.opensAt(), Time.ZONE),
                LocalDateTime.ofInstant(round.closesAt(), Time.ZONE),
                round.districts().stream().map(Round.RoundDistrict::name).toList());
    }
}
