package motette.allocation.pabulib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What ballots mean, and that nothing of a file is lost. */
class PabulibFileTest {

    // ── nothing is lost ──

    @Property(tries = 500)
    void a_file_written_and_read_again_is_the_same(@ForAll("files") PabulibFile file) throws IOException {
        var written = written(file);
        var again = Pabulib.file(new ByteArrayInputStream(written));
        assertThat(again).isEqualTo(file);
        assertThat(written(again)).isEqualTo(written);
        assertThat(new String(written, StandardCharsets.UTF_8)).startsWith("META\n");
    }

    @Property(tries = 200)
    void the_same_file_is_read_however_its_lines_end(@ForAll("plainFiles") PabulibFile file) throws IOException {
        var text = new String(written(file), StandardCharsets.UTF_8);
        for (var variant : List.of(
                text.replace("\n", "\r\n"),
                text.replace("\n", "\r"),
                text.replace("\n", "\n\n"),
                "\ufeff" + text,
                text.replace("; \"", ": \"").replace(";", " ;\t").replace(": \"", "; \""),
                text.stripTrailing())) {
            assertThat(Pabulib.file(new ByteArrayInputStream(variant.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(file);
        }
    }

    @Property(tries = 200)
    void every_cut_of_a_file_is_refused(@ForAll("plainFiles") PabulibFile file, @ForAll int where) throws IOException {
        var text = new String(written(file), StandardCharsets.UTF_8).stripTrailing();
        int lastRow = text.lastIndexOf('\n');
        int cut = Math.floorMod(where, lastRow + 1);
        assertThatThrownBy(() -> Pabulib.election(
                        new ByteArrayInputStream(text.substring(0, cut).getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(PabulibProblem.class);
    }

    /** Whatever bytes come, the answer is an election or a sentence. */
    @Property(tries = 1000)
    void damaged_files_are_read_or_refused(@ForAll("files") PabulibFile file, @ForAll int where, @ForAll byte what)
            throws IOException {
        var bytes = written(file);
        bytes[Math.floorMod(where, bytes.length)] = what;
        try {
            assertThat(Pabulib.election(new ByteArrayInputStream(bytes))
                            .election()
                            .voters())
                    .isEqualTo(file.votes().rows().size());
        } catch (PabulibProblem problem) {
            assertThat(problem.getMessage()).matches("line [1-9][0-9]*(, column [1-9][0-9]*)?: [^\\p{Cntrl}]+");
        }
    }

    @Provide
    Arbitrary<PabulibFile> files() {
        var nasty = textOf(";\"\n\r, \t'#=\\äß€🌳\u00a0\ufeff\u2028\u0001xyZ019-", 12);
        var special = Arbitraries.of(
                "VOTES", "votes", "META", " meta", "\"", "\"\"", ";", "\r\n", "#1: \"a\"; #2: b", "=1+1", "", " ");
        return filesOf(Arbitraries.oneOf(nasty, special));
    }

    @Provide
    Arbitrary<PabulibFile> plainFiles() {
        return filesOf(textOf("abcäß€🌳 -", 8).map(String::strip));
    }

    private static Arbitrary<String> textOf(String characters, int length) {
        var each = characters.codePoints().mapToObj(Character::toString).toList();
        return Arbitraries.of(each).list().ofMaxSize(length).map(some -> String.join("", some));
    }

    private static Arbitrary<PabulibFile> filesOf(Arbitrary<String> texts) {
        var names = texts.map(RowReader::trim).filter(name -> !name.isEmpty());
        var ids = names.map(name -> name.replace(",", "."))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(6);
        var voters = names.list().uniqueElements().ofMinSize(1).ofMaxSize(8);
        var keys = names.filter(key -> !Meta.DECIDING.contains(key))
                .list()
                .uniqueElements()
                .ofMaxSize(4);
        return Combinators.combine(
                        ids,
                        voters,
                        keys,
                        texts.list().ofSize(40),
                        Arbitraries.longs().between(1, 1L << 40))
                .as(PabulibFileTest::file);
    }

    private static PabulibFile file(
            List<String> ids, List<String> voters, List<String> keys, List<String> texts, long seed) {
        var meta = new ArrayList<List<String>>();
        IntStream.range(0, keys.size()).forEach(i -> meta.add(List.of(keys.get(i), texts.get(i))));
        meta.add(List.of("num_projects", String.valueOf(ids.size())));
        meta.add(List.of("num_votes", String.valueOf(voters.size())));
        meta.add(List.of("budget", "1000.50"));
        meta.add(List.of("vote_type", "approval"));
        var projects = IntStream.range(0, ids.size())
                .mapToObj(i -> List.of(ids.get(i), texts.get(4 + i), String.valueOf(i * 100)))
                .toList();
        var votes = IntStream.range(0, voters.size())
                .mapToObj(i -> List.of(
                        voters.get(i),
                        String.join(
                                ",",
                                IntStream.range(0, ids.size())
                                        .filter(project -> (seed >> (5 * i + project)) % 2 == 1)
                                        .mapToObj(ids::get)
                                        .toList()),
                        texts.get(20 + i)))
                .toList();
        return new PabulibFile(
                new Table(List.of("key", "value"), meta),
                new Table(List.of("project_id", "name", "cost"), projects),
                new Table(List.of("voter_id", "vote", "remark; \"odd\""), votes));
    }

    // ── what ballots mean ──

    @Example
    void a_ranking_counts_by_borda_from_max_length_down() throws IOException {
        var election = read(ballots("ordinal", "max_length;3\n", "voter_id;vote", "1;B,A", "2;C", "3;A,B,C"));
        assertThat(election.voteType()).isEqualTo(VoteType.ORDINAL);
        assertThat(election.groups())
                .extracting(group -> List.of(ints(group.projects()), longs(group.points())))
                .containsExactly(
                        List.of(List.of(0, 1), List.of(2L, 3L)),
                        List.of(List.of(0, 1, 2), List.of(3L, 2L, 1L)),
                        List.of(List.of(2), List.of(3L)));
    }

    @Example
    void a_ranking_without_max_length_counts_from_the_number_of_projects_down_and_never_below_one() throws IOException {
        assertThat(read(ballots("ordinal", "", "voter_id;vote", "1;B,A"))
                        .groups()
                        .getFirst()
                        .points())
                .containsExactly(2, 3);
        assertThat(read(ballots("ordinal", "max_length;1\n", "voter_id;vote", "1;B,A"))
                        .groups()
                        .getFirst()
                        .points())
                .containsExactly(1, 1);
        assertThat(read(ballots("ordinal", "max_length;3\n", "voter_id;vote", "1;B,B,A"))
                        .groups()
                        .getFirst()
                        .points())
                .containsExactly(2, 3);
    }

    @Example
    void points_are_exact_on_a_common_scale() throws IOException {
        var election = read(ballots("cumulative", "", "voter_id;vote;points", "1;A,B;2,3", "2;B;1.25", "3;A,C;0,0.50"));
        assertThat(election.pointScale()).isEqualTo(2);
        assertThat(election.groups())
                .extracting(group -> List.of(ints(group.projects()), longs(group.points())))
                .containsExactly(
                        List.of(List.of(0, 1), List.of(200L, 300L)),
                        List.of(List.of(1), List.of(125L)),
                        List.of(List.of(2), List.of(50L)));
    }

    @Example
    void ballots_that_give_the_same_points_are_one_group_however_they_are_written() throws IOException {
        var election = read(ballots("cumulative", "", "voter_id;vote;points", "1;A,B;2,3", "2;B,A;3.0,2", "3;C;0.5"));
        assertThat(election.groups()).hasSize(2);
        assertThat(election.groups().getFirst().count()).isEqualTo(2);
    }

    @Example
    void of_a_project_named_twice_the_first_points_count() throws IOException {
        var election = read(ballots("cumulative", "", "voter_id;vote;points", "1;A,B,A;2,3,4"));
        assertThat(election.groups().getFirst().points()).containsExactly(2, 3);
    }

    @Example
    void negative_scores_support_nothing_and_a_default_goes_to_projects_not_named() throws IOException {
        var scored = read(ballots("scoring", "", "voter_id;vote;points", "1;A,B;-2,3"));
        assertThat(scored.groups().getFirst().projects()).containsExactly(1);
        var defaulted = read(ballots("scoring", "default_score;0.5\n", "voter_id;vote;points", "1;A,B;-2,3", "2;;"));
        assertThat(defaulted.groups())
                .extracting(group -> List.of(ints(group.projects()), longs(group.points())))
                .containsExactly(
                        List.of(List.of(0, 1, 2), List.of(5L, 5L, 5L)), List.of(List.of(1, 2), List.of(30L, 5L)));
    }

    @Example
    void beneficiaries_were_once_called_target() throws IOException {
        var file = Pabulib.file(new ByteArrayInputStream(ballots("approval", "", "voter_id;vote", "1;A")
                .replace("project_id;cost", "project_id;cost;target")
                .replace("A;60", "A;60;children")
                .replace("B;50", "B;50;")
                .replace("C;40", "C;40;")
                .getBytes(StandardCharsets.UTF_8)));
        assertThat(file.projects().value("A", "beneficiaries")).contains("children");
    }

    // ── what the platform publishes ──

    private static final Map<String, String> TOLD = told(Map.of());

    private static Map<String, String> told(Map<String, String> more) {
        var told = new LinkedHashMap<String, String>();
        told.put("description", "Bürgerbudget; Süd");
        told.put("country", "Germany");
        told.put("unit", "Leipzig");
        told.put("instance", "2026");
        told.put("rule", "equalshares/add1u");
        told.put("date_begin", "01.03.2026");
        told.put("date_end", "31.03.2026");
        told.put("currency", "EUR");
        told.putAll(more);
        return told;
    }

    @Example
    void a_published_election_has_true_metadata() throws IOException {
        var election = Election.builder(new BigDecimal("1000.50"), VoteType.APPROVAL)
                .project("7", new BigDecimal("600"), "Bank; \"rot\"")
                .project("12", new BigDecimal("99.90"), "Baum")
                .ballot(2, 0, 1)
                .ballot(1, 1)
                .ballot(1)
                .build();
        var published = PabulibFile.of(election, TOLD);
        assertThat(new String(written(published), StandardCharsets.UTF_8)).isEqualTo("""
            META
            key;value
            description;"Bürgerbudget; Süd"
            country;Germany
            unit;Leipzig
            instance;2026
            num_projects;2
            num_votes;4
            budget;1000.5
            vote_type;approval
            rule;equalshares/add1u
            date_begin;01.03.2026
            date_end;31.03.2026
            currency;EUR
            PROJECTS
            project_id;cost;votes;name
            7;600;2;"Bank; ""rot""\"
            12;99.9;3;Baum
            VOTES
            voter_id;vote
            1;
            2;7,12
            3;7,12
            4;12
            """);
    }

    @Property(tries = 200)
    void a_published_election_is_read_as_the_same_election(
            @ForAll VoteType type, @ForAll("ballotsAtRandom") List<List<Integer>> ballots) throws IOException {
        var builder = Election.builder(BigDecimal.valueOf(1000), type);
        IntStream.range(0, 5).forEach(i -> builder.project("P" + i, BigDecimal.valueOf(100 + i), "Project " + i));
        builder.pointScale(type == VoteType.CUMULATIVE ? 1 : 0);
        for (var ballot : ballots) {
            var named = ballot.stream().mapToInt(Integer::intValue).toArray();
            if (type == VoteType.APPROVAL) {
                builder.ballot(1, named);
            } else {
                builder.ballot(
                        1,
                        named,
                        IntStream.range(0, named.length).mapToLong(i -> 5 - i).toArray());
            }
        }
        var election = builder.build();
        var again = read(new String(written(PabulibFile.of(election, TOLD)), StandardCharsets.UTF_8));
        assertThat(described(again)).isEqualTo(described(election));
    }

    @Property(tries = 100)
    void nobodys_place_in_a_published_file_tells_when_they_voted(
            @ForAll("ballotsAtRandom") List<List<Integer>> ballots, @ForAll java.util.Random chance)
            throws IOException {
        var shuffled = new ArrayList<>(ballots);
        java.util.Collections.shuffle(shuffled, chance);
        assertThat(written(PabulibFile.of(approvals(shuffled), TOLD)))
                .isEqualTo(written(PabulibFile.of(approvals(ballots), TOLD)));
    }

    @Provide
    Arbitrary<List<List<Integer>>> ballotsAtRandom() {
        return Arbitraries.integers()
                .between(0, 4)
                .list()
                .uniqueElements()
                .ofMaxSize(5)
                .list()
                .ofMaxSize(12);
    }

    private static Election approvals(List<List<Integer>> ballots) {
        var builder = Election.builder(BigDecimal.valueOf(1000), VoteType.APPROVAL);
        IntStream.range(0, 5).forEach(i -> builder.project("P" + i, BigDecimal.valueOf(100 + i), ""));
        ballots.forEach(ballot ->
                builder.ballot(1, ballot.stream().mapToInt(Integer::intValue).toArray()));
        return builder.build();
    }

    @Example
    void what_pabulib_asks_of_everybody_must_be_told() {
        var election = approvals(List.of());
        assertThatThrownBy(() -> PabulibFile.of(election, Map.of("description", "x")))
                .hasMessage("A published election needs country");
        assertThatThrownBy(() -> PabulibFile.of(election, told(Map.of("date_end", "2026-03-31"))))
                .hasMessage("date_end is '2026-03-31', neither dd.mm.yyyy nor yyyy");
        assertThatThrownBy(() -> PabulibFile.of(election, told(Map.of("currency", "Euro"))))
                .hasMessage("currency is 'Euro', not three letters of ISO 4217");
    }

    @Example
    void a_selection_fills_its_column_and_nothing_else() throws IOException {
        var file = PabulibFile.of(approvals(List.of(List.of(0))), TOLD);
        var selected = file.withSelection(Set.of("P1", "P3"), Map.of("rule", "greedy", "comment", "#1: drawn"));
        assertThat(selected.projects().columns()).endsWith("selected");
        assertThat(selected.projects().rows())
                .extracting(row -> row.getLast())
                .containsExactly("0", "1", "0", "1", "0");
        assertThat(selected.meta("rule")).contains("greedy");
        assertThat(selected.meta("comment")).contains("#1: drawn");
        assertThat(selected.votes()).isEqualTo(file.votes());
        var other = selected.withSelection(Set.of("P0"));
        assertThat(other.projects().columns()).isEqualTo(selected.projects().columns());
        assertThat(other.projects().value("P0", "selected")).contains("1");
        assertThat(other.projects().value("P1", "selected")).contains("0");
        var copied = new ByteArrayOutputStream();
        Pabulib.select(new ByteArrayInputStream(written(selected)), Set.of("P0"), Map.of(), copied);
        assertThat(copied.toByteArray()).isEqualTo(written(other));
    }

    @Example
    void a_table_that_no_file_could_hold_is_refused() {
        var columns = List.of("voter_id", "vote");
        for (var wrong : List.of(
                List.of("", "A"), List.of(" 1", "A"), List.of("1"), List.of("1", "A\0"), List.of("1", "\ud83c"))) {
            assertThatThrownBy(() -> new Table(columns, List.of(wrong))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Table(List.of("a", "a"), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void ids_of_any_length_and_script_are_told_apart() {
        var voters = new VoterIds();
        for (var id : List.of(
                "1", "01", "a".repeat(254), "a".repeat(255), "a".repeat(300), "ä".repeat(300), "ä", "Ã¤", "🌳")) {
            assertThat(voters.add(id.toCharArray(), 0, id.length())).isTrue();
        }
        for (int i = 100; i < 100_000; i++) {
            var id = "voter " + i;
            assertThat(voters.add(id.toCharArray(), 0, id.length())).isTrue();
            assertThat(voters.add(id.toCharArray(), 0, id.length())).isFalse();
        }
        for (var id : List.of(
                "1", "01", "a".repeat(254), "a".repeat(255), "a".repeat(300), "ä".repeat(300), "ä", "Ã¤", "🌳")) {
            assertThat(voters.add(id.toCharArray(), 0, id.length())).isFalse();
        }
    }

    private static String ballots(String type, String meta, String columns, String... rows) {
        return """
            META
            key;value
            num_projects;3
            num_votes;%d
            budget;100
            vote_type;%s
            %sPROJECTS
            project_id;cost
            A;60
            B;50
            C;40
            VOTES
            %s
            %s
            """.formatted(rows.length, type, meta, columns, String.join("\n", rows));
    }

    private static Election read(String text) throws IOException {
        return Pabulib.election(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .election();
    }

    private static byte[] written(PabulibFile file) throws IOException {
        var out = new ByteArrayOutputStream();
        Pabulib.write(file, out);
        return out.toByteArray();
    }

    private static List<Object> described(Election election) {
        return List.of(
                election.projects(),
                election.budget(),
                election.voteType(),
                election.voters(),
                election.groups().stream()
                        .map(group -> List.of(
                                group.count(),
                                ints(group.projects()),
                                java.util.Arrays.stream(group.points())
                                        .mapToObj(points -> BigDecimal.valueOf(points, election.pointScale())
                                                .stripTrailingZeros())
                                        .toList()))
                        .toList());
    }

    private static List<Integer> ints(int[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    private static List<Long> longs(long[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }
}
