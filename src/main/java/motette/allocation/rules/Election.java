package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        groups.forEach(group -> Arrays.stream(group.projects()).forEach(project -> votes[project] += group.count()));
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
        private final Map<Key, long[]> counts = new LinkedHashMap<>();
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

        /** Sets the decimal places of the points handed to {@link #ballot(long, int[], long[])}. */
        public Builder pointScale(int places) {
            pointScale = places;
            return this;
        }

        /** Adds ballots without points; a project named twice counts once. */
        public Builder ballot(long count, int... supported) {
            var sorted = Arrays.stream(supported).sorted().distinct().toArray();
            var points = new long[sorted.length];
            Arrays.fill(points, 1);
            return add(count, sorted, points);
        }

        /** Adds ballots with points; projects with zero points or less are not supported. A project stands in it once. */
        public Builder ballot(long count, int[] named, long[] points) {
            var order = java.util.stream.IntStream.range(0, named.length)
                    .filter(i -> points[i] > 0)
                    .boxed()
                    .sorted(java.util.Comparator.comparingInt(i -> named[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return add(
                    count,
                    Arrays.stream(order).map(i -> named[i]).toArray(),
                    Arrays.stream(order).mapToLong(i -> points[i]).toArray());
        }

        private Builder add(long count, int[] supported, long[] points) {
            voters += count;
            if (supported.length > 0) {
                counts.computeIfAbsent(new Key(supported, points), absent -> new long[1])[0] += count;
            }
            return this;
        }

        public Election build() {
            return new Election(this);
        }

        private List<Group> groups() {
            if (counts.isEmpty()) {
                return grouped;
            } else {
                return counts.entrySet().stream()
                        .map(entry -> new Group(entry.getValue()[0], entry.getKey().projects, entry.getKey().points))
                        .sorted(java.util.Comparator.comparing(Group::projects, Arrays::compare)
                                .thenComparing(Group::points, Arrays::compare))
                        .toList();
            }
        }

        private static final class Key {

            private final int[] projects;
            private final long[] points;
            private final int hash;

            Key(int[] projects, long[] points) {
                this.projects = projects;
                this.points = points;
                this.hash = 31 * Arrays.hashCode(projects) + Arrays.hashCode(points);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Key key
                        && Arrays.equals(projects, key.projects)
                        && Arrays.equals(points, key.points);
            }

            @Override
            public int hashCode() {
                return hash;
            }
        }
    }
}
