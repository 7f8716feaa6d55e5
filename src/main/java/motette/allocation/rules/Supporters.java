package motette.allocation.rules;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Who supports which of the projects still open, in arrays. Here a project is named by its place among the open ones, best of the
 * tie order first, so that the smaller of two is the one a tie favours; a group of identical ballots by its place among the groups.
 * The supports of a project are those from {@code first(project)} to {@code first(project + 1)}, those of a group likewise.
 */
final class Supporters {

    private final List<Integer> projects;
    private final BigInteger[] costs;
    private final int[][] rivals;
    private final long[] counts;
    private final int[] firstOfProject;
    private final int[] groups;
    private final long[] weights;
    private final int[] firstOfGroup;
    private final int[] named;
    private final long[] namedWeights;
    private final long[] totals;
    private final long[] votes;
    private final double[] ballots;
    private final double[] units;

    /** @throws TooManyPoints when the points of a project are too many to be counted */
    Supporters(Progress progress, boolean weighted) {
        var election = progress.election();
        projects = progress.open();
        costs = projects.stream().map(election::unitCost).toArray(BigInteger[]::new);
        var place = new int[election.projects().size()];
        Arrays.fill(place, -1);
        for (int i = 0; i < projects.size(); i++) {
            place[projects.get(i)] = i;
        }
        rivals = projects.stream()
                .map(project -> progress.rivals(project).stream()
                        .mapToInt(rival -> place[rival])
                        .filter(rival -> rival >= 0)
                        .toArray())
                .toArray(int[][]::new);
        var all = election.groups();
        counts = all.stream().mapToLong(Election.Group::count).toArray();
        firstOfGroup = new int[all.size() + 1];
        firstOfProject = new int[projects.size() + 1];
        for (int group = 0; group < all.size(); group++) {
            int size = 0;
            for (int project : all.get(group).projects()) {
                if (place[project] >= 0) {
                    size++;
                    firstOfProject[place[project] + 1]++;
                }
            }
            firstOfGroup[group + 1] = firstOfGroup[group] + size;
        }
        for (int project = 0; project < projects.size(); project++) {
            firstOfProject[project + 1] += firstOfProject[project];
        }
        int size = firstOfGroup[all.size()];
        named = new int[size];
        namedWeights = new long[size];
        groups = new int[size];
        weights = new long[size];
        totals = new long[projects.size()];
        votes = projects.stream().mapToLong(election::votes).toArray();
        ballots = new double[size];
        units = new double[size];
        var next = firstOfProject.clone();
        for (int group = 0, i = 0; group < all.size(); group++) {
            var ballot = all.get(group);
            for (int j = 0; j < ballot.projects().length; j++) {
                int project = place[ballot.projects()[j]];
                if (project >= 0) {
                    long weight = weighted ? ballot.points()[j] : 1;
                    named[i] = project;
                    namedWeights[i++] = weight;
                    ballots[next[project]] = counts[group];
                    units[next[project]] = weight;
                    groups[next[project]] = group;
                    weights[next[project]++] = weight;
                    totals[project] = total(election, project, group, weight);
                }
            }
        }
    }

    private long total(Election election, int project, int group, long weight) {
        try {
            return Math.addExact(totals[project], Math.multiplyExact(counts[group], weight));
        } catch (ArithmeticException tooMany) {
            throw new TooManyPoints(election.project(projects.get(project)).id(), tooMany);
        }
    }

    /** Number of open projects. */
    int size() {
        return costs.length;
    }

    int groups() {
        return counts.length;
    }

    /** All supports there are. */
    int supports() {
        return groups.length;
    }

    /** Index of the project in the election. */
    int project(int place) {
        return projects.get(place);
    }

    /** Cost in units of 10^-{@link Election#scale()}. */
    BigInteger cost(int project) {
        return costs[project];
    }

    int[] rivals(int project) {
        return rivals[project];
    }

    /** Ballots in the group. */
    long count(int group) {
        return counts[group];
    }

    /** Sum of the weights of all its supporters. */
    long total(int project) {
        return totals[project];
    }

    /** Number of its supporters. */
    long votes(int project) {
        return votes[project];
    }

    int first(int project) {
        return firstOfProject[project];
    }

    /** The group that gives this support of a project. */
    int group(int support) {
        return groups[support];
    }

    /** Points this support gives per ballot, in units of 10^-{@link Election#pointScale()}; 1 without points. */
    long weight(int support) {
        return weights[support];
    }

    /** Number of ballots that give this support, as a double. */
    double ballots(int support) {
        return ballots[support];
    }

    /** {@link #weight}, as a double. */
    double units(int support) {
        return units[support];
    }

    int firstNamed(int group) {
        return firstOfGroup[group];
    }

    /** The project that stands at this place of a group's ballot. */
    int named(int place) {
        return named[place];
    }

    long namedWeight(int place) {
        return namedWeights[place];
    }
}
