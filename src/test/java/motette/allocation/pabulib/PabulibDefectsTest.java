package motette.allocation.pabulib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import motette.allocation.pabulib.PabulibProblem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong in files, and the exact sentence that a person gets for it. */
class PabulibDefectsTest {

    /** Lines 1 to 16; tests replace one thing in it. */
    private static final String FILE = """
        META
        key;value
        description;a street
        num_projects;2
        num_votes;3
        budget;100
        vote_type;approval
        PROJECTS
        project_id;cost;name
        A;60;Bench
        B;50;Tree
        VOTES
        voter_id;vote
        1;A,B
        2;A
        3;B
        """;

    private static final String POINTS = """
        META
        key;value
        num_projects;2
        num_votes;2
        budget;100
        vote_type;cumulative
        max_sum_points;5
        PROJECTS
        project_id;cost
        A;60
        B;50
        VOTES
        voter_id;vote;points
        1;A,B;2,3
        2;B;1.5
        """;

    // ── tolerated ──

    @Test
    void a_project_named_twice_in_a_ballot_counts_once() throws IOException {
        var reading = read(FILE.replace("1;A,B", "1;A,B, A"));
        assertThat(reading.election().votes(0)).isEqualTo(2);
        assertThat(reading.warnings())
                .containsExactly(new Warning(
                        Warning.Kind.REPEATED_NAME,
                        14,
                        8,
                        "voter 1",
                        "A",
                        "line 14, column 8: voter 1 names project A more than once; it counts once"));
    }

    @Test
    void budget_and_costs_with_decimals_are_exact() throws IOException {
        var election = read(FILE.replace("budget;100", "budget;400000.0").replace("A;60", "A;969245.38"))
                .election();
        assertThat(election.budget()).isEqualByComparingTo("400000");
        assertThat(election.project(0).cost()).isEqualTo(new BigDecimal("969245.38"));
    }

    @Test
    void a_decimal_comma_is_read_as_a_point() throws IOException {
        var reading = read(FILE.replace("B;50", "B;1234,5").replace("budget;100", "budget; 99,90"));
        assertThat(reading.election().project(1).cost()).isEqualTo(new BigDecimal("1234.5"));
        assertThat(reading.election().budget()).isEqualTo(new BigDecimal("99.90"));
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 6, column 9: budget is 99,90 with a decimal comma; it is read as 99.90",
                        "line 11, column 3: the cost of project B is 1234,5 with a decimal comma; it is read as"
                                + " 1234.5");
    }

    @Test
    void a_project_without_votes_a_free_one_and_one_dearer_than_the_budget_are_kept() throws IOException {
        var reading = read(FILE.replace("A;60", "A;0")
                .replace("B;50", "B;999999999")
                .replace("1;A,B", "1;A")
                .replace("3;B", "3;A"));
        assertThat(reading.election().votes(1)).isZero();
        assertThat(reading.election().project(0).cost()).isZero();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void ids_are_texts() throws IOException {
        var election = read(FILE.replace("A", "007")
                        .replace("MET007", "META")
                        .replace("B;", "7;")
                        .replace(",B", ",7")
                        .replace("3;B", "3;BO.D15/24")
                        .replace("7;50", "BO.D15/24;50")
                        .replace(",7", ""))
                .election();
        assertThat(election.projects()).extracting(project -> project.id()).containsExactly("007", "BO.D15/24");
        assertThat(election.has("7")).isFalse();
    }

    @Test
    void quoted_values_hold_semicolons_doubled_quotes_and_line_breaks() throws IOException {
        var reading = read(FILE.replace("a street", "\"#1: one; #2: a \"\"b\"\"\r\nthird\"")
                .replace("Bench", "\"Bench; \"\"new\"\"\n\""));
        assertThat(reading.meta("description")).contains("#1: one; #2: a \"b\"\r\nthird");
        assertThat(reading.election().project(0).name()).isEqualTo("Bench; \"new\"\n");
    }

    @Test
    void a_ballot_beyond_its_limits_counts_as_cast() throws IOException {
        var reading = read(FILE.replace("vote_type;approval", "vote_type;approval\nmax_length;1\nmax_sum_cost;100.5"));
        assertThat(reading.election().votes(0)).isEqualTo(2);
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 16, column 3: voter 1 names 2 projects, more than max_length 1; the vote counts as cast",
                        "line 16, column 3: voter 1 names projects for 110, more than max_sum_cost 100.5; the vote"
                                + " counts as cast");
    }

    @Test
    void two_names_where_one_is_to_be_chosen_count_as_cast() throws IOException {
        var reading = read(FILE.replace("approval", "choose-1"));
        assertThat(reading.election().votes(1)).isEqualTo(2);
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 14, column 3: voter 1 names 2 projects, more than the one of vote_type choose-1; the"
                                + " vote counts as cast");
    }

    @Test
    void an_empty_ballot_counts_among_the_voters_and_supports_nothing() throws IOException {
        var reading = read(FILE.replace("3;B", "3; "));
        assertThat(reading.election().voters()).isEqualTo(3);
        assertThat(reading.election().votes(1)).isEqualTo(1);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void a_key_that_no_rule_needs_may_stand_twice() throws IOException {
        var reading = read(FILE.replace("num_projects;2", "description;again\nnum_projects;2"));
        assertThat(reading.meta("description")).contains("a street");
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly("line 4, column 1: description stands twice in META; both are kept");
    }

    @Test
    void a_value_of_meta_with_a_semicolon_is_read_to_the_end_of_its_line() throws IOException {
        var reading = read(FILE.replace("a street", "#1: one; #2: two"));
        assertThat(reading.meta("description")).contains("#1: one; #2: two");
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 3, column 13: description has a value with a semicolon but without double quotes; it is"
                                + " read to the end of the line");
    }

    @Test
    void a_stray_quote_is_kept() throws IOException {
        var reading = read(FILE.replace("Tree", "Tree \"old\""));
        assertThat(reading.election().project(1).name()).isEqualTo("Tree \"old\"");
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 11, column 11: the row of B has a double quote in a field without quotes; it is kept as"
                                + " it stands");
    }

    @Test
    void an_unknown_scoring_of_rankings_is_told() throws IOException {
        var reading = read(FILE.replace("approval", "ordinal\nscoring_fn;plurality"));
        assertThat(reading.warnings())
                .extracting(Warning::text)
                .containsExactly(
                        "line 8, column 12: scoring_fn is 'plurality', which is not known here; Borda is taken");
    }

    @Test
    void many_warnings_of_a_kind_are_counted() throws IOException {
        var ballots = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            ballots.append(i).append(";A,A\n");
        }
        var reading = read(FILE.replace("num_votes;3", "num_votes;50").replace("1;A,B\n2;A\n3;B\n", ballots));
        assertThat(reading.warnings()).hasSize(21);
        assertThat(reading.warnings().getLast().text()).isEqualTo("and 30 more of the kind repeated name");
    }

    @Test
    void names_are_found_whatever_the_case_and_the_blanks_around_them() throws IOException {
        var reading = read("\ufeff"
                + FILE.replace("META", " meta ")
                        .replace("PROJECTS", "Projects;;")
                        .replace("VOTES", "\"votes\"")
                        .replace("key;value", "key ; value")
                        .replace("1;A,B", "\n 1 ; \"A , B\" \n;;\n\n")
                        .replace("\n", "\r\n"));
        assertThat(reading.election().votes(1)).isEqualTo(2);
        assertThat(reading.warnings()).isEmpty();
    }

    // ── refused ──

    @Test
    void an_empty_file_is_refused() {
        refused("", Kind.MISSING_SECTION, 1, "line 1: the file is empty; it must begin with a line META");
    }

    @Test
    void something_else_is_refused() {
        refused(
                "<html>\n",
                Kind.MISSING_SECTION,
                1,
                "line 1, column 1: the file begins with '<html>'; it must begin with a line META");
    }

    @Test
    void a_missing_section_is_named() {
        refused(
                FILE.substring(0, FILE.indexOf("VOTES")),
                Kind.MISSING_SECTION,
                11,
                "line 11: the file ends without a section VOTES");
        refused(
                FILE.substring(0, FILE.indexOf("PROJECTS")) + FILE.substring(FILE.indexOf("VOTES")),
                Kind.MISSING_SECTION,
                8,
                "line 8, column 1: section VOTES begins, but there is no section PROJECTS before or behind it");
        refused(
                FILE.substring(FILE.indexOf("PROJECTS")),
                Kind.MISSING_SECTION,
                1,
                "line 1, column 1: section PROJECTS begins, but there is no section META before or behind it");
    }

    @Test
    void sections_out_of_order_are_refused() {
        var meta = FILE.substring(0, FILE.indexOf("PROJECTS"));
        var projects = FILE.substring(FILE.indexOf("PROJECTS"), FILE.indexOf("VOTES"));
        var votes = FILE.substring(FILE.indexOf("VOTES"));
        refused(
                meta + votes + projects,
                Kind.SECTION_ORDER,
                8,
                "line 8, column 1: section VOTES stands before PROJECTS; the order is META, PROJECTS, VOTES");
        refused(
                projects + meta + votes,
                Kind.SECTION_ORDER,
                1,
                "line 1, column 1: section PROJECTS stands before META; the order is META, PROJECTS, VOTES");
        refused(FILE + projects, Kind.SECTION_ORDER, 17, "line 17, column 1: section PROJECTS stands a second time");
        refused(
                meta + projects + meta + votes,
                Kind.SECTION_ORDER,
                12,
                "line 12, column 1: section META stands a second time");
    }

    @Test
    void missing_and_doubtful_columns_are_refused() {
        refused(
                FILE.replace("project_id;cost;name", "id;cost;name"),
                Kind.MISSING_COLUMN,
                9,
                "line 9, column 1: the first column of PROJECTS is 'id'; it must be project_id");
        refused(
                FILE.replace("project_id;cost;name", "project_id;price;name"),
                Kind.MISSING_COLUMN,
                9,
                "line 9, column 1: PROJECTS has no column cost");
        refused(
                FILE.replace("voter_id;vote", "vote;voter_id"),
                Kind.MISSING_COLUMN,
                13,
                "line 13, column 1: the first column of VOTES is 'vote'; it must be voter_id");
        refused(
                FILE.replace("voter_id;vote", "voter_id;votes"),
                Kind.MISSING_COLUMN,
                13,
                "line 13, column 1: VOTES has no column vote");
        refused(
                FILE.replace("approval", "cumulative"),
                Kind.MISSING_COLUMN,
                13,
                "line 13, column 1: VOTES has no column points, which this vote_type needs");
        refused(
                FILE.substring(0, FILE.indexOf("voter_id")),
                Kind.MISSING_COLUMN,
                12,
                "line 12: section VOTES ends without a row of column names");
        refused(
                FILE.replace("cost;name", "cost;cost"),
                Kind.DUPLICATE_COLUMN,
                9,
                "line 9, column 17: column 'cost' stands twice in PROJECTS");
        refused(
                FILE.replace("project_id;cost;name", "project_id;;cost"),
                Kind.UNNAMED_COLUMN,
                9,
                "line 9, column 12: column 2 of PROJECTS has no name");
    }

    @Test
    void a_missing_key_is_named() {
        for (var line : new String[] {"num_projects;2\n", "num_votes;3\n", "budget;100\n", "vote_type;approval\n"}) {
            var key = line.substring(0, line.indexOf(';'));
            refused(FILE.replace(line, ""), Kind.MISSING_KEY, 7, "line 7, column 1: META ends here without " + key);
        }
    }

    @Test
    void two_budgets_are_refused() {
        refused(
                FILE.replace("budget;100", "budget;100\nbudget;200"),
                Kind.DUPLICATE_KEY,
                7,
                "line 7, column 1: META names budget a second time");
    }

    @Test
    void what_is_no_number_is_refused() {
        cost("", "is empty; write a number of zero or more");
        cost("  ", "is empty; write a number of zero or more", 5);
        cost("many", "is 'many', which is no number; write a number of zero or more");
        cost("NaN", "is 'NaN', which is no number; write a number of zero or more");
        cost("Infinity", "is 'Infinity', which is no number; write a number of zero or more");
        cost("1e999999999", "is '1e999999999', which is no number; write a number of zero or more");
        cost("1.234,50", "is '1.234,50', which is no number; write a number of zero or more");
        cost("1 000", "is '1 000', which is no number; write a number of zero or more");
        cost("0x10", "is '0x10', which is no number; write a number of zero or more");
        cost("٣", "is '٣', which is no number; write a number of zero or more");
        cost("5.", "is '5.', which is no number; write a number of zero or more");
        cost("-1", "is -1, below zero; write a number of zero or more");
        cost("-0.01", "is -0.01, below zero; write a number of zero or more");
        cost("9".repeat(31), "has 31 digits, more than 30; write a number of zero or more");
        refused(
                FILE.replace("budget;100", "budget;"),
                Kind.BAD_NUMBER,
                6,
                "line 6, column 8: budget is empty; write digits, with a point before decimals");
        refused(
                FILE.replace("budget;100", "budget;-5"),
                Kind.BAD_NUMBER,
                6,
                "line 6, column 8: budget is -5, below zero; write a number of zero or more");
        refused(
                FILE.replace("budget;100", "budget;100 EUR"),
                Kind.BAD_NUMBER,
                6,
                "line 6, column 8: budget is '100 EUR', which is no number; write digits, with a point before"
                        + " decimals");
        refused(
                FILE.replace("num_votes;3", "num_votes;3.0"),
                Kind.BAD_NUMBER,
                5,
                "line 5, column 11: num_votes is '3.0'; write a whole number of zero or more");
        refused(
                FILE.replace("num_projects;2", "num_projects;-2"),
                Kind.BAD_NUMBER,
                4,
                "line 4, column 14: num_projects is '-2'; write a whole number of zero or more");
        refused(
                FILE.replace("num_projects;2", "num_projects;two"),
                Kind.BAD_NUMBER,
                4,
                "line 4, column 14: num_projects is 'two', which is no number; write a whole number of zero or more");
        refused(
                FILE.replace("vote_type;approval", "vote_type;approval\nmax_length;few"),
                Kind.BAD_NUMBER,
                8,
                "line 8, column 12: max_length is 'few', which is no number; write digits, with a point before"
                        + " decimals");
    }

    @Test
    void an_unknown_kind_of_ballot_is_refused() {
        refused(
                FILE.replace("approval", "likert"),
                Kind.BAD_VOTE_TYPE,
                7,
                "line 7, column 11: vote_type is 'likert'; it must be approval, choose-1, ordinal, cumulative or"
                        + " scoring");
    }

    @Test
    void a_truncated_file_is_refused() {
        refused(
                FILE.replace("num_projects;2", "num_projects;3"),
                Kind.COUNT_MISMATCH,
                4,
                "line 4, column 14: num_projects is 3, but PROJECTS has 2 rows; the file was cut off or changed");
        refused(
                FILE.substring(0, FILE.indexOf("2;A")),
                Kind.COUNT_MISMATCH,
                5,
                "line 5, column 11: num_votes is 3, but VOTES has 1 row; the file was cut off or changed");
        refused(
                FILE + "4;A\n",
                Kind.COUNT_MISMATCH,
                5,
                "line 5, column 11: num_votes is 3, but VOTES has 4 rows; the file was cut off or changed");
    }

    @Test
    void ids_that_stand_twice_or_not_at_all_are_refused() {
        refused(
                FILE.replace("B;50", "A;50"),
                Kind.DUPLICATE_PROJECT,
                11,
                "line 11, column 1: project A stands in PROJECTS a second time");
        refused(
                FILE.replace("3;B", " 1;B"),
                Kind.DUPLICATE_VOTER,
                16,
                "line 16, column 2: voter 1 stands in VOTES a second time");
        refused(FILE.replace("B;50", ";50"), Kind.BAD_ID, 11, "line 11, column 1: this project has no project_id");
        refused(FILE.replace("3;B", "; B"), Kind.BAD_ID, 16, "line 16, column 1: this vote has no voter_id");
        refused(FILE.replace("description;a", ";a"), Kind.BAD_ID, 3, "line 3, column 1: this row of META has no key");
        refused(
                FILE.replace("B;50", "B,C;50"),
                Kind.BAD_ID,
                11,
                "line 11, column 1: the project_id 'B,C' holds a comma, so no vote could name it");
    }

    @Test
    void a_vote_for_something_unknown_is_refused() {
        refused(
                FILE.replace("1;A,B", "1; A, Z"),
                Kind.UNKNOWN_PROJECT,
                14,
                "line 14, column 7: voter 1 names project 'Z', which is not in PROJECTS");
        refused(
                FILE.replace("1;A,B", "1;A,,B"),
                Kind.UNKNOWN_PROJECT,
                14,
                "line 14, column 5: the vote of voter 1 has an empty place in its list");
        refused(
                FILE.replace("2;A", "2;a"),
                Kind.UNKNOWN_PROJECT,
                15,
                "line 15, column 3: voter 2 names project 'a', which is not in PROJECTS");
    }

    @Test
    void points_that_do_not_fit_are_refused() {
        refused(
                POINTS.replace("2,3", "2"),
                Kind.POINTS_MISMATCH,
                14,
                "line 14, column 7: voter 1 names 2 projects but gives points 1 time");
        refused(
                POINTS.replace("2;B;1.5", "2;B;"),
                Kind.POINTS_MISMATCH,
                15,
                "line 15, column 5: voter 2 names 1 project but gives points 0 times");
        refused(
                POINTS.replace("2,3", "2,-3"),
                Kind.BAD_NUMBER,
                14,
                "line 14, column 9: a number of points of voter 1 is -3, below zero; write a number of zero or more");
        refused(
                POINTS.replace("2,3", "2,x"),
                Kind.BAD_NUMBER,
                14,
                "line 14, column 9: a number of points of voter 1 is 'x', which is no number; write a number");
        refused(
                POINTS.replace("2,3", "2,1000000000"),
                Kind.BAD_NUMBER,
                14,
                "line 14, column 9: a number of points of voter 1 is '1000000000'; points have at most 9 digits before"
                        + " and 6 behind the decimal point");
    }

    @Test
    void rows_of_another_width_are_refused() {
        refused(
                FILE.replace("B;50;Tree", "B;50"),
                Kind.SHORT_ROW,
                11,
                "line 11, column 1: the row of 'B' has 2 fields, but PROJECTS has 3 columns");
        refused(
                FILE.replace("2;A\n", "2\n"),
                Kind.SHORT_ROW,
                15,
                "line 15, column 1: the row of '2' has 1 field, but VOTES has 2 columns");
        refused(
                FILE.replace("Tree", "Tree; old"),
                Kind.LONG_ROW,
                11,
                "line 11, column 12: the row of 'B' has 4 fields, but PROJECTS has 3 columns; put a value with a"
                        + " semicolon into double quotes");
    }

    @Test
    void quotes_that_do_not_close_are_refused_where_they_open() {
        refused(
                FILE.replace("Bench", "\"Bench"),
                Kind.UNCLOSED_QUOTE,
                10,
                "line 10, column 6: the double quote that opens here is never closed; write a double quote within a"
                        + " field twice");
        refused(
                FILE.replace("Bench", "\"Bench\" new"),
                Kind.BAD_QUOTE,
                10,
                "line 10, column 14: behind the closing double quote stands 'n'; write a double quote within a field"
                        + " twice");
    }

    @Test
    void an_unclosed_quote_does_not_swallow_a_file_into_memory() {
        refused(
                FILE.replace("Bench", "\"Bench").replace("1;A,B\n", "1;A,B\n".repeat(300_000)),
                Kind.UNCLOSED_QUOTE,
                10,
                "line 10, column 6: the double quote that opens here is never closed; write a double quote within a"
                        + " field twice");
        refused(
                FILE.replace("Bench", "x".repeat(1_100_000)),
                Kind.ROW_TOO_LONG,
                10,
                "line 10, column 1: this row is longer than 1048576 characters");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        refused(
                FILE.replace("Tree", "Bäume").getBytes(StandardCharsets.ISO_8859_1),
                Kind.BAD_ENCODING,
                11,
                "line 11, column 7: the byte 0xE4 is not UTF-8 here; save the file as UTF-8");
        refused(
                FILE.getBytes(StandardCharsets.UTF_16),
                Kind.BAD_ENCODING,
                1,
                "line 1, column 1: the byte 0xFE is not UTF-8 here; save the file as UTF-8");
        refused(
                (FILE.stripTrailing() + "ä").substring(0, FILE.length()).getBytes(StandardCharsets.UTF_8),
                Kind.UNKNOWN_PROJECT,
                16,
                "line 16, column 3: voter 3 names project 'Bä', which is not in PROJECTS");
        var cut = (FILE.stripTrailing() + "ä").getBytes(StandardCharsets.UTF_8);
        refused(
                java.util.Arrays.copyOf(cut, cut.length - 1),
                Kind.BAD_ENCODING,
                16,
                "line 16, column 4: the byte 0xC3 is not UTF-8 here; save the file as UTF-8");
    }

    @Test
    void columns_are_counted_in_characters() {
        refused(
                FILE.replace("B;50;Tree", "\"🌳🌳\";;Tree"),
                Kind.BAD_NUMBER,
                11,
                "line 11, column 6: the cost of project 🌳🌳 is empty; write a number of zero or more");
        refused(
                FILE.replace("B;50;Tree", "\"B\";\"5\n0\";Tree"),
                Kind.BAD_NUMBER,
                11,
                "line 11, column 6: the cost of project B is '5\\u000a0', which is no number; write a number of zero"
                        + " or more");
        refused(
                FILE.replace("1;A,B", "\"1\n1\";\"A,\nZ\""),
                Kind.UNKNOWN_PROJECT,
                16,
                "line 16, column 1: voter 1\\u000a1 names project 'Z', which is not in PROJECTS");
    }

    @Test
    void a_nul_is_refused() {
        refused(
                FILE.replace("Tree", "Tr\0ee"),
                Kind.BAD_CHARACTER,
                11,
                "line 11, column 8: here stands a NUL character; the file is damaged or no text");
        refused(
                FILE.replace("Tree", "\"Tr\0ee\""),
                Kind.BAD_CHARACTER,
                11,
                "line 11, column 9: here stands a NUL character; the file is damaged or no text");
        refused(
                FILE.replace("3;B", "3; \0B"),
                Kind.BAD_CHARACTER,
                16,
                "line 16, column 4: here stands a NUL character; the file is damaged or no text");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_million_characters_of_points_are_read_in_one_go() {
        var numbers = 500_000;
        refused(
                POINTS.replace("B;1.5", "B;" + "1,".repeat(numbers - 1) + "1"),
                Kind.POINTS_MISMATCH,
                15,
                "line 15, column 5: voter 2 names 1 project but gives points 500000 times");
        refused(
                POINTS.replace("B;1.5", "B;" + "1,".repeat(numbers - 1) + "x"),
                Kind.BAD_NUMBER,
                15,
                "line 15, column 1000003: a number of points of voter 2 is 'x', which is no number; write a number");
    }

    @Test
    void a_problem_names_thing_and_value() {
        var problem = problem(FILE.replace("B;50", "B;5O").getBytes(StandardCharsets.UTF_8));
        assertThat(problem.column()).isEqualTo(3);
        assertThat(problem.thing()).isEqualTo("the cost of project B");
        assertThat(problem.value()).isEqualTo("5O");
    }

    @Test
    void nothing_in_a_file_commands_a_terminal() {
        refused(
                FILE.replace("B;50", "B;\u001b[31m" + "x".repeat(80)),
                Kind.BAD_NUMBER,
                11,
                "line 11, column 4: the cost of project B is '[31m" + "x".repeat(56)
                        + "…', which is no number; write a number of zero or more");
        refused(
                FILE.replace("B;50", "B;5\u001b[31m\u202e"),
                Kind.BAD_NUMBER,
                11,
                "line 11, column 3: the cost of project B is '5\\u001b[31m\\u202e', which is no number; write a number"
                        + " of zero or more");
    }

    private static void cost(String cost, String says) {
        cost(cost, says, 3);
    }

    private static void cost(String cost, String says, int column) {
        refused(
                FILE.replace("B;50", "B;" + cost),
                Kind.BAD_NUMBER,
                11,
                "line 11, column " + column + ": the cost of project B " + says);
    }

    private static Pabulib.Reading read(String text) throws IOException {
        return Pabulib.election(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(String text, Kind kind, int line, String message) {
        refused(text.getBytes(StandardCharsets.UTF_8), kind, line, message);
    }

    private static void refused(byte[] bytes, Kind kind, int line, String message) {
        var problem = problem(bytes);
        assertThat(problem).hasMessage(message);
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.line()).isEqualTo(line);
    }

    private static PabulibProblem problem(byte[] bytes) {
        return catchThrowableOfType(PabulibProblem.class, () -> Pabulib.election(new ByteArrayInputStream(bytes)));
    }
}
