package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Published;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Rules;
import motette.allocation.rules.TieOrder;
import motette.allocation.rules.VoteType;
import org.junit.jupiter.api.Test;

/** A published result: exact, the same every time, and readable again. */
class ResultJsonTest {

    @Test
    void the_worked_example_is_published_like_this() throws IOException {
        assertThat(json(Rules.allocate(example("1000"), Rule.of(Method.EQUAL_SHARES))))
                .isEqualTo("""
                    {"rule":"equal-shares","utility":"cost","completion":"none","tieBreak":"votes-cost-id",\
                    "engine":"motette-allocation/3","input":{"sha256":"ab12"},"budget":1000,"voters":10,\
                    "selected":["1","4"],"totalCost":700,"left":300,"endowment":{"first":100,"last":100,"runs":1},\
                    "rounds":[{"round":1,"project":"1","rho":"1/7","payment":"500/7","effectiveVotes":7,"before":700,\
                    "after":200,"full":7,"last":0,"paidByLast":0,"tied":[]},\
                    {"round":2,"project":"4","rho":"1/3","payment":"200/3","effectiveVotes":3,"tied":[]}],"ties":[],\
                    "projects":[{"id":"1","name":"Spielplatz","cost":500,"votes":7,"status":"funded","reason":"bought","round":1},\
                    {"id":"2","name":"Bäume \\"neu\\"","cost":400,"votes":5,"status":"not-funded","reason":"supporters-short",\
                    "round":2,"then":"1000/7","end":"1000/7","spentOn":[{"project":"1","paid":"2500/7"}],"missing":3,"left":300,\
                    "fits":false},\
                    {"id":"3","name":"","cost":300,"votes":2,"status":"not-funded","reason":"supporters-short","round":1,"left":300,\
                    "fits":true},\
                    {"id":"4","name":"","cost":200,"votes":3,"status":"funded","reason":"bought","round":2}]}
                    """);
    }

    @Test
    void a_load_of_fewer_than_five_supporters_is_left_out() throws IOException {
        assertThat(json(Rules.allocate(example("1000"), Rule.of(Method.PHRAGMEN))))
                .contains(
                        "\"rounds\":[{\"round\":1,\"project\":\"4\",\"tied\":[]},"
                                + "{\"round\":2,\"project\":\"1\",\"load\":\"500/7\",\"tied\":[]}]",
                        "\"reason\":\"stopped-before\",\"load\":\"1060/7\",\"stop\":\"2\",\"left\":300}",
                        "{\"id\":\"3\",\"name\":\"\",\"cost\":300,\"votes\":2,\"status\":\"not-funded\","
                                + "\"reason\":\"stopped-before\",\"stop\":\"2\",\"left\":300}");
    }

    @Test
    void the_largest_single_payment_is_left_out_where_votes_have_points() throws IOException {
        var election = Election.builder(new BigDecimal(100), VoteType.CUMULATIVE)
                .project("a", new BigDecimal(40), "")
                .ballot(9, new int[] {0}, new long[] {1})
                .ballot(1, new int[] {0}, new long[] {3})
                .build();
        var allocation = Rules.allocate(election, Rule.of(Method.EQUAL_SHARES).with(Utility.SCORE));
        assertThat(json(allocation))
                .contains(
                        "\"rounds\":[{\"round\":1,\"project\":\"a\",\"rho\":\"10/3\",\"effectiveVotes\":0.3,\"before\":100,");
        assertThat(ResultFile.read(stream(json(allocation))).rounds())
                .containsExactly(new ResultFile.Purchase("a", Fraction.parse("10/3")));
        assertThat(json(Rules.allocate(election, Rule.of(Method.EQUAL_SHARES)))).contains("\"payment\":4,");
    }

    @Test
    void the_same_input_gives_the_same_bytes() throws IOException {
        for (var method : Method.values()) {
            var rule = Rule.of(method)
                    .with(Completion.ADD1U)
                    .with(new Limits(Set.of("4"), Set.of("3"), List.of(Set.of("1", "2"), Set.of("2", "3"))));
            assertThat(json(Rules.allocate(example("1000"), rule)))
                    .isEqualTo(json(Rules.allocate(example("1000.00"), rule)));
        }
    }

    @Test
    void decimals_are_plain_numbers_and_other_fractions_texts() throws IOException {
        var election = Election.builder(new BigDecimal("2074.61"), VoteType.APPROVAL)
                .project("a", new BigDecimal("2074.6099999999"), "")
                .project("b", new BigDecimal("1E+3"), "")
                .ballot(8, 0)
                .ballot(1, 1)
                .build();
        var json = json(Rules.allocate(election, Rule.of(Method.GREEDY_VOTES)));
        assertThat(json).contains("\"cost\":2074.6099999999", "\"cost\":1000,", "\"left\":0.0000000001");
        assertThat(json(Rules.allocate(election, Rule.of(Method.EQUAL_SHARES)))).contains("\"first\":\"207461/900\"");
    }

    @Test
    void a_result_is_read_as_what_was_written() throws IOException {
        var drawn = TieOrder.drawn(List.of("4", "2"));
        var limits = new Limits(Set.of("4"), Set.of("3"), List.of(Set.of("1", "2")));
        for (var method : Method.values()) {
            for (var rule : List.of(
                    Rule.of(method),
                    Rule.of(method).with(drawn).with(limits).withMinVotes(2),
                    Rule.of(method).with(TieOrder.COST_VOTES_ID))) {
                var given = method == Method.GREEDY_VOTES ? rule.withoutSkipping() : rule;
                var allocation = Rules.allocate(example("1000.5"), given);
                var result = ResultFile.read(stream(json(allocation)));
                assertThat(json(Rules.allocate(example("1000.5"), result.rule())))
                        .isEqualTo(json(allocation));
                assertThat(result.sha256()).isEqualTo("ab12");
                assertThat(result.budget()).isEqualByComparingTo("1000.5");
                assertThat(result.selected())
                        .isEqualTo(allocation.selected().stream()
                                .map(i -> allocation.election().project(i).id())
                                .toList());
                assertThat(result.totalCost()).isEqualByComparingTo(allocation.totalCost());
                if (method == Method.EQUAL_SHARES) {
                    var published = Published.of(allocation);
                    assertThat(result.endowment()).contains(published.endowment());
                    assertThat(result.rounds())
                            .extracting(ResultFile.Purchase::rho)
                            .isEqualTo(published.rounds().stream()
                                    .map(Published.Payment::rho)
                                    .toList());
                }
            }
        }
    }

    @Test
    void a_short_result_of_another_program_is_read_with_the_defaults_of_the_command() throws IOException {
        var result = ResultFile.read(
                stream("{\"rule\":\"equal-shares\",\"budget\":10,\"selected\":[\"a\"],\"totalCost\":7.5}"));
        assertThat(result.rule()).isEqualTo(Rule.of(Method.EQUAL_SHARES).with(Completion.ADD1U));
        assertThat(result.endowment()).isEmpty();
    }

    @Test
    void what_is_no_result_is_said_in_a_sentence() {
        refused("", "this file is empty or ends within its JSON");
        refused("[1]", "this is not a JSON object");
        refused("{}{}", "behind the JSON object stands something else");
        refused("{}", "the field rule is missing");
        refused(
                "{\"rule\":\"best\"}",
                "the field rule is not one of greedy-votes, greedy-ratio, equal-shares, phragmen, max-welfare");
        refused("{\"rule\":7}", "the field rule is not a text");
        refused("{\"rule\":\"phragmen\",\"budget\":1e999999999}", "the field budget is not a plain number");
        refused("{\"rule\":\"phragmen\",\"budget\":-5}", "the field budget is not a number of zero or more");
        refused("{\"rule\":\"equal-shares\",\"increment\":0}", "the field increment is not a number above zero");
        refused("{\"rule\":\"phragmen\",\"budget\":1,\"selected\":\"a\"}", "the field selected is not a list");
        refused("{\"rule\":\"phragmen\",\"budget\":1,\"selected\":[1]}", "the field selected is not a list of texts");
        refused(
                "{\"rule\":\"phragmen\",\"budget\":1,\"selected\":[],\"totalCost\":0,\"endowment\":{\"last\":\"1/0\"}}",
                "the field endowment.last is not a number or a fraction");
        assertThatThrownBy(() -> ResultFile.read(stream("{\"rule\":\"phragmen\",\n \"rule\":1}")))
                .isInstanceOf(ResultFile.Problem.class)
                .hasMessageStartingWith("line 2, column ");
        assertThatThrownBy(() -> ResultFile.read(stream("[".repeat(100_000)))).isInstanceOf(ResultFile.Problem.class);
        assertThatThrownBy(() -> ResultFile.read(stream("{\"rule\":"))).isInstanceOf(ResultFile.Problem.class);
        assertThat(Fraction.parse("-500/7")).hasToString("-500/7");
    }

    @Test
    void sentences_and_engine_change_together() throws Exception {
        var texts = new Properties();
        try (var in = Files.newBufferedReader(Path.of("web/messages/messages_de.properties"))) {
            texts.load(in);
        }
        var sentences = texts.stringPropertyNames().stream()
                .filter(key -> key.startsWith("allocation.why."))
                .sorted()
                .map(key -> key + "=" + texts.getProperty(key) + "\n")
                .collect(Collectors.joining());
        var hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(sentences.getBytes(StandardCharsets.UTF_8)));
        assertThat(ResultJson.ENGINE + " " + hash)
                .as("raise ENGINE and this hash together, since results contain these sentences")
                .isEqualTo("motette-allocation/3 06c451adc872278d6c7b11f0dec39ea8be690a6401d9bac9fd2cfafa75bf4850");
    }

    private static void refused(String json, String sentence) {
        assertThatThrownBy(() -> ResultFile.read(stream(json)))
                .isInstanceOf(ResultFile.Problem.class)
                .hasMessage(sentence);
    }

    private static Election example(String budget) {
        return Election.builder(new BigDecimal(budget), VoteType.APPROVAL)
                .project("1", new BigDecimal(500), "Spielplatz")
                .project("2", new BigDecimal(400), "Bäume \"neu\"")
                .project("3", new BigDecimal(300), "")
                .project("4", new BigDecimal(200), "")
                .ballot(5, 0, 1)
                .ballot(2, 0)
                .ballot(2, 2, 3)
                .ballot(1, 3)
                .build();
    }

    private static String json(Allocation allocation) throws IOException {
        var out = new ByteArrayOutputStream();
        ResultJson.write(allocation, "ab12", out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
