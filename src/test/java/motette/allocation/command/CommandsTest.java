package motette.allocation.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import motette.allocation.pabulib.Pabulib;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes of their own: what they print, what they say, and how they end. */
class CommandsTest {

    private static final String EXAMPLE = "src/test/resources/allocation/worked_example.pb";
    private static final Path MALFORMED = Path.of("src/test/resources/allocation/malformed");

    private static final String LOG_KEY = "a98dbe52d22bffe094865c157ed96dda59004418421fae4662b89ab4e66ff23c";

    private record Ended(int code, String out, String err) {

        Ended says(int expected, String sentence) {
            assertThat(err).isEqualTo(sentence + "\n");
            assertThat(out).isEmpty();
            assertThat(code).isEqualTo(expected);
            return this;
        }
    }

    @TempDir
    Path folder;

    // ── results ──

    @Test
    void a_result_is_json_and_the_same_bytes_every_time() throws Exception {
        var first = run("allocate", EXAMPLE, "--rule", "equal-shares");
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        assertThat(first.out())
                .startsWith(
                        "{\"rule\":\"equal-shares\",\"utility\":\"cost\",\"completion\":\"add1u\",\"start\":\"integral\","
                            + "\"increment\":1,\"stop\":\"exhaustive\",\"tieBreak\":\"votes-cost-id\",")
                .contains(
                        "\"selected\":[\"1\",\"4\",\"3\"],\"totalCost\":1000,\"left\":0,",
                        "\"explanation\":\"Finanziert in Runde 1")
                .endsWith("}\n");
        assertThat(run("allocate", "--rule=equal-shares", EXAMPLE)).isEqualTo(first);
        assertThat(runWith(Files.readAllBytes(Path.of(EXAMPLE)), "allocate", "-", "--rule", "equal-shares"))
                .isEqualTo(first);
    }

    @Test
    void flags_reach_the_rule() throws Exception {
        assertThat(run(
                                "allocate",
                                EXAMPLE,
                                "--rule",
                                "equal-shares",
                                "--completion",
                                "none",
                                "--utility",
                                "cardinality",
                                "--tie-break",
                                "4,1",
                                "--min-votes",
                                "3",
                                "--fix-out",
                                "4",
                                "--exclusive",
                                "1,2",
                                "--budget",
                                "999.50",
                                "--language",
                                "en")
                        .out())
                .startsWith("{\"rule\":\"equal-shares\",\"utility\":\"cardinality\",\"completion\":\"none\","
                        + "\"tieBreak\":[\"4\",\"1\"],\"minVotes\":3,"
                        + "\"limits\":{\"in\":[],\"out\":[\"4\"],\"exclusive\":[[\"1\",\"2\"]]},")
                .contains("\"budget\":999.5,", "\"language\":\"en\"", "this was decided before the vote");
        var lot = Files.writeString(folder.resolve("lot.txt"), "3\n4\n\n1\n2\n");
        assertThat(run("allocate", EXAMPLE, "--rule", "greedy-votes", "--no-skip", "--tie-break", "@" + lot)
                        .out())
                .startsWith("{\"rule\":\"greedy-votes\",\"tieBreak\":[\"3\",\"4\",\"1\",\"2\"],\"skip\":false,");
    }

    @Test
    void a_table_for_people_has_every_project_with_its_reason() throws Exception {
        var ended = run("allocate", EXAMPLE, "--rule", "greedy-votes", "--format", "text", "--language", "en");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains(
                        "2 funded ideas\n", "  1  €500  7 votes  Spielplatz\n", "2 ideas not funded\n", "Not funded: ");
    }

    @Test
    void a_file_with_the_selection_is_a_file_again() throws Exception {
        var direct = run(
                "allocate",
                EXAMPLE,
                "--rule",
                "greedy-votes",
                "--min-votes",
                "4",
                "--format",
                "pb",
                "--budget",
                "1000.5");
        assertThat(direct.err()).isEmpty();
        assertThat(direct.out())
                .contains(
                        "rule;greedy-threshold\n",
                        "budget;1000.5\n",
                        "min_project_score_threshold;4\nPROJECTS\n",
                        "project_id;cost;votes;name;selected\n"
                                + "1;500;7;Spielplatz;1\n"
                                + "2;400;5;Bäume;1\n"
                                + "3;300;2;Bänke;0\n");
        var file = Files.writeString(folder.resolve("selected.pb"), direct.out());
        assertThat(Pabulib.file(file).projects().value("3", "selected")).contains("0");
        assertThat(runWith(
                                Files.readAllBytes(file),
                                "allocate",
                                "-",
                                "--rule",
                                "greedy-votes",
                                "--min-votes",
                                "4",
                                "--format",
                                "pb")
                        .out())
                .isEqualTo(direct.out());
    }

    @Test
    void warnings_do_not_stand_in_the_result() throws Exception {
        var file = Files.writeString(
                folder.resolve("twice.pb"), Files.readString(Path.of(EXAMPLE)).replace("\n10;4", "\n10;4,4"));
        var ended = run("allocate", file.toString(), "--rule", "greedy-votes", "--utility", "cost");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("{").doesNotContain("warning");
        assertThat(ended.err())
                .isEqualTo("warning: --utility says nothing about greedy-votes and is passed over\n" + "warning: "
                        + file + ": line 32, column 6: voter 10 names project 4 more than once; it counts once\n");
    }

    @Test
    void help_is_a_result() throws Exception {
        for (var command : List.of("allocate", "verify-allocation", "verify")) {
            var ended = run(command, "--help");
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).contains("java -jar motette.jar " + command, "Exit codes: 0 ");
        }
    }

    // ── wrong usage ──

    @Test
    void wrong_usage_ends_with_2_and_says_what_is_wrong() throws Exception {
        run("alocate", EXAMPLE).says(2, "There is no command alocate. Did you mean allocate? See allocate --help.");
        run("allocate", EXAMPLE)
                .says(
                        2,
                        "Which rule? --rule is one of greedy-votes, greedy-ratio, equal-shares, phragmen, max-welfare."
                                + " See allocate --help.");
        run("allocate", "--rule", "phragmen")
                .says(2, "Which file? Name one, or - for standard input. See allocate --help.");
        run("allocate", "a.pb", "b.pb", "--rule", "phragmen")
                .says(2, "One file only, not a.pb and b.pb. See allocate --help.");
        run("allocate", EXAMPLE, "--rul", "phragmen")
                .says(2, "There is no flag --rul. Did you mean --rule? See allocate --help.");
        run("allocate", EXAMPLE, "--rule").says(2, "The flag --rule needs a value. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "--utility", "cost")
                .says(2, "The flag --rule needs a value. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "phragmen", "--rule", "phragmen")
                .says(2, "The flag --rule stands twice. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "phragmen", "--no-skip=1")
                .says(2, "The flag --no-skip takes no value. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-share")
                .says(
                        2,
                        "--rule is 'equal-share', but must be one of greedy-votes, greedy-ratio, equal-shares,"
                                + " phragmen, max-welfare. Did you mean equal-shares? See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--increment", "-1")
                .says(2, "--increment is '-1', but must be a number above zero, like 0.01. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--min-votes", "1.5")
                .says(2, "--min-votes is '1.5', but must be a whole number of zero or more. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--format", "xml")
                .says(2, "--format is 'xml', but must be one of json, text, pb. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--language", "fr")
                .says(
                        2,
                        "--language is 'fr', but must be one of de, de-simple, en, uk, ar, ru. Did you mean ar? See"
                                + " allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--fix-in", "1,9")
                .says(2, "--fix-in names project '9', which is not in the file. Did you mean 1? See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--exclusive", "1")
                .says(2, "--exclusive is '1', but must name two projects or more, like 3,17. See allocate --help.");
        run("allocate", EXAMPLE, "--rule", "equal-shares", "--fix-in", "1", "--fix-out", "1")
                .says(2, "The limits decide project 1 both in and out. See allocate --help.");
        run("verify-allocation", "r.json")
                .says(2, "Two files are needed: the result and the election. See verify-allocation --help.");
    }

    // ── bad input ──

    @Test
    void bad_input_ends_with_3_and_names_the_place() throws Exception {
        var empty = MALFORMED.resolve("empty_cost.pb").toString();
        run("allocate", empty, "--rule", "greedy-votes")
                .says(3, empty + ": line 11, column 3: the cost of project B is empty; write a number of zero or more");
        runWith(Files.readAllBytes(Path.of(empty)), "allocate", "-", "--rule", "greedy-votes", "--format", "pb")
                .says(
                        3,
                        "standard input: line 11, column 3: the cost of project B is empty; write a number of zero or"
                                + " more");
        run("allocate", "nowhere.pb", "--rule", "greedy-votes").says(3, "There is no file nowhere.pb.");
        run("allocate", folder.toString(), "--rule", "greedy-votes").says(3, folder + " is a directory, not a file.");
        runWith(new byte[0], "allocate", "-", "--rule", "greedy-votes")
                .says(3, "standard input: line 1: the file is empty; it must begin with a line META");
        run("allocate", EXAMPLE, "--rule", "greedy-votes", "--tie-break", "@nowhere.txt")
                .says(3, "The drawn order cannot be read from the file 'nowhere.txt'.");
        var noJson = Files.writeString(folder.resolve("result.json"), "{\"rule\":");
        assertThat(run("verify-allocation", noJson.toString(), EXAMPLE).code()).isEqualTo(3);
    }

    @Test
    void a_result_that_no_run_can_have_is_bad_input() throws Exception {
        var result = run("allocate", EXAMPLE, "--rule", "equal-shares", "--completion", "add1")
                .out();
        var file = folder.resolve("result.json");
        Files.writeString(file, result.replace("\"budget\":1000,", "\"budget\":-5,"));
        run("verify-allocation", file.toString(), EXAMPLE)
                .says(3, file + ": the field budget is not a number of zero or more");
        Files.writeString(file, result.replace("\"increment\":1,", "\"increment\":0,"));
        run("verify-allocation", file.toString(), EXAMPLE)
                .says(3, file + ": the field increment is not a number above zero");
    }

    @Test
    void more_points_than_can_be_counted_are_bad_input() throws Exception {
        var points = new StringBuilder("""
            META
            key;value
            num_projects;1
            num_votes;10000
            budget;100
            vote_type;cumulative
            PROJECTS
            project_id;cost
            A;60
            VOTES
            voter_id;vote;points
            """);
        for (int voter = 0; voter < 10_000; voter++) {
            points.append(voter).append(";A;999999999.999999\n");
        }
        var file = Files.writeString(folder.resolve("points.pb"), points);
        var sentence = file + ": The points of project A are more than 2^63";
        run("allocate", file.toString(), "--rule", "equal-shares", "--utility", "score")
                .says(3, sentence);
        var result = Files.writeString(
                folder.resolve("result.json"),
                "{\"rule\":\"equal-shares\",\"utility\":\"score\",\"budget\":100,\"selected\":[\"A\"],\"totalCost\":60}");
        run("verify-allocation", result.toString(), file.toString(), "--recompute")
                .says(3, sentence);
    }

    @Test
    void a_reader_that_goes_away_gets_no_complaint() throws Exception {
        var process = start("allocate", EXAMPLE, "--rule", "equal-shares");
        process.getInputStream().close();
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(err).isEmpty();
        assertThat(process.exitValue()).isEqualTo(4);
    }

    // ── checks ──

    @Test
    void a_true_result_passes_and_a_false_one_does_not() throws Exception {
        for (var rule : List.of("equal-shares", "greedy-votes", "greedy-ratio", "phragmen", "max-welfare")) {
            var result = run("allocate", EXAMPLE, "--rule", rule).out();
            var file = Files.writeString(folder.resolve(rule + ".json"), result);
            var ended = run("verify-allocation", file.toString(), EXAMPLE, "--recompute");
            assertThat(ended.out())
                    .as(rule)
                    .endsWith("The result keeps what its rule promises.\n")
                    .contains("recomputed           the same projects in the same order");
            assertThat(ended.code()).isZero();
        }
        var result = Files.readString(folder.resolve("equal-shares.json"));
        var forged = Files.writeString(
                folder.resolve("forged.json"),
                result.replace(
                        "\"selected\":[\"1\",\"4\",\"3\"],\"totalCost\":1000",
                        "\"selected\":[\"1\",\"2\"],\"totalCost\":950"));
        var ended = run("verify-allocation", forged.toString(), EXAMPLE, "--recompute");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains(
                        "FAULT: The result says a total cost of 950, but its projects cost 900.",
                        "FAULT: The rule funds 1,4,3, not 1,2.");
        var other = Files.writeString(
                folder.resolve("other.pb"), Files.readString(Path.of(EXAMPLE)).replace("Lehrbeispiel", "Anders"));
        var moved = run("verify-allocation", folder.resolve("equal-shares.json").toString(), other.toString());
        assertThat(moved.code()).isEqualTo(1);
        assertThat(moved.out())
                .contains(
                        "input                another file", "FAULT: The result was computed from a file with sha256 ");
    }

    @Test
    void nothing_in_a_result_commands_a_terminal_or_forges_a_line() throws Exception {
        var evil = "\\u001b[2J\\n%s\\u202e".formatted("The result keeps what its rule promises.");
        var file = Files.writeString(folder.resolve("evil.json"), """
            {"rule":"equal-shares","input":{"sha256":"EVIL"},"budget":1000,"selected":["1","EVIL"],"totalCost":500,
            "endowment":{"last":100},"rounds":[{"project":"EVIL","rho":1}],"limits":{"in":["EVIL"],"out":[],"exclusive":[]}}
            """.replace("EVIL", evil));
        var ended = run("verify-allocation", file.toString(), EXAMPLE, "--recompute");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "FAULT: There is no project '\\u001b[2J\\u000aThe result",
                        "A round pays for project \\u001b[2J")
                .doesNotContain("\u001b", "\u202e", "\nThe result keeps");
        Files.writeString(file, "{\"a\u001b\":1,\"a\u001b\":1}");
        var broken = run("verify-allocation", file.toString(), EXAMPLE);
        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err()).doesNotContain("\u001b");
        Files.writeString(file, "{\"\u009b\":1,\"\u009b\":1}");
        assertThat(run("verify-allocation", file.toString(), EXAMPLE).err())
                .contains("\\u009b")
                .doesNotContain("\u009b");
    }

    // ── the audit log ──

    @Test
    void an_export_of_the_log_is_intact_until_somebody_touches_it() throws Exception {
        var log = "src/test/resources/audit/intact.ndjson";
        var ended = run("verify", log);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .startsWith(
                        "Intact, 37 rows in 2 blocks, from 2026-11-22 21:31 to 2026-11-22 21:32 UTC, 1 of them only as"
                                + " a hash")
                .hasLineCount(1);
        assertThat(run("verify", log, "--key", LOG_KEY)).isEqualTo(ended);
        assertThat(runWith(
                        Files.readAllBytes(Path.of(log)), "verify", "-", "--key=" + LOG_KEY.toUpperCase(Locale.ROOT)))
                .isEqualTo(ended);
        var changed = Files.writeString(
                folder.resolve("changed.ndjson"),
                Files.readString(Path.of(log)).replaceFirst("\"cents\":8006400", "\"cents\":8006401"));
        run("verify", changed.toString()).says(1, "Row 2, at place 1 of block 1, was changed.");
        run("verify", log, "--key", "ab".repeat(32))
                .says(
                        1,
                        "Block 1 is signed with the key " + LOG_KEY + ", which was neither given nor announced before;"
                                + " if the city says that it is its key, give it with --key.");
    }

    @Test
    void a_log_that_cannot_be_read_is_not_intact_and_wrong_usage_is_said() throws Exception {
        run("verify", "nowhere.ndjson").says(1, "There is no file nowhere.ndjson.");
        run("verify", folder.toString()).says(1, "There is no manifest.json: this is no published round.");
        run("verify", EXAMPLE, "--manifest", "ab".repeat(32))
                .says(
                        2,
                        "--manifest is for a published round: a ZIP, a folder or its manifest.json. See verify"
                                + " --help.");
        run("verify", EXAMPLE).says(1, "Line 1 cannot be read: it is not JSON.");
        run("verify")
                .says(2, "One file is needed: the export of the audit log, or a published round. See verify --help.");
        run("verify", "a", "b")
                .says(2, "One file is needed: the export of the audit log, or a published round. See verify --help.");
        run("verify", "a", "--key", "short")
                .says(
                        2,
                        "A key is named by its fingerprint of 64 hexadecimal digits, not by 'short'. See verify"
                                + " --help.");
        run("verifi", "a").says(2, "There is no command verifi. Did you mean verify? See allocate --help.");
        run("verify-alocation", "a")
                .says(2, "There is no command verify-alocation. Did you mean verify-allocation? See allocate --help.");
    }

    private static Ended run(String... args) throws IOException, InterruptedException {
        return runWith(new byte[0], args);
    }

    private static Ended runWith(byte[] input, String... args) throws IOException, InterruptedException {
        var process = start(args);
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException notRead) {
            assertThat(input.length).as("bytes nobody read").isPositive();
        }
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(err).doesNotContain("\tat ", "Exception");
        return new Ended(process.exitValue(), out, err);
    }

    private static Process start(String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                "motette.Launcher"));
        command.addAll(Arrays.asList(args));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL") || name.startsWith("JDK_JAVA"));
        return builder.start();
    }
}
