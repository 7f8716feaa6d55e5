package motette.allocation.pabulib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import motette.allocation.RuleNames;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Checks;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Rules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Elections that others published and allocated, where a folder of them is at hand: {@code MOTETTE_PABULIB} names it. It holds
 * {@code .pb} files, {@code cases/*.json} with expected outcomes and {@code malformed/manifest.json}. Without it, the same five
 * defects are looked for in files of our own.
 */
class PublishedElectionsTest {

    private static final Path OWN = Path.of("src/test/resources/allocation/malformed");

    @TestFactory
    List<DynamicTest> outcomes_are_those_that_independent_programs_found() throws IOException {
        var folder = folder();
        try (var cases = Files.list(folder.resolve("cases"))) {
            return cases.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            String.valueOf(file.getFileName()), () -> check(folder, json(file))))
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> files_at_fault_are_refused_and_others_are_not() throws IOException {
        var folder = folder().resolve("malformed");
        return list(field(json(folder.resolve("manifest.json")), "cases")).stream()
                .map(each -> DynamicTest.dynamicTest(String.valueOf(each.get("defect")), () -> malformed(folder, each)))
                .toList();
    }

    @Test
    void every_published_file_is_read_and_written_without_loss() throws IOException {
        try (var files = Files.list(folder())) {
            for (var path :
                    files.filter(file -> file.toString().endsWith(".pb")).toList()) {
                var file = Pabulib.file(path);
                var out = new ByteArrayOutputStream();
                Pabulib.write(file, out);
                assertThat(Pabulib.file(new ByteArrayInputStream(out.toByteArray())))
                        .as(path.toString())
                        .isEqualTo(file);
            }
        }
    }

    @Test
    void files_of_our_own_with_these_faults_are_refused_in_these_words() throws IOException {
        refused(
                "no_votes_section.pb",
                PabulibProblem.Kind.MISSING_SECTION,
                "line 11: the file ends without a section VOTES");
        refused(
                "empty_cost.pb",
                PabulibProblem.Kind.BAD_NUMBER,
                "line 11, column 3: the cost of project B is empty; write a number of zero or more");
        refused("no_budget.pb", PabulibProblem.Kind.MISSING_KEY, "line 7, column 1: META ends here without budget");
        refused(
                "count_mismatch.pb",
                PabulibProblem.Kind.COUNT_MISMATCH,
                "line 4, column 14: num_projects is 3, but PROJECTS has 2 rows; the file was cut off or changed");
        var bytes = Files.readAllBytes(OWN.resolve("byte_order_mark_and_crlf.pb"));
        assertThat(bytes).startsWith(0xef, 0xbb, 0xbf).endsWith('\r', '\n');
        assertThat(funded(Rules.allocate(
                        Pabulib.election(new ByteArrayInputStream(bytes)).election(), Rule.of(Method.GREEDY_VOTES))))
                .containsExactly("B");
    }

    private static void refused(String file, PabulibProblem.Kind kind, String message) {
        var problem = catchThrowableOfType(PabulibProblem.class, () -> Pabulib.election(OWN.resolve(file)));
        assertThat(problem).hasMessage(message);
        assertThat(problem.kind()).isEqualTo(kind);
    }

    private static void check(Path folder, Map<?, ?> told) throws IOException {
        var reading = Pabulib.election(folder.resolve(String.valueOf(told.get("file"))));
        var allocation = Rules.allocate(reading.election(), rule(told));
        var expected = (Map<?, ?>) field(told, "expected");
        if (Boolean.FALSE.equals(expected.get("unique"))) {
            assertThat(allocation.totalCost())
                    .isLessThanOrEqualTo(reading.election().budget());
        } else {
            assertThat(funded(allocation)).isEqualTo(ids(expected, "selected"));
            assertThat(allocation.totalCost()).isEqualByComparingTo(String.valueOf(expected.get("totalCost")));
        }
        assertThat(Checks.of(allocation).findings()).isEmpty();
    }

    private static Rule rule(Map<?, ?> told) {
        var plain = Rule.of(choice(Method.class, told, "rule", Method.EQUAL_SHARES))
                .with(choice(Utility.class, told, "utility", Utility.COST))
                .with(choice(Completion.class, told, "completion", Completion.NONE))
                .with(choice(Start.class, told, "start", Start.INTEGRAL))
                .with(choice(Stop.class, told, "stop", Stop.EXHAUSTIVE));
        return told.get("increment") == null
                ? plain
                : plain.withIncrement(new BigDecimal(String.valueOf(told.get("increment"))));
    }

    private static <E extends Enum<E>> E choice(Class<E> choices, Map<?, ?> told, String key, E otherwise) {
        return RuleNames.find(choices, String.valueOf(told.get(key))).orElse(otherwise);
    }

    private static void malformed(Path folder, Map<?, ?> told) throws IOException {
        var file = folder.resolve(String.valueOf(told.get("file")));
        if ("reject".equals(told.get("expect"))) {
            var problem = catchThrowableOfType(PabulibProblem.class, () -> Pabulib.election(file));
            assertThat(problem.kind().name()).isEqualTo(told.get("errorKind"));
            if (told.containsKey("line")) {
                assertThat(problem.line()).isEqualTo(told.get("line"));
            }
        } else {
            var rule = Rule.of(choice(Method.class, told, "rule", Method.GREEDY_VOTES));
            var allocation = Rules.allocate(Pabulib.election(file).election(), rule);
            assertThat(funded(allocation)).isEqualTo(ids(told, "expectedSelected"));
        }
    }

    private static TreeSet<String> funded(Allocation allocation) {
        var ids = new TreeSet<String>();
        allocation
                .selected()
                .forEach(project ->
                        ids.add(allocation.election().project(project).id()));
        return ids;
    }

    private static Path folder() {
        var folder = System.getenv("MOTETTE_PABULIB");
        assumeThat(folder).as("MOTETTE_PABULIB").isNotNull();
        return Path.of(folder);
    }

    /** JSON is YAML, and a reader of that is at hand. */
    private static Map<?, ?> json(Path file) throws IOException {
        return new Yaml(new LoaderOptions()).load(Files.readString(file));
    }

    private static Object field(Map<?, ?> told, String key) {
        return Objects.requireNonNull(told.get(key), key);
    }

    private static TreeSet<String> ids(Map<?, ?> told, String key) {
        var ids = new TreeSet<String>();
        ((List<?>) field(told, key)).forEach(id -> ids.add(String.valueOf(id)));
        return ids;
    }

    private static List<Map<?, ?>> list(Object value) {
        return ((List<?>) value)
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }
}
