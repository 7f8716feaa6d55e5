package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a rule is given: projects, budget and ballots. Ballots are kept as groups of identical ones; whose they are is not known
 * here. A project is named by its index in {@link #projects()}.
 */
public final class Election {

    private final List<Project> projects;
    private final BigDecimal budget;
    private final VoteType voteType;
    private final long voters;
    private final List<Group> groups;
    private final int pointScale;
    private final int scale;
    private final List<BigInteger> costs;
    private final long[] votes;
    private final Map<String, Integer> byId;

    /**
     * Ballots that say the same.
     *
     * @param count    how many, at least 1
     * @param projects indices of the supported projects, ascending, each once, at least one
     * @param points   what each of them gets, above zero, in units of 10^-{@link Election#pointScale()}; all 1 where ballots have
     *                 no points
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Group(long count, int[] projects, long[] points) {}

    private Election(Builder builder) {
        projects = List.copyOf(builder.projects);
        budget = builder.budget;
        voteType = builder.voteType;
        voters = builder.voters;
        pointScale = builder.pointScale;
        groups = builder.groups();
        scale = Math.max(
                Math.max(0, budget.stripTrailingZeros().scale()),
                projects.stream()
                        .mapToInt(project -> project.cost().stripTrailingZeros().scale())
                        .max()
                        .orElse(0));
        costs = projects.stream()
                .map(project -> project.cost().movePointRight(scale).toBigIntegerExact())
                .toList();
        votes = new long[projects.size()];
        for (var group : groups) {
            for (int project : group.projects()) {
                votes[project] += group.count();
            }
        }
        byId = new HashMap<>();
        for (int i = 0; i < projects.size(); i++) {
            byId.put(projects.get(i).id(), i);
        }
    }

    public static Builder builder(BigDecimal budget, VoteType voteType) {
        return new Builder(budget, voteType);
    }

    public List<Project> projects() {
        return projects;
    }

    public Project project(int index) {
        return projects.get(index);
    }

    /** @throws IllegalArgumentException when no project bears that id */
    public int indexOf(String id) {
        var index = byId.get(id);
        if (index == null) {
            throw new IllegalArgumentException("No project '" + id + "' in this election");
        }
        return index;
    }

    public boolean has(String id) {
        return byId.containsKey(id);
    }

    public BigDecimal budget() {
        return budget;
    }

    public VoteType voteType() {
        return voteType;
    }

    /** Number of ballots n, empty ones included. */
    public long voters() {
        return voters;
    }

    /** Ballots that support something, identical ones together, in an order that depends on their content alone. */
    public List<Group> groups() {
        return groups;
    }

    /** Decimal places of the points in {@link Group#points()}. */
    public int pointScale() {
        return pointScale;
    }

    /** Decimal places that make the budget and every cost whole: usually 0 or 2. */
    public int scale() {
        return scale;
    }

    /** Cost in whole units of 10^-{@link #scale()}. */
    public BigInteger unitCost(int project) {
        return costs.get(project);
    }

    /** Budget in whole units of 10^-{@link #scale()}. */
    public BigInteger unitBudget() {
        return budget.movePointRight(scale).toBigIntegerExact();
    }

    /** Number of voters who support the project. */
    public long votes(int project) {
        return votes[project];
    }

    /** The same election with another budget: ballots and projects are shared, not copied. */
    public Election withBudget(BigDecimal other) {
        var builder = new Builder(other, voteType);
        builder.projects.addAll(projects);
        builder.voters = voters;
        builder.pointScale = pointScale;
        builder.grouped = groups;
        return builder.build();
    }

    /** Gathers an election ballot by ballot; only distinct ballots stay in memory. */
    public static final class Builder {

        private final BigDecimal budget;
        private final VoteType voteType;
        private final List<Project> projects = new ArrayList<>();
        private final Map<Ballot, Ballot> counts = new HashMap<>();
        private final List<long[]> ones = new ArrayList<>();
        private long voters;
        private int pointScale;
        private List<Group> grouped = List.of();

        private Builder(BigDecimal budget, VoteType voteType) {
            if (budget.signum() < 0) {
                throw new IllegalArgumentException("The budget is " + budget + ", below zero");
            }
            this.budget = budget;
            this.voteType = voteType;
        }

        public Builder project(String id, BigDecimal cost, String name) {
            projects.add(new Project(id, cost, name));
            return this;
        }

        /**
         * Sets the decimal places of the points handed to {@link #ballot(long, int[], long[])} from now on; those handed over
         * before are brought to the same unit.
         */
        public Builder pointScale(int places) {
            long factor = BigInteger.TEN.pow(Math.max(0, places - pointScale)).longValueExact();
            if (factor > 1) {
                var before = List.copyOf(counts.values());
                counts.clear();
                before.forEach(ballot -> add(
                        new Ballot(
                                ballot.projects,
                                Arrays.stream(ballot.points)
                                        .map(p -> Math.multiplyExact(p, factor))
                                        .toArray()),
                        ballot.count));
            }
            pointScale = Math.max(pointScale, places);
            return this;
        }

        /** Adds ballots without points; a project named twice counts once. */
        public Builder ballot(long count, int... supported) {
            var sorted = supported.clone();
            Arrays.sort(sorted);
            int distinct = 0;
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    sorted[distinct] = sorted[i];
                    distinct++;
                }
            }
            var projects = distinct == sorted.length ? sorted : Arrays.copyOf(sorted, distinct);
            voters += count;
            add(new Ballot(projects, ones(distinct)), count);
            return this;
        }

        /** Adds ballots with points; projects with zero points or less are not supported. A project stands in it once. */
        public Builder ballot(long count, int[] named, long[] points) {
            var order = IntStream.range(0, named.length)
                    .filter(i -> points[i] > 0)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> named[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            voters += count;
            add(
                    new Ballot(
                            Arrays.stream(order).map(i -> named[i]).toArray(),
                            Arrays.stream(order).mapToLong(i -> points[i]).toArray()),
                    count);
            return this;
        }

        private void add(Ballot ballot, long count) {
            if (ballot.projects.length > 0) {
                counts.computeIfAbsent(ballot, absent -> ballot).count += count;
            }
        }

        /** Ballots without points share theirs: millions of them differ in what they name alone. */
        private long[] ones(int length) {
            while (ones.size() <= length) {
                var all = new long[ones.size()];
                Arrays.fill(all, 1);
                ones.add(all);
            }
            return ones.get(length);
        }

        public Election build() {
            return new Election(this);
        }

        private List<Group> groups() {
            if (counts.isEmpty()) {
                return grouped;
            } else {
                var ballots = counts.values().toArray(new Ballot[0]);
                Arrays.sort(ballots);
                return Arrays.stream(ballots)
                        .map(ballot -> new Group(ballot.count, ballot.projects, ballot.points))
                        .toList();
            }
        }

        /** What a ballot says, and how many say it; equal when they say the same. */
        private static final class Ballot implements Comparable<Ballot> {

            private final int[] projects;
            private final long[] points;
            private final int hash;
            private long count;

            Ballot(int[] projects, long[] points) {
                this.projects = projects;
                this.points = points;
                this.hash = 31 * Arrays.hashCode(projects) + Arrays.hashCode(points);
            }

            @Override
            public int compareTo(Ballot other) {
                int byProjects = Arrays.compare(projects, other.projects);
                return byProjects == 0 ? Arrays.compare(points, other.points) : byProjects;
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Ballot ballot
                        && Arrays.equals(projects, ballot.projects)
                        && Arrays.equals(points, ballot.points);
            }

            @Override
            public int hashCode() {
                return hash;
            }
        }
    }
}
