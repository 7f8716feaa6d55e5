package motette.allocation.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.allocation.Neighbourhood;
import motette.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recorded run tells people to type gives the recorded result. */
@MicronautTest(transactional = false)
class RecomputingTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Clock clock;

    @ParameterizedTest
    @CsvSource({"shares, ''", "ratio, least=2", "shares-plain, budget=12.345", "welfare, ''", "votes, fixed"})
    void the_command_of_a_run_gives_its_result(String rule, String conditions) {
        var south = new Neighbourhood(transactions, "sbb-sued");
        long roof = south.idea("Dach für " + rule, 2_000_050L);
        south.support(6, 0, roof);
        var page = "/allocation/sbb-sued/" + LocalDate.now(clock).getYear();
        var query = conditions.equals("fixed") ? "in=" + roof : conditions;
        var chair = browser().signIn(Town.chair("sued"));
        var kept = keep(chair, page, "?" + query, rule);
        var run = chair.page(kept).expectFirst(".run[data-kept]");
        var input = chair.get(run.select("a[href$=.pb]").attr("href")).body();
        var words = new ArrayList<>(List.of(run.select("pre code").text().split(" ")));
        assertThat(words.subList(0, 4)).containsExactly("java", "-jar", "motette.jar", "allocate");
        words.set(4, "-");
        assertThat(typed(words.subList(3, words.size()), input))
                .isEqualTo(chair.get(run.select("a[href$=.json]").attr("href")).body());
    }

    @Test
    void the_input_is_read_without_a_warning() {
        var page = "/allocation/sbb-mitte/" + LocalDate.now(clock).getYear();
        var chair = browser().signIn(Town.chair("mitte"));
        var kept = keep(chair, page, "", "votes");
        var errors = new ByteArrayOutputStream();
        var input = chair.get(kept.replace("?kept=", "/") + ".pb").body();
        assertThat(Commands.run(
                        List.of("allocate", "-", "--rule", "greedy-votes"),
                        console(input, new ByteArrayOutputStream(), errors),
                        List.of()))
                .isZero();
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static String keep(Browser chair, String page, String query, String rule) {
        var form = chair.page(page + query).expectFirst("form[method=post][action^=" + page + "/runs]");
        return Browser.location(chair.post(
                page + "/runs" + query,
                Map.of(
                        "csrf", form.select("input[name=csrf]").attr("value"),
                        "input", form.select("input[name=input]").attr("value"),
                        "rule", rule)));
    }

    private static String typed(List<String> words, String input) {
        var out = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        int code = Commands.run(words, console(input, out, errors), List.of());
        assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Console console(String input, ByteArrayOutputStream out, ByteArrayOutputStream errors) {
        return new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }
}
