package motette.votes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.Explanations;
import motette.allocation.RuleSet;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Rules;
import motette.allocation.rules.TieOrder;
import motette.allocation.rules.VoteType;
import motette.shared.Message;

/**
 * What the announced rule makes of the ballots of one district: a proposal, the council decides. It knows no database, so that the
 * portal and whoever recounts reckon with the same.
 *
 * <p>Votes are ballots on which a candidate is ticked. Where points are given, rules that go by votes count every point as one; the
 * least number of votes means people all the same.
 *
 * @param ballots blank ones included
 * @param blank   ballots on which nothing of the district is ticked
 * @param lines   in the order of the ballot
 * @param head    how the whole came about
 */
record LayOut(long ballots, long blank, List<Line> lines, long spentCents, List<Message> head, List<Message> easyHead) {

    /**
     * What a round fixed beforehand.
     *
     * @param seed       of the lot
     * @param exclusions pairs of which at most one can be carried out
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Terms(BallotForm form, String rule, int leastVotes, byte[] seed, List<Set<Integer>> exclusions) {}

    /**
     * A candidate with what it got.
     *
     * @param votes  ballots on which it is ticked; they do not count when it is withdrawn
     * @param points their sum; as votes where the form knows none
     * @param turn   from 1, in which place the rule took it; 0 when it is not proposed
     * @param reason a word for the reason, as in published results; "withdrawn" when it is
     */
    record Line(
            Candidate candidate,
            long votes,
            long points,
            int turn,
            String reason,
            List<Message> brief,
            List<Message> why,
            List<Message> easy) {

        boolean proposed() {
            return turn > 0;
        }
    }

    /** The sums of a candidate. */
    private record Sums(long votes, long points) {}

    /**
     * Lays out the ballots of a district.
     *
     * @param candidates of the district, withdrawn ones included, in the order of the ballot
     * @param ballots    what they say about the district, equal ones together
     */
    static LayOut of(Terms terms, long budgetCents, List<Candidate> candidates, Map<Choice, Long> ballots) {
        var sums = sums(candidates, ballots);
        var running = candidates.stream()
                .filter(Candidate::stands)
                .filter(candidate -> !tooFew(terms, sums(sums, candidate)))
                .toList();
        var election = election(terms, budgetCents, running, ballots);
        var allocation = Rules.allocate(election, rule(terms, election, running));
        var explanations = Explanations.of(allocation);
        var lines = new ArrayList<Line>();
        for (var candidate : candidates) {
            var sum = sums(sums, candidate);
            int project = running.indexOf(candidate);
            if (!candidate.stands()) {
                lines.add(without(candidate, sum, "withdrawn", List.of(), List.of()));
            } else if (project < 0) {
                lines.add(without(
                        candidate,
                        sum,
                        "too-few-votes",
                        List.of(Message.of("allocation.why.brief.too-few", sum.votes(), (long) terms.leastVotes())),
                        List.of(Message.of(
                                "allocation.why.too-few",
                                sum.votes(),
                                (long) terms.leastVotes(),
                                terms.leastVotes() - sum.votes()))));
            } else {
                lines.add(new Line(
                        candidate,
                        sum.votes(),
                        sum.points(),
                        allocation.selected().indexOf(project) + 1,
                        word(allocation, project),
                        List.of(explanations.brief(project)),
                        explanations.of(project),
                        explanations.easy(project)));
            }
        }
        return new LayOut(
                ballots.values().stream().mapToLong(Long::longValue).sum(),
                ballots.getOrDefault(Choice.NOTHING, 0L),
                List.copyOf(lines),
                allocation.totalCost().movePointRight(2).longValueExact(),
                explanations.head(),
                explanations.easyHead());
    }

    private static Line without(Candidate candidate, Sums sums, String reason, List<Message> brief, List<Message> why) {
        return new Line(candidate, sums.votes(), sums.points(), 0, reason, brief, why, why);
    }

    private static Map<Integer, Sums> sums(List<Candidate> candidates, Map<Choice, Long> ballots) {
        var sums = new HashMap<Integer, Sums>();
        candidates.forEach(candidate -> sums.put(candidate.number(), new Sums(0, 0)));
        ballots.forEach((choice, count) -> choice.points()
                .forEach((number, points) -> sums.computeIfPresent(
                        number, (same, sum) -> new Sums(sum.votes() + count, sum.points() + count * points))));
        return sums;
    }

    private static Sums sums(Map<Integer, Sums> sums, Candidate candidate) {
        return sums.getOrDefault(candidate.number(), new Sums(0, 0));
    }

    /** Without points the rules see to it themselves; with them, they would count points or nothing. */
    private static boolean tooFew(Terms terms, Sums sums) {
        return terms.form() == BallotForm.POINTS && terms.leastVotes() > 1 && sums.votes() < terms.leastVotes();
    }

    private static Election election(
            Terms terms, long budgetCents, List<Candidate> running, Map<Choice, Long> ballots) {
        boolean scored = terms.form() == BallotForm.POINTS && byPoints(terms.rule());
        var election = Election.builder(euros(budgetCents), scored ? VoteType.SCORING : VoteType.APPROVAL);
        var index = new HashMap<Integer, Integer>();
        for (var candidate : running) {
            index.put(candidate.number(), index.size());
            election.project(String.valueOf(candidate.number()), euros(candidate.costCents()), candidate.title());
        }
        ballots.forEach((choice, count) -> {
            var some = choice.only(index::containsKey);
            var projects = some.points().keySet().stream()
                    .mapToInt(number -> index.getOrDefault(number, -1))
                    .toArray();
            if (scored) {
                election.ballot(
                        count,
                        projects,
                        some.points().values().stream()
                                .mapToLong(Integer::longValue)
                                .toArray());
            } else if (terms.form() == BallotForm.POINTS) {
                some.points()
                        .forEach((number, points) -> election.ballot(count * points, index.getOrDefault(number, -1)));
            } else {
                election.ballot(count, projects);
            }
        });
        return election.build();
    }

    /** Whether the rule knows what points are. */
    private static boolean byPoints(String rule) {
        return rule.startsWith("shares");
    }

    private static Rule rule(Terms terms, Election election, List<Candidate> running) {
        var rule = RuleSet.rule(terms.rule(), election)
                .orElseThrow(() -> new IllegalArgumentException("No rule '" + terms.rule() + "'"));
        var numbers = running.stream().map(Candidate::number).toList();
        var exclusive = terms.exclusions().stream()
                .filter(numbers::containsAll)
                .map(pair -> {
                    Set<String> ids = new HashSet<>();
                    pair.forEach(number -> ids.add(String.valueOf(number)));
                    return ids;
                })
                .toList();
        var ties = TieOrder.drawn(
                Lot.order(terms.seed(), numbers).stream().map(String::valueOf).toList());
        return (terms.form() == BallotForm.POINTS && rule.method() == Method.EQUAL_SHARES
                        ? rule.with(Utility.SCORE)
                        : rule)
                .with(ties)
                .with(new Rule.Limits(Set.of(), Set.of(), exclusive))
                .withMinVotes(terms.form() == BallotForm.POINTS ? 0 : terms.leastVotes());
    }

    /** "did-not-fit" for DidNotFit, as the files of allocations have it. */
    private static String word(Allocation allocation, int project) {
        return allocation
                .reason(project)
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    static BigDecimal euros(long cents) {
        return cents % 100 == 0 ? BigDecimal.valueOf(cents / 100) : BigDecimal.valueOf(cents, 2);
    }

    Optional<Line> line(int number) {
        return lines.stream()
                .filter(line -> line.candidate().number() == number)
                .findFirst();
    }
}
