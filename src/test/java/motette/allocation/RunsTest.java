package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.rules.Rules;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class RunsTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Clock clock;

    @Inject
    Texts texts;

    private Neighbourhood east;
    private String page;
    private long bench;

    @BeforeAll
    void propose_and_support() {
        page = "/allocation/sbb-ost/" + LocalDate.now(clock).getYear();
        east = new Neighbourhood(transactions, "sbb-ost");
        bench = east.idea("Bänke; \"mit\" Lehne", 1_234_56L);
        east.support(4, 0, bench);
        east.support(3, 1, bench, east.idea("Großes Dach", 5_000_000L));
    }

    @Test
    void a_run_is_recomputed_from_its_input_byte_by_byte() throws IOException {
        var chair = browser().signIn(Town.chair("ost"));
        for (var rule : RuleSetTest.keys()) {
            var path = path(keep(chair, rule, ""));
            var input = chair.get(path + ".pb").body();
            var result = chair.get(path + ".json").body();
            var election = Pabulib.election(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                    .election();
            var allocation =
                    Rules.allocate(election, RuleSet.rule(rule, election).orElseThrow());
            var again = new ByteArrayOutputStream();
            ResultJson.write(
                    allocation,
                    sha256(input),
                    ResultJson.Wording.of(Explanations.of(allocation), texts, Languages.standard()),
                    again);
            assertThat(again.toString(StandardCharsets.UTF_8)).as(rule).isEqualTo(result);
        }
    }

    @Test
    void the_list_shows_what_came_out_and_how_to_repeat_it() {
        var chair = browser().signIn(Town.chair("ost"));
        var kept = chair.page(keep(chair, "shares", "?least=2&in=" + bench + "&budget=20000"));
        var run = kept.expectFirst(".run[data-kept]");
        assertThat(kept.select(".notice[data-kind=success]").text()).contains("Die Rechnung ist festgehalten.");
        assertThat(run.select("h2").text()).isEqualTo("Gleiche Anteile");
        assertThat(run.text())
                .contains("von 20.000 €")
                .contains("mindestens 2 Stimmen, eine Idee festgelegt als dabei")
                .contains("--rule equal-shares")
                .contains("--min-votes 2 --fix-in " + bench)
                .contains(sha256(
                        chair.get(run.select("a[href$=.pb]").attr("href")).body()));
        assertThat(browser()
                        .signIn(Town.councillor("ost", 3))
                        .page(page + "/runs")
                        .select(".run"))
                .isNotEmpty();
    }

    @Test
    void the_input_says_nothing_of_who_voted_or_when() {
        var chair = browser().signIn(Town.chair("ost"));
        var input = chair.get(path(keep(chair, "votes", "")) + ".pb").body();
        var ballots = input.substring(input.indexOf("VOTES\n")).lines().toList();
        assertThat(ballots.get(1)).isEqualTo("voter_id;vote");
        assertThat(ballots.subList(2, ballots.size())).allMatch(line -> line.matches("\\d+;\\d+(,\\d+)*"));
        assertThat(ballots.stream().skip(2).map(line -> line.substring(0, line.indexOf(';'))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ballots.size() - 2)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @Test
    void twenty_who_keep_the_same_run_at_once_leave_one_row() throws Exception {
        var office = browser().signIn(Town.officer());
        var fields = form(office, "phragmen", "?budget=33333");
        Callable<HttpResponse<String>> deed = () -> office.post(page + "/runs?budget=33333", fields);
        try (var pool = Executors.newFixedThreadPool(20)) {
            var places = new java.util.HashSet<String>();
            for (var answer : pool.invokeAll(Collections.nCopies(20, deed))) {
                places.add(Browser.location(answer.get()));
            }
            assertThat(places).hasSize(1);
        }
        assertThat(east.number("select count(*) from allocation_runs r join allocation_inputs i on i.sha256 ="
                        + " r.input_sha256 where convert_from(i.pabulib, 'UTF8') like '%budget;33333%'"))
                .isEqualTo(1);
        assertThat(east.number("select count(*) from audit_entries a join allocation_runs r on a.subject ="
            + " 'allocation-run:' || r.id join allocation_inputs i on i.sha256 = r.input_sha256 where a.deed ="
            + " 'allocation.run' and convert_from(i.pabulib, 'UTF8') like '%budget;33333%'"))
                .isEqualTo(1);
    }

    @Test
    void another_vote_makes_another_run_and_the_old_one_stays() {
        var chair = browser().signIn(Town.chair("ost"));
        var before = path(keep(chair, "ratio", ""));
        var was = chair.get(before + ".json").body();
        east.support(1, 0, bench);
        var after = path(keep(chair, "ratio", ""));
        assertThat(after).isNotEqualTo(before);
        assertThat(chair.get(before + ".json").body()).isEqualTo(was);
    }

    @Test
    void a_vote_between_page_and_click_shows_the_new_result_and_keeps_nothing() {
        var chair = browser().signIn(Town.chair("ost"));
        var seen = form(chair, "votes", "?budget=44444");
        east.support(1, 0, bench);
        long runs = east.number("select count(*) from allocation_runs");
        var answer = chair.post(page + "/runs?budget=44444", seen);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(east.number("select count(*) from allocation_runs")).isEqualTo(runs);
        var shown = Jsoup.parse(answer.body());
        assertThat(shown.select(".notice[role=alert]").text())
                .contains("Noch ist nichts festgehalten", "Bitte sehen Sie sich das neue Ergebnis an");
        assertThat(shown.select(".proposal")).hasSize(3);
        assertThat(shown.select("#budget").attr("value")).isEqualTo("44444");
        var form = shown.expectFirst(".proposal form");
        var again = chair.post(
                form.attr("action"),
                Map.of(
                        "csrf", form.select("input[name=csrf]").attr("value"),
                        "input", form.select("input[name=input]").attr("value"),
                        "rule", "votes"));
        assertThat(again.statusCode()).isEqualTo(303);
    }

    @Test
    void who_sends_no_checksum_of_what_was_seen_keeps_nothing() {
        var chair = browser().signIn(Town.chair("ost"));
        assertThat(chair.post(page + "/runs", Map.of("csrf", chair.token(), "rule", "votes"))
                        .statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"councillor-ost-1", "auditor", "admin", "coordinator-ost", "chair-mitte", "resident-1"})
    void only_chair_and_office_keep_a_run(String person) {
        var browser = browser().signIn(person);
        var answer = browser.post(page + "/runs", Map.of("csrf", browser.token(), "rule", "votes"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?budget=viel", "?in=999999", "?rules=zufall"})
    void conditions_that_do_not_hold_keep_nothing(String query) {
        var chair = browser().signIn(Town.chair("ost"));
        long runs = east.number("select count(*) from allocation_runs");
        var answer = chair.post(page + "/runs" + query, Map.of("csrf", chair.token(), "rule", "votes"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(page);
        assertThat(east.number("select count(*) from allocation_runs")).isEqualTo(runs);
    }

    @Test
    void there_is_no_run_by_a_rule_that_does_not_exist() {
        var chair = browser().signIn(Town.chair("ost"));
        for (var rule : new String[] {"lottery", "", "shares\u0000"}) {
            assertThat(chair.post(page + "/runs", Map.of("csrf", chair.token(), "rule", rule))
                            .statusCode())
                    .isEqualTo(409);
        }
        assertThat(chair.post(page + "/runs", Map.of("csrf", chair.token())).statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "chair-ost, true",
        "office, true",
        "auditor, true",
        "councillor-ost-1, false",
        "admin, false",
        "coordinator-ost, false"
    })
    void only_who_checks_gets_the_ballots_of_a_run_and_all_who_read_see_its_result(String person, boolean checks) {
        var path = path(keep(browser().signIn(Town.chair("ost")), "shares-greedy", ""));
        var reader = browser().signIn(person);
        assertThat(reader.get(path + ".pb").statusCode()).isEqualTo(checks ? 200 : 403);
        assertThat(reader.get(path + ".json").statusCode()).isEqualTo(200);
        var shown = reader.page(page + "/runs");
        assertThat(shown.select("a[href=" + path + ".pb]")).hasSize(checks ? 1 : 0);
        assertThat(shown.select("a[href=" + path + ".json]")).hasSize(1);
        assertThat(shown.text())
                .contains("Nachrechnen können der Vorsitz dieses Gremiums, die Verwaltung und die Rechnungsprüfung.");
        assertThat(shown.select("pre.code").isEmpty()).isNotEqualTo(checks);
    }

    @Test
    void a_chair_gets_no_ballots_of_another_body() {
        var path = path(keep(browser().signIn(Town.chair("ost")), "votes", ""));
        assertThat(browser().signIn(Town.chair("mitte")).get(path + ".pb").statusCode())
                .isEqualTo(403);
    }

    @Test
    void who_keeps_a_run_and_who_supports_read_what_stays() {
        assertThat(browser()
                        .signIn(Town.chair("ost"))
                        .page(page)
                        .select("#keep-hint")
                        .text())
                .contains("ohne Namen", "ändert daran nichts mehr");
        assertThat(browser().signIn(Town.councillor("ost", 1)).page(page).select("#keep-hint"))
                .isEmpty();
        assertThat(browser().page("/privacy").text())
                .contains("In schon festgehaltenen Rechnungen stehen Unterstützungen ohne Namen.");
    }

    @Test
    void a_run_of_one_body_is_not_found_under_another() {
        var office = browser().signIn(Town.officer());
        var path = path(keep(office, "welfare", ""));
        assertThat(office.get(path + ".pb").statusCode()).isEqualTo(200);
        assertThat(office.get(path.replace("sbb-ost", "sbb-mitte") + ".pb").statusCode())
                .isEqualTo(404);
        assertThat(office.get(path.replace("sbb-ost", "sbb-mitte") + ".json").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update allocation_runs set rule = rule",
                "delete from allocation_runs",
                "truncate allocation_runs cascade",
                "update allocation_inputs set pabulib = pabulib",
                "delete from allocation_inputs",
                "truncate allocation_inputs cascade"
            })
    void nobody_changes_a_run_not_even_with_sql(String sql) {
        keep(browser().signIn(Town.chair("ost")), "votes", "");
        assertThatThrownBy(() -> east.run(sql)).hasMessageContaining("append-only");
    }

    @Test
    void the_list_shows_the_latest_hundred_and_says_that_there_are_more() {
        var place = page.replace("sbb-ost", "sbb-west");
        var chair = browser().signIn(Town.chair("ost"));
        keep(chair, "votes", "");
        var copies =
                "insert into allocation_runs (subject, rule, tie_order, input_sha256, result, result_sha256, engine,"
                        + " recorded_by, recorded_at, funded, spent_cents, budget_cents) select 'supports:sbb-west:"
                        + LocalDate.now(clock).getYear()
                        + "', r.rule || ' ' || n, tie_order, input_sha256, result, result_sha256, engine, recorded_by,"
                        + " recorded_at, 7, 123456, 200000 from (select * from allocation_runs where subject like"
                        + " 'supports:sbb-ost:%' order by id limit 1) r, generate_series(";
        var office = browser().signIn(Town.officer());
        east.run(copies + "1, 100) n");
        var hundred = office.page(place + "/runs");
        assertThat(hundred.select(".run")).hasSize(100);
        assertThat(hundred.select(".run").getFirst().text()).contains("7 Ideen für 1.234,56 € von 2.000 €");
        assertThat(hundred.text()).doesNotContain("Hier stehen die letzten");
        east.run(copies + "101, 101) n");
        var more = office.page(place + "/runs");
        assertThat(more.select(".run")).hasSize(100);
        assertThat(more.text()).contains("Hier stehen die letzten 100 Rechnungen.");
    }

    @Test
    void a_file_is_kept_only_under_its_own_checksum() {
        assertThatThrownBy(() -> east.run("insert into allocation_inputs values (sha256('one'), 'other')"))
                .hasMessageContaining("allocation_inputs");
    }

    private String keep(Browser browser, String rule, String query) {
        var answer = browser.post(page + "/runs" + query, form(browser, rule, query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return Browser.location(answer);
    }

    /** What a page with these conditions sends for the rule. */
    private Map<String, String> form(Browser browser, String rule, String query) {
        var form = browser.page(page + query).expectFirst("form[method=post][action^=" + page + "/runs]");
        return Map.of(
                "csrf", form.select("input[name=csrf]").attr("value"),
                "input", form.select("input[name=input]").attr("value"),
                "rule", rule);
    }

    private static String path(String kept) {
        return kept.replace("?kept=", "/");
    }

    private static String sha256(String file) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
