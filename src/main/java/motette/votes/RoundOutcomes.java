package motette.votes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import motette.shared.Sql;

/** What published rounds say of single ideas, for storeys above. */
@Singleton
public class RoundOutcomes {

    private final RoundRepository rounds;
    private final Results results;
    private final Sql sql;

    RoundOutcomes(RoundRepository rounds, Results results, Sql sql) {
        this.rounds = rounds;
        this.results = results;
        this.sql = sql;
    }

    /**
     * @param slug     of the round
     * @param votes    ballots on which the idea was ticked
     * @param proposed whether the announced rule proposes it
     */
    @Introspected
    public record Outcome(String slug, String title, long votes, boolean proposed) {}

    /** By number of the idea, of the round published last; ideas on which nobody voted are missing. */
    @Transactional(readOnly = true)
    public Map<Long, Outcome> of(Collection<Long> ideas) {
        var outcomes = new HashMap<Long, Outcome>();
        sql
                .list(
                        """
                        select distinct on (c.idea_number) c.idea_number, c.round_id
                          from vote_candidates c join vote_publications p on p.round_id = c.round_id
                         where c.idea_number = any (string_to_array(?, ',')::bigint[]) order by c.idea_number, p.at desc\
                        """,
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        ideas.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toSet())))
                .forEach((roundId, numbers) -> rounds.find(roundId)
                        .ifPresent(round -> results.of(round).stream()
                                .flatMap(result -> result.districts().stream())
                                .flatMap(district -> district.layOut().lines().stream())
                                .filter(line ->
                                        numbers.contains(line.candidate().ideaNumber())
                                                && line.candidate().stands())
                                .forEach(line -> outcomes.put(
                                        line.candidate().ideaNumber(),
                                        new Outcome(round.slug(), round.title(), line.votes(), line.proposed())))));
        return Map.copyOf(outcomes);
    }
}
