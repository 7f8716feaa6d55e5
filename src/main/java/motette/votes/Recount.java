package motette.votes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.pabulib.PabulibFile;
import motette.allocation.pabulib.PabulibProblem;
import motette.votes.Round.RoundDistrict;
import motette.votes.RoundFiles.Paper;
import motette.votes.RoundFiles.Story;
import motette.votes.RoundFiles.Version;

/**
 * Counts a published round again from its files alone: every file against the manifest, the seed against its hash, ballots against
 * receipts, results and proposals against the ballots. What it cannot know: whether these are the files that were published. Whoever
 * wants to be sure compares the hash of the manifest with the one in the audit log.
 */
final class Recount {

    private static final Pattern RECEIPT = Pattern.compile("[0-9A-HJKMNP-TV-Z]{20}");

    private final Map<String, byte[]> given;
    private final SortedMap<String, byte[]> listed = new TreeMap<>();

    private Recount(Map<String, byte[]> given) {
        this.given = given;
    }

    /**
     * What came out.
     *
     * @param manifest SHA-256 of the manifest, lower-case hexadecimal; empty where it is not there
     * @param sentence one English sentence: what was checked, or what does not fit first
     */
    record Verdict(boolean intact, String manifest, String sentence) {}

    /** What does not fit; the sentence names it. */
    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Broken(String sentence) {
            super(sentence, null, false, false);
        }
    }

    static Verdict of(Map<String, byte[]> files) {
        var manifest = files.get(RoundFiles.MANIFEST);
        var hash = manifest == null ? "" : Lot.sha256(manifest);
        try {
            return new Verdict(true, hash, new Recount(files).counted());
        } catch (Broken broken) {
            return new Verdict(false, hash, String.valueOf(broken.getMessage()));
        }
    }

    private String counted() {
        readManifest();
        var result = json(RoundFiles.RESULT);
        var head = read(RoundFiles.RESULT, () -> Head.of(result.object("round")));
        demand(
                Arrays.equals(RoundFiles.manifest(head, listed), file(RoundFiles.MANIFEST)),
                "The manifest does not say what its files say.");
        checkSeed(head);
        var candidates = json(RoundFiles.CANDIDATES);
        var stories = read(RoundFiles.CANDIDATES, () -> stories(candidates));
        var exclusions = read(RoundFiles.CANDIDATES, () -> exclusions(candidates));
        checkReceipts(head);
        checkTurnout(head, result);
        long papers = 0;
        var districts = read(RoundFiles.RESULT, () -> result.objects("districts"));
        demand(!districts.isEmpty(), "result.json names no district.");
        demand(
                stories.stream()
                        .allMatch(story -> districts.stream()
                                .anyMatch(each ->
                                        story.districtKey().equals(each.all().get("key")))),
                "A candidate of candidates.json stands in a district that result.json does not name.");
        for (var district : districts) {
            papers += checkDistrict(head, district, stories, exclusions);
        }
        demand(
                head.furtherDistrict() && districts.size() > 1
                        ? papers >= head.ballots() && papers <= 2L * head.ballots()
                        : papers == head.ballots(),
                "The districts have " + papers + " ballots together, the round has " + head.ballots() + " receipts.");
        return "Intact: " + head.slug() + ", " + count(head.ballots(), "ballot") + " of "
                + count(head.voters(), "voter") + " in " + count(districts.size(), "district")
                + " counted again with the same result, proposed by the same rule, " + count(listed.size(), "file")
                + " as listed. SHA-256 of the manifest: " + Lot.sha256(file(RoundFiles.MANIFEST));
    }

    // ── files ──

    private void readManifest() {
        var manifest = json(RoundFiles.MANIFEST);
        demand(
                RoundFiles.FORMAT.equals(manifest.all().get("format")),
                "manifest.json is none of a round that this version knows.");
        var files = read(RoundFiles.MANIFEST, () -> manifest.objects("files"));
        for (var each : files) {
            var name = read(RoundFiles.MANIFEST, () -> each.text("name"));
            var content = given.get(name);
            demand(content != null, "The file " + name + " is missing.");
            demand(
                    Lot.sha256(Objects.requireNonNull(content))
                            .equals(read(RoundFiles.MANIFEST, () -> each.text("sha256"))),
                    "The file " + name + " was changed: it does not have the hash of the manifest.");
            demand(listed.put(name, content) == null, "The manifest names " + name + " twice.");
        }
    }

    private byte[] file(String name) {
        var content = name.equals(RoundFiles.MANIFEST) ? given.get(name) : listed.get(name);
        if (content == null) {
            throw new Broken(
                    name.equals(RoundFiles.MANIFEST)
                            ? "There is no manifest.json: this is no published round."
                            : "The manifest does not name " + name + ".");
        }
        return content;
    }

    private Json.Fields json(String name) {
        var content = file(name);
        return read(name, () -> Json.read(content));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get();
    }

    private static <T> T read(String name, Reading<T> reading) {
        try {
            return reading.get();
        } catch (Json.Unfit unfit) {
            throw new Broken(name + " " + unfit.getMessage() + ".");
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException | ClassCastException unfit) {
            throw new Broken(name + " holds a value that cannot be.");
        }
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    // ── what the round says of itself ──

    private void checkSeed(Head head) {
        demand(
                new String(file(RoundFiles.SEED), StandardCharsets.ISO_8859_1).equals(head.tieSeed() + "\n"),
                "seed.txt is not the seed of result.json.");
        var seed = read(RoundFiles.RESULT, () -> HexFormat.of().parseHex(head.tieSeed()));
        demand(
                Lot.sha256(seed).equals(head.tieHash()),
                "The seed does not have the hash that was announced: the order of ties was not fixed before.");
    }

    private static List<Story> stories(Json.Fields candidates) {
        var stories = new ArrayList<Story>();
        for (var each : candidates.objects("candidates")) {
            var versions = each.objects("versions").stream()
                    .map(version -> new Version(
                            Math.toIntExact(version.number("version")),
                            version.text("title"),
                            version.text("description"),
                            version.number("costCents"),
                            java.time.Instant.parse(version.text("madeAt")),
                            version.text("reason")))
                    .toList();
            for (int i = 0; i < versions.size(); i++) {
                demand(
                        versions.get(i).version() == i + 1,
                        "The versions of candidate " + each.number("number") + " are not numbered one after another.");
            }
            demand(!versions.isEmpty(), "Candidate " + each.number("number") + " has no version.");
            stories.add(new Story(
                    Math.toIntExact(each.number("number")),
                    each.text("district"),
                    each.number("idea"),
                    versions,
                    each.text("withdrawn")));
        }
        demand(
                stories.stream().map(Story::number).distinct().count() == stories.size(),
                "Two candidates bear the same number.");
        return stories;
    }

    private static List<Set<Integer>> exclusions(Json.Fields candidates) {
        var exclusions = new ArrayList<Set<Integer>>();
        for (var pair : candidates.list("exclusions")) {
            if (!(pair instanceof List<?> numbers) || numbers.size() != 2) {
                throw new Json.Unfit("has an exclusion that is no pair");
            }
            exclusions.add(numbers.stream()
                    .map(number -> Math.toIntExact((Long) number))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        return exclusions;
    }

    private void checkReceipts(Head head) {
        var text = new String(file(RoundFiles.RECEIPTS), StandardCharsets.ISO_8859_1);
        demand(text.isEmpty() || text.endsWith("\n"), "receipts.txt is cut off.");
        var codes = text.isEmpty() ? List.<String>of() : Arrays.asList(text.split("\n"));
        var before = "";
        for (var code : codes) {
            demand(RECEIPT.matcher(code).matches(), "receipts.txt has a line that is no receipt.");
            demand(before.compareTo(code) < 0, "receipts.txt is out of order, or has a receipt twice.");
            before = code;
        }
        demand(
                codes.size() == head.ballots(),
                "There are " + count(codes.size(), "receipt") + " for " + count(head.ballots(), "ballot") + ".");
    }

    private static void checkTurnout(Head head, Json.Fields result) {
        demand(head.ballots() <= 2L * head.voters(), "There are more ballots than voters can have cast.");
        for (var kind : List.of("channels", "ages", "quarters")) {
            var groups = read(RoundFiles.RESULT, () -> result.object("turnout").object(kind));
            long sum = read(
                    RoundFiles.RESULT,
                    () -> groups.objects("groups").stream()
                                    .mapToLong(group -> group.number("voters"))
                                    .sum()
                            + groups.number("others"));
            demand(
                    sum == 0 || sum == head.voters(),
                    "The " + kind + " of the turnout have " + sum + " voters, the round has " + head.voters() + ".");
        }
    }

    // ── a district ──

    /** @return how many ballots it has */
    private long checkDistrict(Head head, Json.Fields told, List<Story> stories, List<Set<Integer>> exclusions) {
        var place = read(
                RoundFiles.RESULT,
                () -> new RoundDistrict(
                        told.text("key"), told.text("name"), told.text("slug"), told.number("budgetCents")));
        var name = RoundFiles.name(head, place);
        var candidates = stories.stream()
                .filter(story -> story.districtKey().equals(place.key()))
                .map(Story::candidate)
                .toList();
        var file = pabulib(name);
        var papers = papers(head, name, file, candidates);
        var layOut = layOut(head, place, candidates, exclusions, papers);
        checkMeta(head, place, name, file);
        checkProjects(head, name, file, layOut);
        var expected = RoundFiles.district(head, place, layOut);
        compare(place.name(), expected, told.all());
        return papers.size();
    }

    private PabulibFile pabulib(String name) {
        try {
            return Pabulib.file(new ByteArrayInputStream(file(name)));
        } catch (PabulibProblem | CharacterCodingException problem) {
            throw new Broken(name + " cannot be read: " + problem.getMessage());
        } catch (IOException impossible) {
            throw new Broken(name + " cannot be read.");
        }
    }

    private static LayOut layOut(
            Head head,
            RoundDistrict place,
            List<Candidate> candidates,
            List<Set<Integer>> exclusions,
            List<Paper> papers) {
        try {
            return LayOut.of(
                    head.terms(exclusions), place.budgetCents(), candidates, RoundFiles.District.counted(papers));
        } catch (IllegalArgumentException | ArithmeticException contradiction) {
            throw new Broken("The rule cannot be run for " + place.name() + ": " + contradiction.getMessage() + ".");
        }
    }

    private static List<Paper> papers(Head head, String name, PabulibFile file, List<Candidate> candidates) {
        var standing = numbers(candidates, true);
        var withdrawn = numbers(candidates, false);
        var table = file.votes();
        int vote = table.columns().indexOf("vote");
        int points = table.columns().indexOf("points");
        int voids = table.columns().indexOf("void");
        int method = table.columns().indexOf("voting_method");
        var papers = new ArrayList<Paper>();
        for (var row : table.rows()) {
            var place = name + ", ballot " + row.getFirst();
            demand(row.getFirst().equals(String.valueOf(papers.size() + 1)), place + ": the numbers have a gap.");
            try {
                var choice = new TreeMap<Integer, Integer>();
                var names = numbers(row.get(vote));
                var given = points < 0 ? names.stream().map(each -> 1).toList() : numbers(row.get(points));
                demand(names.size() == given.size(), place + ": votes and points differ in number.");
                for (int i = 0; i < names.size(); i++) {
                    demand(standing.contains(names.get(i)), place + ": " + names.get(i) + " is no candidate here.");
                    demand(
                            choice.put(names.get(i), given.get(i)) == null,
                            place + ": names " + names.get(i) + " twice.");
                }
                if (voids >= 0) {
                    Choice.parse(row.get(voids)).points().forEach((number, each) -> {
                        demand(withdrawn.contains(number), place + ": " + number + " is not withdrawn.");
                        choice.put(number, each);
                    });
                }
                demand(
                        choice.values().stream().allMatch(each -> each >= 1 && each <= head.most()),
                        place + ": gives more or fewer points than the round allows.");
                papers.add(new Paper(method < 0 ? "" : row.get(method), new Choice(choice)));
            } catch (IllegalArgumentException unreadable) {
                throw new Broken(place + ": cannot be read.");
            }
        }
        demand(
                method < 0 || RoundFiles.tellsMethods(papers),
                name + " tells how few people voted, which could give them away.");
        return papers;
    }

    private static Set<Integer> numbers(List<Candidate> candidates, boolean standing) {
        return candidates.stream()
                .filter(candidate -> candidate.stands() == standing)
                .map(Candidate::number)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static void checkMeta(Head head, RoundDistrict place, String name, PabulibFile file) {
        var expected = new LinkedHashMap<String, String>();
        expected.put("instance", head.slug());
        expected.put(
                "budget", LayOut.euros(place.budgetCents()).stripTrailingZeros().toPlainString());
        expected.put("vote_type", head.form() == BallotForm.POINTS ? "scoring" : "approval");
        expected.forEach((key, value) -> demand(
                file.meta(key).equals(java.util.Optional.of(value)),
                name + ": " + key + " is " + file.meta(key).orElse("missing") + ", not " + value + "."));
    }

    private static void checkProjects(Head head, String name, PabulibFile file, LayOut layOut) {
        var lines = layOut.lines().stream()
                .filter(line -> line.candidate().stands())
                .toList();
        var rows = file.projects().rows();
        demand(
                rows.size() == lines.size(),
                name + " has " + rows.size() + " projects, " + lines.size() + " candidates stand.");
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var row = rows.get(i);
            check(name, file, row, "project_id", String.valueOf(line.candidate().number()));
            check(
                    name,
                    file,
                    row,
                    "cost",
                    LayOut.euros(line.candidate().costCents())
                            .stripTrailingZeros()
                            .toPlainString());
            check(name, file, row, "votes", String.valueOf(line.votes()));
            if (head.form() == BallotForm.POINTS) {
                check(name, file, row, "score", String.valueOf(line.points()));
            }
            check(name, file, row, "name", line.candidate().title());
            check(name, file, row, "selected", line.proposed() ? "1" : "0");
        }
    }

    private static void check(String name, PabulibFile file, List<String> row, String column, String counted) {
        var told = file.projects().column(column).map(row::get).orElse("nothing");
        demand(
                told.equals(counted),
                name + ": the " + column + " of project " + row.getFirst() + " is " + told + ", but the recount says "
                        + counted + ".");
    }

    /** Everything the recount knows has to be told so; the first thing that differs is named. */
    private static void compare(String where, Map<String, ?> expected, Map<String, ?> told) {
        expected.forEach((key, value) -> {
            var other = told.get(key);
            if (value instanceof List<?> lines) {
                demand(
                        other instanceof List<?> others && others.size() == lines.size(),
                        where + ": result.json has another number of " + key + ".");
                var others = (List<?>) Objects.requireNonNull(other);
                for (int i = 0; i < lines.size(); i++) {
                    var line = map(lines.get(i));
                    compare(where + ", candidate " + line.get("number"), line, map(others.get(i)));
                }
            } else {
                var counted = value instanceof Number number ? (Object) number.longValue() : value;
                demand(
                        counted.equals(other),
                        where + ": " + key + " is " + other + " in result.json, but the recount says " + counted + ".");
            }
        });
    }

    private static Map<String, Object> map(Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }
}
