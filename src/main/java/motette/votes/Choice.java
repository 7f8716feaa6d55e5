package motette.votes;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.shared.Money;
import motette.shared.Problems;

/**
 * What somebody ticks on a ballot: numbers of candidates with their points, 1 where the form knows none. Nothing ticked is a ballot,
 * too: it counts as taking part.
 */
record Choice(SortedMap<Integer, Integer> points) {

    static final Choice NOTHING = new Choice(new TreeMap<>());

    private static final Pattern TEXT = Pattern.compile("(?:\\d{1,4}:\\d{1,2}(?:,\\d{1,4}:\\d{1,2})*)?");

    Choice {
        points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
    }

    static Choice of(Map<Integer, Integer> points) {
        var above = new TreeMap<Integer, Integer>();
        points.forEach((number, given) -> {
            if (given != 0) {
                above.put(number, given);
            }
        });
        return new Choice(above);
    }

    /** Candidates that are ticked, each with one point. */
    static Choice of(Collection<Integer> numbers) {
        return new Choice(numbers.stream().collect(Collectors.toMap(n -> n, n -> 1, (a, b) -> a, TreeMap::new)));
    }

    /** "3:1,17:2", in the order of the numbers. */
    String text() {
        return points.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException when {@link #text()} did not write it */
    static Choice parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a choice");
        }
        var points = new TreeMap<Integer, Integer>();
        if (!text.isEmpty()) {
            for (var each : text.split(",")) {
                int colon = each.indexOf(':');
                points.put(Integer.valueOf(each.substring(0, colon)), Integer.valueOf(each.substring(colon + 1)));
            }
        }
        return new Choice(points);
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.US_ASCII);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    int pointsOf(int number) {
        return points.getOrDefault(number, 0);
    }

    /** What the chosen candidates of a district cost together, in cents; withdrawn ones cost nothing any more. */
    long cents(Collection<Candidate> candidates, String districtKey) {
        return candidates.stream()
                .filter(candidate -> candidate.districtKey().equals(districtKey) && candidate.stands())
                .filter(candidate -> points.containsKey(candidate.number()))
                .mapToLong(Candidate::costCents)
                .sum();
    }

    /** The part of it that is about one district. */
    Choice in(String districtKey, Collection<Candidate> candidates) {
        var there = new TreeMap<Integer, Integer>();
        candidates.stream()
                .filter(candidate -> candidate.districtKey().equals(districtKey))
                .map(Candidate::number)
                .filter(points::containsKey)
                .forEach(number -> there.put(number, points.get(number)));
        return new Choice(there);
    }

    /** The part of it that is about these candidates. */
    Choice only(IntPredicate numbers) {
        var some = new TreeMap<Integer, Integer>();
        points.forEach((number, given) -> {
            if (numbers.test(number)) {
                some.put(number, given);
            }
        });
        return new Choice(some);
    }

    /**
     * What is wrong with it, by the frozen list alone: prices and rules are the round's, never the browser's. Fields: "choice" for
     * the whole.
     */
    Problems problems(Round round, Collection<Candidate> candidates, Collection<String> districtKeys) {
        return problems(round, candidates, districtKeys, false);
    }

    /** The same for a paper: on it somebody may stand who was withdrawn after it was printed. */
    Problems problemsOnPaper(Round round, Collection<Candidate> candidates, String districtKey) {
        return problems(round, candidates, List.of(districtKey), true);
    }

    private Problems problems(
            Round round, Collection<Candidate> candidates, Collection<String> districtKeys, boolean withdrawnToo) {
        var problems = Problems.none();
        var known = candidates.stream().collect(Collectors.toMap(Candidate::number, candidate -> candidate));
        for (var each : points.entrySet()) {
            var candidate = known.get(each.getKey());
            if (candidate == null) {
                problems.add("choice", "votes.problem.unknown", each.getKey());
            } else if (!districtKeys.contains(candidate.districtKey())) {
                problems.add("choice", "votes.problem.elsewhere", candidate.title());
            } else if (!candidate.stands() && !withdrawnToo) {
                problems.add("choice", "votes.problem.withdrawn", candidate.title());
            } else if (each.getValue() < 1 || each.getValue() > round.most()) {
                problems.add("choice", "votes.problem.points", candidate.title(), (long) round.most());
            }
        }
        if (round.form() == BallotForm.BUDGET && problems.isEmpty()) {
            for (var district : round.districts()) {
                long cents = cents(candidates, district.key());
                if (cents > district.budgetCents()) {
                    problems.add(
                            "choice",
                            "votes.problem.too-dear",
                            district.name(),
                            new Money(cents - district.budgetCents()));
                }
            }
        }
        return problems;
    }

    /** Never in a log: a choice is nobody's business. */
    @Override
    public String toString() {
        return "Choice";
    }
}
