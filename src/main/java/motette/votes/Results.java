package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import motette.shared.Sql;
import motette.votes.Round.RoundDistrict;
import motette.votes.RoundFiles.Paper;
import motette.votes.RoundFiles.Story;
import motette.votes.RoundFiles.Turnout;
import motette.votes.RoundFiles.Version;

/**
 * What came out of a counted round, from its rows and nothing else. They do not change any more, so a result is reckoned once and
 * kept in memory; every copy of the application comes to the same.
 */
@Singleton
class Results {

    /** More rounds are hardly read at a time. */
    private static final int KEPT = 32;

    private final RoundRepository rounds;
    private final Sql sql;
    private final Map<Long, Result> kept = new ConcurrentHashMap<>();

    Results(RoundRepository rounds, Sql sql) {
        this.rounds = rounds;
        this.sql = sql;
    }

    /**
     * Everything that was counted of a round.
     *
     * @param ballots  of all districts; each once, be it for one district or two
     * @param voters   entries of the roll
     */
    record Result(
            Head head,
            Turnout turnout,
            List<Story> stories,
            List<Set<Integer>> exclusions,
            List<DistrictResult> districts) {

        int ballots() {
            return head.ballots();
        }

        int voters() {
            return head.voters();
        }
    }

    record DistrictResult(RoundDistrict place, LayOut layOut) {}

    /** Empty while the round is not counted. */
    @Transactional(readOnly = true)
    public Optional<Result> of(Round round) {
        if (round.countedAt().isEmpty()) {
            return Optional.empty();
        }
        var known = kept.get(round.id());
        if (known != null) {
            return Optional.of(known);
        }
        var result = reckoned(round);
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        kept.put(round.id(), result);
        return Optional.of(result);
    }

    /** Reckoned anew, whatever is kept. */
    @Transactional(readOnly = true)
    public Result reckoned(Round round) {
        var stories = stories(round.id());
        var exclusions = exclusions(round.id());
        var head = head(round);
        var districts = new ArrayList<DistrictResult>();
        for (var place : round.districts()) {
            districts.add(new DistrictResult(
                    place,
                    LayOut.of(
                            head.terms(exclusions),
                            place.budgetCents(),
                            stories.stream()
                                    .filter(story -> story.districtKey().equals(place.key()))
                                    .map(Story::candidate)
                                    .toList(),
                            ballots(round.id(), place.key()))));
        }
        return new Result(head, turnout(round.id()), stories, exclusions, List.copyOf(districts));
    }

    /** The ballots of a district in the order of their lot. */
    @Transactional(readOnly = true)
    public List<Paper> papers(long roundId, String districtKey) {
        var same = new HashMap<Paper, Paper>();
        return sql.list(
                "select method, choices, points from vote_ballots where round_id = ? and district_key = ? order by"
                        + " serial",
                row -> {
                    var paper = new Paper(row.getString("method"), choice(row));
                    return same.computeIfAbsent(paper, first -> first);
                },
                roundId,
                districtKey);
    }

    /** In the order of the alphabet. */
    @Transactional(readOnly = true)
    public List<String> receipts(long roundId) {
        return sql.list(
                "select receipt from vote_receipts where round_id = ? order by receipt collate \"C\"",
                row -> row.getString(1),
                roundId);
    }

    /** All of the city, by their keys. */
    @Transactional(readOnly = true)
    public Map<String, ResultPage.Quarter> quarters() {
        var quarters = new HashMap<String, ResultPage.Quarter>();
        sql.list(
                "select key, name, population from quarters",
                row -> quarters.put(row.getString(1), new ResultPage.Quarter(row.getString(2), row.getLong(3))));
        return quarters;
    }

    private Head head(Round round) {
        return sql.one(
                        "select ballots, voters from vote_counts where round_id = ?",
                        row -> Head.of(round, row.getInt(1), row.getInt(2)),
                        round.id())
                .orElseThrow();
    }

    private Map<Choice, Long> ballots(long roundId, String districtKey) {
        var ballots = new HashMap<Choice, Long>();
        sql.list(
                "select choices, points, count(*) as ballots from vote_ballots where round_id = ? and district_key = ?"
                        + " group by choices, points",
                row -> ballots.put(choice(row), row.getLong("ballots")),
                roundId,
                districtKey);
        return ballots;
    }

    private static Choice choice(ResultSet row) throws SQLException {
        var numbers = (Short[]) row.getArray("choices").getArray();
        var points = row.getArray("points");
        var given = points == null ? new Short[0] : (Short[]) points.getArray();
        var choice = new TreeMap<Integer, Integer>();
        for (int i = 0; i < numbers.length; i++) {
            choice.put(numbers[i].intValue(), points == null ? 1 : given[i].intValue());
        }
        return new Choice(choice);
    }

    private Turnout turnout(long roundId) {
        return new Turnout(
                groups("channel", roundId), groups("nullif(age_group, '')", roundId), groups("quarter_key", roundId));
    }

    /** People of whom it is not known are among the others; where it is known of nobody, nothing is told. */
    private Groups groups(String column, long roundId) {
        var people = new LinkedHashMap<String, Long>();
        sql.list(
                "select coalesce(" + column + ", '') as key, count(*) from vote_roll where round_id = ? group by 1",
                row -> people.put(row.getString(1), row.getLong(2)),
                roundId);
        return people.keySet().equals(Set.of("")) ? Groups.NOTHING : Groups.of(people);
    }

    @Transactional(readOnly = true)
    public List<Story> stories(long roundId) {
        var versions = new HashMap<Integer, List<Version>>();
        sql.list(
                "select * from vote_candidate_versions where round_id = ? order by number, version",
                row -> versions.computeIfAbsent(row.getInt("number"), number -> new ArrayList<>())
                        .add(new Version(
                                row.getInt("version"),
                                row.getString("title"),
                                row.getString("description"),
                                row.getLong("cost_cents"),
                                instant(row, "made_at"),
                                row.getString("reason"))),
                roundId);
        return sql.list(
                """
                select c.number, c.district_key, c.idea_number, coalesce(w.reason, '') as withdrawn
                  from vote_candidates c
                  left join vote_withdrawals w on w.round_id = c.round_id and w.number = c.number
                 where c.round_id = ? order by c.number\
                """,
                row -> new Story(
                        row.getInt("number"),
                        row.getString("district_key"),
                        row.getLong("idea_number"),
                        List.copyOf(versions.getOrDefault(row.getInt("number"), List.of())),
                        row.getString("withdrawn")),
                roundId);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private List<Set<Integer>> exclusions(long roundId) {
        return sql.list(
                "select one, other from vote_exclusions where round_id = ? order by one, other",
                row -> Set.copyOf(new TreeSet<>(Set.of(row.getInt(1), row.getInt(2)))),
                roundId);
    }
}
