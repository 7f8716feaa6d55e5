package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.budgets.Accounts;
import motette.budgets.Budgets;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class CouncilTest extends PortalTest {

    private static final String REASON = "Das hat das Gremium überzeugt.";

    @Inject
    Budgets budgets;

    @Inject
    Clock clock;

    @Inject
    TransactionOperations<Connection> transactions;

    private int year;
    private LocalDate today;

    @BeforeAll
    void know_the_year() {
        today = LocalDate.now(clock);
        year = today.getYear();
    }

    @Test
    void fifty_grants_at_once_stop_exactly_where_the_money_ends() throws InterruptedException, ExecutionException {
        var ideas = IntStream.range(0, 50)
                .mapToObj(i -> idea("sbb-mitte", 200_000L))
                .toList();
        var chair = chair("mitte");
        var forms =
                ideas.stream().map(number -> form(chair, "sbb-mitte", number)).toList();
        var answers = together(
                24,
                IntStream.range(0, 50)
                        .<Callable<HttpResponse<String>>>mapToObj(
                                i -> () -> chair.post(action("sbb-mitte", ideas.get(i)), forms.get(i)))
                        .toList());
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 303).hasSize(27);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 422)
                .hasSize(23)
                .allMatch(
                        answer -> plain(answer).contains("Im Budget sind noch 1.000 € frei, beantragt sind 2.000 €."));
        assertThat(accounts("sbb-mitte")).isEqualTo(new Accounts(5_500_000, 100_000, 5_400_000, 0, 0));
        assertThat(number("select sum(balance_cents) from budget_accounts")).isZero();
        assertThat(number("select count(*) from resolutions r join ideas i on i.number = r.idea_number where"
                        + " i.body_key = 'sbb-mitte'"))
                .isEqualTo(27);
        assertThat(number("select count(*) from ideas where body_key = 'sbb-mitte' and state = 'granted'"))
                .isEqualTo(27);
        assertThat(number("select count(*) from audit_entries where deed = 'council.resolution' and subject in "
                        + "(select 'idea:' || number from ideas where body_key = 'sbb-mitte')"))
                .isEqualTo(27);
    }

    @Test
    void a_form_sent_twenty_times_at_once_decides_once() throws InterruptedException, ExecutionException {
        long idea = idea("sbb-nord", 200_000L);
        var chair = chair("nord");
        var form = form(chair, "sbb-nord", idea);
        var answers = together(20, Collections.nCopies(20, () -> chair.post(action("sbb-nord", idea), form)));
        assertThat(answers)
                .allMatch(answer -> answer.statusCode() == 303)
                .allMatch(answer -> Browser.location(answer).equals(board("sbb-nord") + "?decided=" + idea));
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isEqualTo(1);
        assertThat(accounts("sbb-nord").reserved()).isEqualTo(200_000);
    }

    @Test
    void of_two_different_resolutions_on_one_idea_one_stands() throws InterruptedException, ExecutionException {
        long idea = idea("sbb-ost", 200_000L);
        var chair = chair("ost");
        var grant = form(chair, "sbb-ost", idea);
        var refusal = form(chair, "sbb-ost", idea);
        refusal.putAll(Map.of("kind", "not-granted", "yes", "2", "no", "7"));
        var answers = together(
                2,
                List.of(
                        () -> chair.post(action("sbb-ost", idea), grant),
                        () -> chair.post(action("sbb-ost", idea), refusal)));
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(303, 409);
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isEqualTo(1);
        assertThat(accounts("sbb-ost").reserved())
                .isEqualTo(200_000
                        * number("select count(*) from resolutions where kind = 'granted' and idea_number = " + idea));
    }

    @Test
    void a_form_of_another_idea_decides_nothing() {
        long first = idea("sbb-nordost", 50_000L);
        long second = idea("sbb-nordost", 60_000L);
        var chair = chair("nordost");
        var form = form(chair, "sbb-nordost", first);
        assertThat(chair.post(action("sbb-nordost", first), form).statusCode()).isEqualTo(303);
        form.put("amount", "600");
        assertThat(chair.post(action("sbb-nordost", second), form).statusCode()).isEqualTo(409);
        assertThat(accounts("sbb-nordost").reserved()).isEqualTo(50_000);
        assertThat(number("select count(*) from idea_events where kind = 'granted' and idea_number = " + second))
                .isZero();
    }

    @Test
    void only_the_chair_of_the_body_records() {
        long idea = idea("sbb-west", 50_000L);
        for (var person : List.of(
                Town.chair("mitte"),
                Town.councillor("west", 1),
                Town.officer(),
                Town.administrator(),
                Town.resident())) {
            var browser = browser().signIn(person);
            assertThat(browser.get(form("sbb-west", idea)).statusCode())
                    .as(person)
                    .isEqualTo(403);
            var fields = typed(UUID.randomUUID().toString(), 50_000);
            fields.put(
                    "csrf", browser.page("/sign-in").select("input[name=csrf]").attr("value"));
            assertThat(browser.post(action("sbb-west", idea), fields).statusCode())
                    .as(person)
                    .isEqualTo(403);
        }
        assertThat(Browser.location(browser().get(form("sbb-west", idea)))).startsWith("/sign-in?next=");
        assertThat(Browser.location(browser()
                        .post(action("sbb-west", idea), typed(UUID.randomUUID().toString(), 50_000))))
                .startsWith("/sign-in");
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isZero();
        assertThat(browser().page(board("sbb-west")).select("a[href$=/resolution]"))
                .isEmpty();
    }

    @Test
    void a_chair_whose_term_has_ended_records_nothing() {
        long idea = idea("sbb-sued", 50_000L);
        var chair = chair("sued");
        var form = form(chair, "sbb-sued", idea);
        run("update roles set to_date = date '" + today.minusDays(1) + "' where name = 'chair' and scope = 'sbb-sued'");
        assertThat(chair.post(action("sbb-sued", idea), form).statusCode()).isEqualTo(403);
        assertThat(accounts("sbb-sued").reserved()).isZero();
    }

    @Test
    void what_is_wrong_comes_back_with_the_figures_and_with_what_was_typed() {
        long idea = idea("sbb-suedost", 200_000L);
        var chair = chair("suedost");
        var form = form(chair, "sbb-suedost", idea);
        form.remove("statement");
        form.putAll(Map.of("yes", "3", "no", "1", "abstentions", "0", "reason", "<b>kurz"));
        var answer = chair.post(action("sbb-suedost", idea), form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(plain(answer))
                .contains("Mit 4 Stimmen ist das Gremium nicht beschlussfähig; nötig sind 6 von 11.")
                .contains("Über 1.000 € geht es nur mit Stellungnahme der Verwaltung.")
                .contains("&lt;b&gt;kurz", "value=\"" + form.get("request_id") + "\"", "value=\"3\"");
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isZero();
    }

    @Test
    void the_board_shows_what_was_decided_with_votes_reason_and_amount() {
        long granted = idea("sbb-suedwest", 80_000L);
        long waiting = idea("sbb-suedwest", 6_000_000L);
        long elsewhere = idea("sbb-alt-west", 10_000L);
        run("insert into supports (idea_number, person_id, at) select " + waiting
                + ", id, now() from persons where demo_key in ('resident-1', 'resident-2')");
        var chair = chair("suedwest");
        var form = form(chair, "sbb-suedwest", granted);
        form.putAll(Map.of("kind", "granted-in-part", "amount", "500,50", "yes", "5", "no", "1", "abstentions", "2"));
        var page = chair.follow(chair.post(action("sbb-suedwest", granted), form));
        assertThat(page.select(".notice").text())
                .contains("Der Beschluss ist festgehalten.", "Teilweise bewilligt, 500,50 €");
        assertThat(browser().get(board("sbb-suedwest") + "?decided=" + waiting).body())
                .doesNotContain("Der Beschluss ist festgehalten.");
        var open = page.select("section[aria-labelledby=open] tbody tr");
        assertThat(open.select("a[href=/ideas/" + granted + "], a[href=/ideas/" + elsewhere + "]"))
                .isEmpty();
        assertThat(open.select("tr:has(a[href=/ideas/" + waiting + "])").eachText())
                .singleElement()
                .asString()
                .contains(" 2 60.000 €", "Nein, es fehlen ");
        var results = page.select("section[aria-labelledby=results] tbody tr");
        assertThat(results.text())
                .contains("500,50 €", "von 800 €", "5 Ja, 1 Nein, 2 Enthaltung", "8 von 11 anwesend, nötig 6", REASON);
        assertThat(browser()
                        .page("/budgets/stadtbezirksbudget/sbb-suedwest/" + year)
                        .select("tbody a")
                        .eachAttr("href"))
                .contains("/ideas/" + granted);
    }

    @Test
    void a_postponed_idea_can_be_decided_later() {
        long idea = idea("sbb-nordwest", null);
        var chair = chair("nordwest");
        var form = form(chair, "sbb-nordwest", idea);
        form.putAll(Map.of("kind", "postponed", "amount", ""));
        assertThat(chair.post(action("sbb-nordwest", idea), form).statusCode()).isEqualTo(303);
        var again = form(chair, "sbb-nordwest", idea);
        again.putAll(Map.of("kind", "granted", "amount", "750"));
        assertThat(chair.post(action("sbb-nordwest", idea), again).statusCode()).isEqualTo(303);
        assertThat(chair.get(form("sbb-nordwest", idea)).statusCode()).isEqualTo(409);
        assertThat(accounts("sbb-nordwest").reserved()).isEqualTo(75_000);
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-999999999-01-01", "+999999999-01-01", "+12026-01-01", "0000-01-01", "2026-02-30", "gestern"})
    void a_day_that_is_none_is_said_at_its_field(String day) {
        long idea = idea("sbb-mitte", 50_000L);
        var chair = chair("mitte");
        var form = form(chair, "sbb-mitte", idea);
        form.put("decided_on", day);
        var answer = chair.post(action("sbb-mitte", idea), form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select("[name=decided_on]").attr("aria-invalid"))
                .isEqualTo("true");
        assertThat(number("select count(*) from resolutions where idea_number = " + idea))
                .isZero();
    }

    @Test
    void a_withdrawn_idea_is_refused_as_what_it_is() {
        long idea = idea("sbb-mitte", 50_000L);
        var chair = chair("mitte");
        var form = form(chair, "sbb-mitte", idea);
        run("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'withdrawn', now())");
        for (var answer : List.of(chair.post(action("sbb-mitte", idea), form), chair.get(form("sbb-mitte", idea)))) {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body())
                    .contains("Diese Idee wurde zurückgezogen.")
                    .doesNotContain("schon entschieden");
        }
    }

    @Test
    void the_audit_names_the_resolution_with_its_reason_and_money_and_nobody() {
        long idea = idea("sbb-alt-west", 50_000L);
        var chair = chair("alt-west");
        var form = form(chair, "sbb-alt-west", idea);
        form.putAll(Map.of("kind", "postponed", "amount", ""));
        assertThat(chair.post(action("sbb-alt-west", idea), form).statusCode()).isEqualTo(303);
        assertThat(number("select count(*) from audit_entries a where deed = 'council.resolution' and subject = 'idea:"
                        + idea + "' and reason = '" + REASON + "' and details ->> 'result' = 'postponed' and office ="
                        + " 'chair:sbb-alt-west'"))
                .isEqualTo(1);
        assertThat(number("select count(*) from resolutions where reason = '" + REASON + "' and idea_number = " + idea))
                .isEqualTo(1);
    }

    @Test
    void bodies_lead_to_their_current_year_and_what_is_none_to_nowhere() {
        assertThat(browser().page("/council").select("a[href=" + board("sbb-mitte") + "]"))
                .isNotEmpty();
        assertThat(Browser.location(browser().get("/council/sbb-mitte"))).isEqualTo(board("sbb-mitte"));
        assertThat(browser().page(board("or-plaussig")).text()).contains("Die Einwohnerzahl ist nicht veröffentlicht");
        for (var path : List.of(
                "/council/nobody",
                "/council/sbb-mitte/1990",
                "/council/nobody/" + year,
                "/council/sbb-mitte/99999999999")) {
            assertThat(browser().get(path).statusCode()).as(path).isEqualTo(404);
        }
        var chair = chair("mitte");
        for (var path : List.of(
                form("sbb-mitte", 999_999_999), board("sbb-mitte") + "/ideas/99999999999999999999999/resolution")) {
            assertThat(chair.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void every_page_speaks_english_too() {
        long idea = idea("sbb-mitte", null);
        var chair = chair("mitte");
        for (var path : List.of(
                "/budgets",
                "/budgets/stadtbezirksbudget/sbb-mitte/" + year,
                "/council",
                board("sbb-mitte"),
                form("sbb-mitte", idea))) {
            var page = chair.page(path + "?lang=en");
            assertThat(page.select("html").attr("lang")).isEqualTo("en");
            assertThat(page.select("main").text()).doesNotContain("Gremium", "Vorgemerkt", "{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update resolutions set amount_cents = 5",
                "delete from resolutions",
                "truncate resolutions cascade"
            })
    void nobody_changes_a_resolution_not_even_with_sql(String sql) {
        assertThatThrownBy(() -> run(sql)).hasMessageContaining("append-only");
    }

    private Browser chair(String district) {
        return browser().signIn(Town.chair(district));
    }

    private Map<String, Object> form(Browser chair, String body, long idea) {
        var page = chair.page(form(body, idea));
        var fields = typed(
                page.select("input[name=request_id]").attr("value"),
                number("select coalesce(cost_cents, 0) from ideas where number = " + idea));
        fields.put("csrf", page.select("input[name=csrf]").attr("value"));
        return fields;
    }

    private Map<String, Object> typed(String request, long cents) {
        return new HashMap<>(Map.of(
                "request_id", request,
                "kind", "granted",
                "amount", cents / 100,
                "yes", "8",
                "no", "2",
                "abstentions", "1",
                "decided_on", today,
                "reason", REASON,
                "statement", "given"));
    }

    private String board(String body) {
        return "/council/" + body + "/" + year;
    }

    private String form(String body, long idea) {
        return action(body, idea);
    }

    private String action(String body, long idea) {
        return board(body) + "/ideas/" + idea + "/resolution";
    }

    private Accounts accounts(String body) {
        return budgets.of(body, year).orElseThrow().accounts();
    }

    private static String plain(HttpResponse<String> answer) {
        return answer.body().replace('\u00a0', ' ');
    }

    private static List<HttpResponse<String>> together(int threads, List<Callable<HttpResponse<String>>> deeds)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var answers = new ArrayList<HttpResponse<String>>();
            for (Future<HttpResponse<String>> answer : pool.invokeAll(deeds)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private long idea(String body, @Nullable Long cents) {
        long idea = number(
                "insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon,"
                    + " lat, exact_place, cost_cents, language, handed_in_at, state_since) select (select id from"
                    + " persons where demo_key = 'resident-1'), 'Bänke im Park', 'Damit sich alle unterwegs ausruhen"
                    + " können.', 'proposal', (select key from categories limit 1), (select q.key from quarters q join"
                    + " bodies b on b.district_key ="
                    + " q.district_key where b.key ="
                    + " '" + body + "' limit 1), '" + body + "', 12.3, 51.3, true, " + cents
                        + ", 'de', now(), now() returning number");
        run("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'published', now())");
        return idea;
    }

    private void run(String sql) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private long number(String sql) {
        return transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
