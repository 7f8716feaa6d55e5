package motette.allocation.pabulib;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;

/**
 * A file with nothing lost: every key of META in its order, every column of every row. Reading, writing and reading again gives an
 * equal file.
 */
public record PabulibFile(Table meta, Table projects, Table votes) {

    /** Keys that Pabulib asks of everybody and that an election does not know of itself. */
    private static final List<String> TOLD =
            List.of("description", "country", "unit", "instance", "rule", "date_begin", "date_end");

    private static final Set<String> COUNTED = Set.of("num_projects", "num_votes", "budget", "vote_type");

    public PabulibFile {
        need(meta, Section.META, "value");
        need(projects, Section.PROJECTS, "cost");
        need(votes, Section.VOTES, "vote");
    }

    private static void need(Table table, Section section, String column) {
        if (!table.columns().getFirst().equals(section.firstColumn())
                || !table.columns().contains(column)) {
            throw new IllegalArgumentException(
                    section + " needs " + section.firstColumn() + " and " + column + ", not " + table.columns());
        }
    }

    /**
     * The file in which an election of the platform is published. Voters bear running numbers in an order that depends on what
     * ballots say and on nothing else, so that nobody's place in the file tells when they voted. Numbers of projects, ballots and
     * votes are counted here.
     *
     * @param told what the election does not know, in this order: {@code description}, {@code country}, {@code unit},
     *             {@code instance}, {@code rule}, {@code date_begin} and {@code date_end} ({@code dd.mm.yyyy} or {@code yyyy}) at
     *             least; {@code currency}, where given, by ISO 4217
     * @throws IllegalArgumentException when one of these is missing or wrong
     */
    public static PabulibFile of(Election election, Map<String, String> told) {
        TOLD.stream().filter(key -> !told.containsKey(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("A published election needs " + key);
        });
        checkDate(told, "date_begin");
        checkDate(told, "date_end");
        if (told.containsKey("currency") && !told.get("currency").matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "currency is '" + told.get("currency") + "', not three letters of ISO 4217");
        }
        return new PabulibFile(metaOf(election, told), projectsOf(election), votesOf(election));
    }

    private static void checkDate(Map<String, String> told, String key) {
        var date = told.getOrDefault(key, "");
        if (!date.matches("\\d{4}|(0[1-9]|[12]\\d|3[01])[.](0[1-9]|1[0-2])[.]\\d{4}")) {
            throw new IllegalArgumentException(key + " is '" + date + "', neither dd.mm.yyyy nor yyyy");
        }
    }

    private static Table metaOf(Election election, Map<String, String> told) {
        var meta = new LinkedHashMap<String, String>();
        told.forEach((key, value) -> {
            if (key.equals("rule")) {
                meta.put("num_projects", String.valueOf(election.projects().size()));
                meta.put("num_votes", String.valueOf(election.voters()));
                meta.put("budget", plain(election.budget()));
                meta.put("vote_type", election.voteType().name().toLowerCase(java.util.Locale.ROOT));
            }
            if (!COUNTED.contains(key)) {
                meta.put(key, value);
            }
        });
        if (election.voteType() == VoteType.CUMULATIVE) {
            meta.computeIfAbsent("max_sum_points", absent -> plain(mostPoints(election)));
        } else if (election.voteType() == VoteType.ORDINAL) {
            meta.computeIfAbsent("max_length", absent -> String.valueOf(firstPoints(election)));
        }
        return new Table(
                List.of("key", "value"),
                meta.entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static BigDecimal mostPoints(Election election) {
        return election.groups().stream()
                .map(group -> BigDecimal.valueOf(Arrays.stream(group.points()).sum(), election.pointScale()))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    /** Points of the first of a ranking, from which readers count down. */
    private static long firstPoints(Election election) {
        return election.groups().stream()
                .flatMapToLong(group -> Arrays.stream(group.points()))
                .max()
                .orElse(election.projects().size());
    }

    private static Table projectsOf(Election election) {
        var scores = new BigInteger[election.projects().size()];
        Arrays.fill(scores, BigInteger.ZERO);
        for (var group : election.groups()) {
            for (int i = 0; i < group.projects().length; i++) {
                int project = group.projects()[i];
                scores[project] = scores[project].add(
                        BigInteger.valueOf(group.count()).multiply(BigInteger.valueOf(group.points()[i])));
            }
        }
        boolean scored = election.voteType() != VoteType.APPROVAL;
        var rows = IntStream.range(0, election.projects().size())
                .mapToObj(i -> {
                    var project = election.project(i);
                    var votes = String.valueOf(election.votes(i));
                    var score = plain(new BigDecimal(scores[i], election.pointScale()));
                    return scored
                            ? List.of(project.id(), plain(project.cost()), votes, score, project.name())
                            : List.of(project.id(), plain(project.cost()), votes, project.name());
                })
                .toList();
        return new Table(
                scored
                        ? List.of("project_id", "cost", "votes", "score", "name")
                        : List.of("project_id", "cost", "votes", "name"),
                rows);
    }

    private static Table votesOf(Election election) {
        boolean pointed = election.voteType() == VoteType.CUMULATIVE || election.voteType() == VoteType.SCORING;
        var ballots = new ArrayList<List<String>>();
        long empty = election.voters()
                - election.groups().stream().mapToLong(Election.Group::count).sum();
        for (long i = 0; i < empty; i++) {
            ballots.add(pointed ? List.of("", "") : List.of(""));
        }
        for (var group : election.groups()) {
            var order = order(election, group);
            var vote = order.stream()
                    .map(i -> election.project(group.projects()[i]).id())
                    .collect(Collectors.joining(","));
            var points = order.stream()
                    .map(i -> plain(BigDecimal.valueOf(group.points()[i], election.pointScale())))
                    .collect(Collectors.joining(","));
            for (long i = 0; i < group.count(); i++) {
                ballots.add(pointed ? List.of(vote, points) : List.of(vote));
            }
        }
        var rows = new ArrayList<List<String>>();
        for (var ballot : ballots) {
            var row = new ArrayList<String>();
            row.add(String.valueOf(rows.size() + 1));
            row.addAll(ballot);
            rows.add(row);
        }
        return new Table(pointed ? List.of("voter_id", "vote", "points") : List.of("voter_id", "vote"), rows);
    }

    /** The best of a ranking first; otherwise projects in the order of the election. */
    private static List<Integer> order(Election election, Election.Group group) {
        var order = IntStream.range(0, group.projects().length).boxed();
        return election.voteType() == VoteType.ORDINAL
                ? order.sorted(Comparator.comparing((Integer i) -> -group.points()[i]))
                        .toList()
                : order.toList();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The value of a key of META, the first where it stands twice. */
    public Optional<String> meta(String key) {
        return meta.value(key, "value");
    }

    /** The same with {@code selected} set: 1 for these projects, 0 for all others. */
    public PabulibFile withSelection(Set<String> ids) {
        return withSelection(ids, Map.of());
    }

    /** The same with {@code selected} and these keys of META set. */
    public PabulibFile withSelection(Set<String> ids, Map<String, String> told) {
        var keeping = new Pabulib.Keeping();
        try {
            writeTo(new Selecting(keeping, ids, told));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return keeping.file();
    }

    void writeTo(Rows rows) throws IOException {
        write(Section.META, meta, rows);
        write(Section.PROJECTS, projects, rows);
        write(Section.VOTES, votes, rows);
        rows.end();
    }

    private static void write(Section section, Table table, Rows rows) throws IOException {
        rows.section(section.name(), table.columns());
        for (var row : table.rows()) {
            rows.row(row);
        }
    }
}
