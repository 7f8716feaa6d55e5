package motette.votes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import motette.allocation.RuleNames;
import motette.allocation.RuleSet;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.pabulib.PabulibFile;
import motette.allocation.pabulib.Table;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;
import motette.shared.Time;
import motette.votes.Round.RoundDistrict;

/**
 * The files in which a round is published. They follow from what was counted alone: the same rows give the same bytes, and whoever
 * has the files can recount without the portal ({@link Recount}). What stands in which is told in {@code src/docs/recounting.md}.
 */
final class RoundFiles {

    static final String MANIFEST = "manifest.json";
    static final String RESULT = "result.json";
    static final String CANDIDATES = "candidates.json";
    static final String RECEIPTS = "receipts.txt";
    static final String SEED = "seed.txt";
    static final String FORMAT = "motette-round-1";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

    private final Head head;
    private final String city;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private RoundFiles(Head head, String city) {
        this.head = head;
        this.city = city;
    }

    /** A ballot of a district as it is published; {@code choice} with what was ticked of withdrawn candidates. */
    record Paper(String method, Choice choice) {}

    /** @param papers in the order of their lot */
    record District(RoundDistrict place, List<Paper> papers, LayOut layOut) {

        static Map<Choice, Long> counted(List<Paper> papers) {
            var counted = new HashMap<Choice, Long>();
            papers.forEach(paper -> counted.merge(paper.choice(), 1L, Long::sum));
            return counted;
        }
    }

    /** A version of a candidate, with the reason of the change. */
    record Version(int version, String title, String description, long costCents, Instant madeAt, String reason) {}

    /**
     * A candidate with its story.
     *
     * @param withdrawn why; empty where it stands
     */
    record Story(int number, String districtKey, long ideaNumber, List<Version> versions, String withdrawn) {

        Candidate candidate() {
            var last = versions.getLast();
            return new Candidate(
                    number,
                    districtKey,
                    ideaNumber,
                    last.version(),
                    last.title(),
                    last.description(),
                    last.costCents(),
                    withdrawn.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(withdrawn));
        }
    }

    /** Groups of voters that the public reads. */
    record Turnout(Groups channels, Groups ages, Groups quarters) {

        Map<String, Object> map() {
            var map = new LinkedHashMap<String, Object>();
            map.put("channels", map(channels));
            map.put("ages", map(ages));
            map.put("quarters", map(quarters));
            return map;
        }

        private static Map<String, Object> map(Groups groups) {
            var map = new LinkedHashMap<String, Object>();
            map.put(
                    "groups",
                    groups.told().stream()
                            .map(group -> {
                                var each = new LinkedHashMap<String, Object>();
                                each.put("key", group.key());
                                each.put("voters", group.people());
                                return each;
                            })
                            .toList());
            map.put("others", groups.rest());
            return map;
        }
    }

    /**
     * All files by name, the manifest among them.
     *
     * @param receipts in the order of the alphabet
     * @param further  what else is published with it, as the protocol
     */
    static SortedMap<String, byte[]> of(
            Head head,
            String city,
            List<Story> stories,
            List<Set<Integer>> exclusions,
            List<District> districts,
            Turnout turnout,
            List<String> receipts,
            Map<String, byte[]> further) {
        var files = new RoundFiles(head, city);
        districts.forEach(district -> files.put(name(head, district.place()), files.pabulib(district, exclusions)));
        files.put(SEED, text(head.tieSeed() + "\n"));
        files.put(RECEIPTS, text(receipts.stream().map(code -> code + "\n").collect(Collectors.joining())));
        files.put(CANDIDATES, Json.bytes(candidates(stories, exclusions)));
        files.put(RESULT, Json.bytes(files.result(districts, turnout)));
        further.forEach(files::put);
        files.put(MANIFEST, manifest(head, files.files));
        return files.files;
    }

    /** The list of all other files with their hashes. */
    static byte[] manifest(Head head, SortedMap<String, byte[]> files) {
        var map = new LinkedHashMap<String, Object>();
        map.put("format", FORMAT);
        map.put("round", head.slug());
        map.put("title", head.title());
        map.put("countedAt", head.countedAt());
        map.put("ballots", head.ballots());
        var list = new ArrayList<Map<String, Object>>();
        files.forEach((name, content) -> {
            var file = new LinkedHashMap<String, Object>();
            file.put("name", name);
            file.put("bytes", content.length);
            file.put("sha256", Lot.sha256(content));
            list.add(file);
        });
        map.put("files", list);
        return Json.bytes(map);
    }

    static String name(Head head, RoundDistrict place) {
        return head.slug() + "-" + place.slug() + ".pb";
    }

    private void put(String name, byte[] content) {
        if (files.put(name, content) != null) {
            throw new IllegalArgumentException("Two files named " + name);
        }
    }

    // ── what came out ──

    private Map<String, Object> result(List<District> districts, Turnout turnout) {
        var map = new LinkedHashMap<String, Object>();
        map.put("format", FORMAT);
        map.put("round", head.map());
        map.put("turnout", turnout.map());
        map.put(
                "districts",
                districts.stream()
                        .map(district -> district(head, district.place(), district.layOut()))
                        .toList());
        return map;
    }

    static Map<String, Object> district(Head head, RoundDistrict place, LayOut layOut) {
        var map = new LinkedHashMap<String, Object>();
        map.put("key", place.key());
        map.put("slug", place.slug());
        map.put("name", place.name());
        map.put("budgetCents", place.budgetCents());
        map.put("file", name(head, place));
        map.put("ballots", layOut.ballots());
        map.put("blank", layOut.blank());
        map.put("proposedCents", layOut.spentCents());
        map.put(
                "candidates",
                layOut.lines().stream()
                        .map(line -> line(line, head.form() == BallotForm.POINTS))
                        .toList());
        return map;
    }

    private static Map<String, Object> line(LayOut.Line line, boolean points) {
        var map = new LinkedHashMap<String, Object>();
        map.put("number", line.candidate().number());
        map.put("idea", line.candidate().ideaNumber());
        map.put("title", line.candidate().title());
        map.put("costCents", line.candidate().costCents());
        map.put("votes", line.votes());
        if (points) {
            map.put("points", line.points());
        }
        map.put("proposed", line.proposed());
        map.put("turn", line.turn());
        map.put("reason", line.reason());
        return map;
    }

    private static Map<String, Object> candidates(List<Story> stories, List<Set<Integer>> exclusions) {
        var map = new LinkedHashMap<String, Object>();
        map.put("format", FORMAT);
        map.put("candidates", stories.stream().map(RoundFiles::story).toList());
        map.put(
                "exclusions",
                exclusions.stream().map(pair -> pair.stream().sorted().toList()).toList());
        return map;
    }

    private static Map<String, Object> story(Story story) {
        var map = new LinkedHashMap<String, Object>();
        map.put("number", story.number());
        map.put("district", story.districtKey());
        map.put("idea", story.ideaNumber());
        map.put("withdrawn", story.withdrawn());
        map.put(
                "versions",
                story.versions().stream()
                        .map(version -> {
                            var each = new LinkedHashMap<String, Object>();
                            each.put("version", version.version());
                            each.put("title", version.title());
                            each.put("description", version.description());
                            each.put("costCents", version.costCents());
                            each.put("madeAt", version.madeAt());
                            each.put("reason", version.reason());
                            return each;
                        })
                        .toList());
        return map;
    }

    // ── ballots ──

    private byte[] pabulib(District district, List<Set<Integer>> exclusions) {
        var out = new ByteArrayOutputStream();
        try {
            Pabulib.write(new PabulibFile(meta(district, exclusions), projects(district), votes(district)), out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Table meta(District district, List<Set<Integer>> exclusions) {
        var standing = standing(district);
        var meta = new LinkedHashMap<String, String>();
        meta.put("description", head.title() + ", " + district.place().name());
        meta.put("country", "Germany");
        meta.put("unit", city);
        meta.put("subunit", district.place().name());
        meta.put("instance", head.slug());
        meta.put("num_projects", String.valueOf(standing.size()));
        meta.put("num_votes", String.valueOf(district.papers().size()));
        meta.put("budget", plain(LayOut.euros(district.place().budgetCents())));
        meta.put("vote_type", head.form() == BallotForm.POINTS ? "scoring" : "approval");
        meta.put("rule", RuleNames.pabulib(rule()));
        meta.put("date_begin", day(head.opensAt()));
        meta.put("date_end", day(head.closesAt().minusMillis(1)));
        meta.put("language", "de");
        meta.put("edition", "1");
        meta.put("currency", "EUR");
        meta.put("min_length", "0");
        meta.put("max_length", String.valueOf(standing.size()));
        if (head.form() == BallotForm.BUDGET) {
            meta.put("max_sum_cost", plain(LayOut.euros(district.place().budgetCents())));
        } else if (head.form() == BallotForm.POINTS) {
            meta.put("min_points", "0");
            meta.put("max_points", String.valueOf(head.mostPoints()));
            meta.put("default_score", "0");
        }
        if (head.leastVotes() > 1) {
            meta.put("min_project_score_threshold", String.valueOf(head.leastVotes()));
        }
        meta.put("comment", comment(district, exclusions));
        return new Table(
                List.of("key", "value"),
                meta.entrySet().stream()
                        .map(each -> List.of(each.getKey(), each.getValue()))
                        .toList());
    }

    private motette.allocation.rules.Rule rule() {
        var none = Election.builder(BigDecimal.ONE, VoteType.APPROVAL).build();
        return RuleSet.rule(head.rule(), none).orElseThrow().withMinVotes(head.leastVotes());
    }

    /** In no reader's language but the city's. */
    private String comment(District district, List<Set<Integer>> exclusions) {
        var numbers = district.layOut().lines().stream()
                .map(line -> line.candidate().number())
                .toList();
        var comment = new StringBuilder(
                        "Gleichstand: mehr Stimmen, dann niedrigere Kosten, dann das Los aus seed.txt: ")
                .append("aufsteigend nach SHA-256 von Startwert, Doppelpunkt und Nummer.");
        exclusions.stream()
                .filter(numbers::containsAll)
                .forEach(pair -> comment.append(" Nur eins von beiden: ")
                        .append(pair.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")))
                        .append('.'));
        var withdrawn = district.layOut().lines().stream()
                .filter(line -> !line.candidate().stands())
                .map(line -> String.valueOf(line.candidate().number()))
                .collect(Collectors.joining(", "));
        if (!withdrawn.isEmpty()) {
            comment.append(" Zurückgezogen, zählt nicht und steht nur in der Spalte void: ")
                    .append(withdrawn)
                    .append('.');
        }
        return comment.toString();
    }

    private Table projects(District district) {
        boolean points = head.form() == BallotForm.POINTS;
        var columns = new ArrayList<>(List.of("project_id", "cost", "votes"));
        if (points) {
            columns.add("score");
        }
        columns.addAll(List.of("name", "selected", "idea"));
        var rows = new ArrayList<List<String>>();
        for (var line : district.layOut().lines()) {
            if (line.candidate().stands()) {
                var row = new ArrayList<String>();
                row.add(String.valueOf(line.candidate().number()));
                row.add(plain(LayOut.euros(line.candidate().costCents())));
                row.add(String.valueOf(line.votes()));
                if (points) {
                    row.add(String.valueOf(line.points()));
                }
                row.add(line.candidate().title());
                row.add(line.proposed() ? "1" : "0");
                row.add(String.valueOf(line.candidate().ideaNumber()));
                rows.add(row);
            }
        }
        return new Table(columns, rows);
    }

    private Table votes(District district) {
        boolean points = head.form() == BallotForm.POINTS;
        boolean methods = tellsMethods(district.papers());
        var standing = standing(district);
        boolean voids = standing.size() < district.layOut().lines().size();
        var columns = new ArrayList<>(List.of("voter_id", "vote"));
        if (points) {
            columns.add("points");
        }
        if (methods) {
            columns.add("voting_method");
        }
        if (voids) {
            columns.add("void");
        }
        var rows = new ArrayList<List<String>>();
        for (var paper : district.papers()) {
            var counts = paper.choice().only(standing::contains);
            var row = new ArrayList<String>();
            row.add(String.valueOf(rows.size() + 1));
            row.add(joined(counts.points().keySet()));
            if (points) {
                row.add(joined(counts.points().values()));
            }
            if (methods) {
                row.add(paper.method());
            }
            if (voids) {
                row.add(paper.choice()
                        .only(number -> !standing.contains(number))
                        .text());
            }
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    /** Only where so many voted in each way that nobody stands out. */
    static boolean tellsMethods(List<Paper> papers) {
        var ways = papers.stream().collect(Collectors.groupingBy(Paper::method, Collectors.counting()));
        return ways.size() > 1 && ways.values().stream().allMatch(count -> count >= Groups.LEAST);
    }

    private static Set<Integer> standing(District district) {
        return district.layOut().lines().stream()
                .map(LayOut.Line::candidate)
                .filter(Candidate::stands)
                .map(Candidate::number)
                .collect(Collectors.toSet());
    }

    private static String joined(java.util.Collection<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String day(Instant instant) {
        return DAY.format(LocalDate.ofInstant(instant, Time.ZONE));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
