package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codes of authenticator apps and on paper, what needs them, and who may change them. */
@MicronautTest(transactional = false)
class SecondFactorTest extends FactorTest {

    private static final String CONFIRM = "/sign-in/confirm";

    @Inject
    AuthenticatorApps apps;

    @Inject
    WrongCodes wrongCodes;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void staff_without_a_second_factor_are_led_to_setting_one_up_and_then_go_on() {
        var person = Town.coordinator("mitte");
        var browser = browser();
        var arrival = arrive(browser, person, "/moderation");
        assertThat(Browser.location(arrival)).isEqualTo("/me/second-factor?next=%2Fmoderation");
        var page = browser.follow(arrival);
        assertThat(page.select(".notice[data-kind=warning]").text()).contains("Sie haben noch keinen zweiten Nachweis");
        assertThat(page.select(
                        "main a[href=/me/authenticator], main form[action=/me/passkeys], main a[href=/moderation]"))
                .hasSize(3);
        setUpApp(browser);
        assertThat(mails(person, "app-added")).isEqualTo(1);
        assertThat(Browser.location(arrive(browser(), person, "/moderation"))).isEqualTo("/moderation");
    }

    @Test
    void residents_are_not_asked_for_one_and_go_where_they_wanted() {
        var browser = browser();
        assertThat(Browser.location(arrive(browser, Town.resident(2), "/ideas/1")))
                .isEqualTo("/ideas/1");
        var token = token(browser);
        assertThat(browser.post("/ideas/1/support", Map.of("csrf", token)).statusCode())
                .isLessThan(400);
    }

    @Test
    void a_resident_whose_device_could_make_a_passkey_is_offered_one_once() {
        var browser = browser();
        var able = "motette-passkey=able";
        var link = link(Town.resident(3));
        var arrival = browser.post(link, Map.of(), "Cookie", able);
        assertThat(Browser.location(arrival)).isEqualTo("/me/second-factor?next=%2Fideas");
        var offer = browser.get(Browser.location(arrival), "Cookie", able);
        assertThat(offer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("motette-passkey=later"));
        assertThat(Browser.location(
                        browser().post(link(Town.resident(3)), Map.of(), "Cookie", "motette-passkey=later")))
                .isEqualTo("/ideas");
    }

    @Test
    void a_resolution_without_a_second_factor_waits_for_it_and_nothing_typed_is_lost() {
        var chair = Town.chair("ost");
        var first = byMail(chair);
        var secret = setUpApp(first);
        clock.turn(Duration.ofMinutes(2));
        var browser = byMail(chair);
        var board = browser.page("/council/sbb-ost/" + LocalDate.now(clock).getYear());
        var path = board.select("a[href$=/resolution]").attr("href");
        var form = fields(browser.page(path), path);
        form.putAll(Map.of(
                "kind", "postponed", "amount", "", "yes", "8", "no", "2", "abstentions", "1", "statement", "given"));
        form.put("reason", "Wasser & Schatten für alle: \"das ist uns wichtig\" <b>.");
        form.put("decided_on", LocalDate.now(clock).toString());
        var refused = browser.post(path, form);
        assertThat(refused.statusCode()).isEqualTo(403);
        var page = Jsoup.parse(refused.body(), home());
        assertThat(page.select("h1").text()).isEqualTo("Bitte bestätigen Sie, dass Sie es sind");
        assertThat(fields(page, "/sign-in/confirm/code")).containsAllEntriesOf(form);
        assertThat(count("resolutions where reason like 'Wasser & Schatten%'")).isZero();

        var wrong = confirm(browser, page, "code", "confirm-code", "000000");
        assertThat(wrong.statusCode()).isEqualTo(422);
        var again = Jsoup.parse(wrong.body(), home());
        assertThat(fields(again, "/sign-in/confirm/code")).containsAllEntriesOf(form);

        var right = confirm(browser, again, "code", "confirm-code", code(secret));
        assertThat(right.statusCode()).as(right.body()).isEqualTo(307);
        assertThat(Browser.location(right)).isEqualTo(path);
        var sent = fields(again, "/sign-in/confirm/code");
        sent.put("confirm-code", "123456");
        assertThat(browser.post(Browser.location(right), sent).statusCode()).isEqualTo(303);
        assertThat(count("resolutions where reason = 'Wasser & Schatten für alle: \"das ist uns wichtig\" <b>.'"))
                .isEqualTo(1);
    }

    @Test
    void whoever_confirmed_in_another_tab_sends_the_same_form_again() {
        var person = Town.coordinator("nord");
        var secret = setUpApp(byMail(person));
        clock.turn(Duration.ofMinutes(2));
        var browser = byMail(person);
        var number = idea("nord", "Bänke am Kanal");
        var path = "/moderation/ideas/" + number + "/publication";
        var refused = browser.post(path, Map.of("csrf", token(browser)));
        assertThat(refused.statusCode()).isEqualTo(403);
        var page = Jsoup.parse(refused.body(), home());
        var other = confirm(browser, browser.page(CONFIRM + "?next=/moderation"), "code", "confirm-code", code(secret));
        assertThat(other.statusCode()).isEqualTo(303);
        assertThat(Browser.location(other)).isEqualTo("/moderation");
        assertThat(browser.post(path, fields(page, path)).statusCode()).isEqualTo(303);
    }

    @Test
    void every_deed_that_decides_or_moves_money_asks_for_it() {
        var coordinator = byMail(Town.coordinator("ost"));
        var number = idea("ost", "Ein Baum für die Ecke");
        for (var deed : List.of("publication", "return", "decline", "place")) {
            var answer = coordinator.post(
                    "/moderation/ideas/" + number + "/" + deed,
                    Map.of("csrf", token(coordinator), "reason", "incomplete", "note", "Bitte mehr dazu."));
            assertThat(answer.statusCode()).as(deed).isEqualTo(403);
            assertThat(answer.body()).contains("Sie haben noch keinen zweiten Nachweis", "Bitte mehr dazu.");
        }
        assertThat(coordinator
                        .post("/moderation/decisions/1/reversal", Map.of("csrf", token(coordinator)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(waiting.ask("select state from ideas where number = " + number))
                .isEqualTo("handed-in");
        var chair = byMail(Town.chair("mitte"));
        var year = LocalDate.now(clock).getYear();
        var compare = chair.page("/allocation/sbb-mitte/" + year);
        var action = compare.select("form[action*=/runs]").attr("action");
        var run = chair.post(action, fields(compare, action));
        assertThat(run.statusCode()).as(run.body()).isEqualTo(403);
        assertThat(count("allocation_runs")).isZero();
    }

    @Test
    void a_second_factor_holds_for_eight_hours() {
        var person = Town.coordinator("sued");
        var browser = byMail(person);
        setUpApp(browser);
        for (int i = 0; i < 3; i++) {
            clock.turn(Duration.ofMinutes(150));
            browser.page("/me");
        }
        var number = idea("sued", "Licht im Durchgang");
        assertThat(browser.post("/moderation/ideas/" + number + "/publication", Map.of("csrf", token(browser)))
                        .statusCode())
                .isEqualTo(303);
        clock.turn(Duration.ofMinutes(31));
        var next = idea("sued", "Noch ein Licht");
        assertThat(browser.post("/moderation/ideas/" + next + "/publication", Map.of("csrf", token(browser)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_code_counts_once_even_when_twenty_send_it_at_once() throws Exception {
        var person = Town.coordinator("west");
        var secret = setUpApp(byMail(person));
        assertThat(apps.check(person(person), code(secret)))
                .as("the code of the setup is used up")
                .isEqualTo(AuthenticatorApps.Verdict.WRONG);
        clock.turn(Duration.ofMinutes(1));
        var code = code(secret);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var verdicts = new ArrayList<AuthenticatorApps.Verdict>();
            for (var verdict : threads.invokeAll(IntStream.range(0, 20)
                    .<Callable<AuthenticatorApps.Verdict>>mapToObj(i -> () -> apps.check(person(person), code))
                    .toList())) {
                verdicts.add(verdict.get());
            }
            assertThat(verdicts).containsOnlyOnce(AuthenticatorApps.Verdict.RIGHT);
        }
    }

    @Test
    void ten_thousand_codes_get_nowhere_and_lock_nobody_else_out() throws Exception {
        var person = person(Town.chair("nord"));
        var secret = setUpApp(byMail(Town.chair("nord")));
        var other = setUpApp(byMail(Town.chair("sued")));
        clock.turn(Duration.ofMinutes(1));
        var right = code(secret);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var verdicts = threads.invokeAll(IntStream.range(0, 10_000)
                    .mapToObj("%06d"::formatted)
                    .filter(code -> !code.equals(right))
                    .<Callable<AuthenticatorApps.Verdict>>map(code -> () -> apps.check(person, code))
                    .toList());
            int wrong = 0;
            for (var verdict : verdicts) {
                assertThat(verdict.get()).isNotEqualTo(AuthenticatorApps.Verdict.RIGHT);
                wrong += verdict.get() == AuthenticatorApps.Verdict.WRONG ? 1 : 0;
            }
            assertThat(wrong).as("were compared at all").isEqualTo(WrongCodes.MOST_AT_ONCE);
        }
        assertThat(apps.check(person, right)).isEqualTo(AuthenticatorApps.Verdict.WAIT);
        assertThat(apps.recover(person, "00000-00000")).isEqualTo(AuthenticatorApps.Verdict.NOTHING);
        assertThat(apps.check(person(Town.chair("sued")), code(other))).isEqualTo(AuthenticatorApps.Verdict.RIGHT);
        assertThat(mails(Town.chair("nord"), "tries-over")).isEqualTo(1);
        var page = byMail(Town.chair("nord"));
        var answer = confirm(page, page.page(CONFIRM), "code", "confirm-code", right);
        assertThat(answer.body()).contains("in 15 Minuten wieder", "ein Passkey geht jederzeit");
        clock.turn(Duration.ofMinutes(15));
        assertThat(apps.check(person, code(secret))).isEqualTo(AuthenticatorApps.Verdict.RIGHT);
    }

    @Test
    void no_more_than_twenty_wrong_codes_a_day_are_compared_and_then_forgotten() {
        var key = Town.chair("nordost");
        var secret = setUpApp(byMail(key));
        int compared = 0;
        for (int i = 0; i < 30; i++) {
            clock.turn(Duration.ofMinutes(16));
            compared += apps.check(person(key), "12345x") == AuthenticatorApps.Verdict.WRONG ? 1 : 0;
        }
        assertThat(compared).isEqualTo(WrongCodes.MOST_A_DAY);
        clock.turn(Duration.ofDays(1));
        assertThat(apps.check(person(key), code(secret))).isEqualTo(AuthenticatorApps.Verdict.RIGHT);
        wrongCodes.forget();
        assertThat(count("wrong_factor_codes where person_id = " + person(key))).isZero();
    }

    @Test
    void recovery_codes_are_shown_once_kept_as_hashes_and_work_once_each() throws Exception {
        var key = Town.chair("west");
        var browser = byMail(key);
        setUpApp(browser);
        var codes = makeCodes(browser);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("[0-9A-Z]{5}-[0-9A-Z]{5}"));
        assertThat(browser.page("/me/recovery-codes").select(".codes")).isEmpty();
        assertThat(waiting.ask(
                        "select count(*) || ' ' || min(octet_length(code_hash)) from recovery_codes where person_id"
                                + " = " + person(key)))
                .isEqualTo("10 32");
        assertThat(apps.recover(
                        person(key), " " + codes.get(0).toLowerCase(Locale.ROOT).replace("-", " ")))
                .isEqualTo(AuthenticatorApps.Verdict.RIGHT);
        assertThat(apps.recover(person(key), codes.get(0))).isEqualTo(AuthenticatorApps.Verdict.WRONG);
        assertThat(mails(key, "code-used")).isEqualTo(1);
        try (var threads = Executors.newFixedThreadPool(10)) {
            var verdicts = new ArrayList<AuthenticatorApps.Verdict>();
            for (var verdict : threads.invokeAll(IntStream.range(0, 10)
                    .<Callable<AuthenticatorApps.Verdict>>mapToObj(i -> () -> apps.recover(person(key), codes.get(1)))
                    .toList())) {
                verdicts.add(verdict.get());
            }
            assertThat(verdicts).containsOnlyOnce(AuthenticatorApps.Verdict.RIGHT);
        }
        clock.turn(Duration.ofMinutes(16));
        var page = byMail(key);
        var confirmed =
                confirm(page, page.page(CONFIRM + "?next=/council"), "recovery", "confirm-recovery", codes.get(2));
        assertThat(Browser.location(confirmed)).isEqualTo("/council");
        var fresh = makeCodes(page);
        assertThat(fresh).doesNotContainAnyElementsOf(codes);
        assertThat(apps.recover(person(key), codes.get(3))).isEqualTo(AuthenticatorApps.Verdict.WRONG);
        assertThat(apps.recover(person(key), fresh.get(3))).isEqualTo(AuthenticatorApps.Verdict.RIGHT);
    }

    @Test
    void the_secret_of_an_app_is_sealed_and_shown_only_while_it_is_set_up() {
        var key = Town.chair("suedwest");
        var browser = byMail(key);
        var begun = Jsoup.parse(browser.submit(browser.page("/me/authenticator"), "/me/authenticator", Map.of())
                .body());
        var secret = secret(begun);
        assertThat(begun.select(".qr path").attr("d")).startsWith("M4 4h1v1h-1z");
        var wrong = browser.submit(begun, "/me/authenticator/confirmation", Map.of("code", "000000"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(secret(Jsoup.parse(wrong.body()))).isEqualTo(secret);
        assertThat(browser.submit(begun, "/me/authenticator/confirmation", Map.of("code", code(secret)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.page("/me/authenticator").select(".numbered .code, .qr"))
                .isEmpty();
        assertThat(waiting.ask("select octet_length(sealed) || ' ' || (position('\\x"
                        + HexFormat.of().formatHex(secret) + "'::bytea in sealed)) from authenticator_apps"
                        + " where person_id = " + person(key)))
                .isEqualTo("48 0");
        assertThat(count("authenticator_setups where person_id = " + person(key)))
                .isZero();
    }

    @Test
    void a_setup_that_takes_too_long_begins_anew() {
        var browser = byMail(Town.resident(5));
        var begun = Jsoup.parse(browser.submit(browser.page("/me/authenticator"), "/me/authenticator", Map.of())
                .body());
        clock.turn(Duration.ofMinutes(16));
        var late = browser.submit(begun, "/me/authenticator/confirmation", Map.of("code", code(secret(begun))));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("zu lange gedauert");
        apps.forget();
        assertThat(count("authenticator_setups where person_id = " + person(Town.resident(5))))
                .isZero();
    }

    @Test
    void staff_add_their_first_factor_only_soon_after_signing_in() {
        var browser = byMail(Town.chair("suedost"));
        clock.turn(Duration.ofMinutes(9));
        assertThat(browser.page("/me/second-factor").select("form[action=/me/passkeys]"))
                .hasSize(1);
        clock.turn(Duration.ofMinutes(2));
        var page = browser.page("/me/second-factor");
        assertThat(page.select("form[action=/me/passkeys]")).isEmpty();
        assertThat(page.select(".notice a").eachAttr("href")).contains("/sign-in?next=/me/second-factor");
        for (var path : List.of("/me/authenticator", "/me/passkeys/options", "/me/passkeys")) {
            var answer = browser.post(path, Map.of("csrf", token(browser), "credential", "{}"));
            assertThat(answer.statusCode()).as(path).isEqualTo(409);
            assertThat(answer.body()).contains("melden Sie sich noch einmal an");
        }
    }

    @Test
    void a_stolen_mailbox_changes_nothing_about_the_factors_of_staff() {
        var key = Town.chair("nordwest");
        var owner = byMail(key);
        setUpApp(owner);
        var passkey = new SoftPasskey(home());
        var options =
                owner.post("/me/passkeys/options", Map.of("csrf", token(owner))).body();
        assertThat(owner.post("/me/passkeys", Map.of("csrf", token(owner), "credential", passkey.create(options)))
                        .statusCode())
                .isEqualTo(303);
        var removal =
                owner.page("/me/passkeys").select("form[action$=/removal]").attr("action");

        var thief = byMail(key);
        for (var path : List.of("/me/authenticator", "/me/passkeys/options", "/me/recovery-codes")) {
            var answer = thief.post(path, Map.of("csrf", token(thief)));
            assertThat(answer.statusCode()).as(path).isEqualTo(409);
            assertThat(answer.body()).contains("href=\"/sign-in/confirm?next=/me/second-factor\"");
        }
        for (var path : List.of(removal, "/me/authenticator/removal")) {
            assertThat(thief.post(path, Map.of("csrf", token(thief))).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }

        assertThat(owner.post(removal, Map.of("csrf", token(owner))).statusCode())
                .isEqualTo(303);
        var last = owner.post("/me/authenticator/removal", Map.of("csrf", token(owner)));
        assertThat(last.statusCode()).isEqualTo(409);
        assertThat(last.body()).contains("Das ist Ihr letzter zweiter Nachweis");
    }

    @Test
    void of_two_factors_removed_at_once_one_stays() throws Exception {
        var key = Town.chair("alt-west");
        var owner = byMail(key);
        setUpApp(owner);
        var passkey = new SoftPasskey(home());
        var options =
                owner.post("/me/passkeys/options", Map.of("csrf", token(owner))).body();
        owner.post("/me/passkeys", Map.of("csrf", token(owner), "credential", passkey.create(options)));
        var removal =
                owner.page("/me/passkeys").select("form[action$=/removal]").attr("action");
        var token = token(owner);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var codes = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(List.<Callable<Integer>>of(
                    () -> owner.post(removal, Map.of("csrf", token)).statusCode(),
                    () -> owner.post("/me/authenticator/removal", Map.of("csrf", token))
                            .statusCode()))) {
                codes.add(answer.get());
            }
            assertThat(codes).containsExactlyInAnyOrder(303, 409);
        }
    }

    @Test
    void the_way_back_after_confirming_is_a_path_of_this_site() {
        var person = Town.councillor("ost", 2);
        var secret = setUpApp(byMail(person));
        clock.turn(Duration.ofMinutes(1));
        var browser = byMail(person);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("csrf", token(browser));
        fields.put("confirm-code", code(secret));
        fields.put("confirm-next", "https://elsewhere.example/");
        assertThat(Browser.location(browser.post(CONFIRM + "/code", fields))).isEqualTo("/");
        clock.turn(Duration.ofMinutes(1));
        fields.put("confirm-code", code(secret));
        fields.put("confirm-again", "//elsewhere.example/");
        assertThat(Browser.location(browser.post(CONFIRM + "/code", fields))).isEqualTo("/");
        assertThat(Browser.location(browser().get(CONFIRM))).startsWith("/sign-in?next=");
    }

    private List<String> makeCodes(Browser browser) {
        var answer = browser.submit(browser.page("/me/recovery-codes"), "/me/recovery-codes", Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return Jsoup.parse(answer.body()).select(".codes li").eachText();
    }

    private String link(String person) {
        browser().post("/sign-in/link", Map.of("email", person + "@motette.example", "next", "/ideas"));
        return waiting.ask("select substring(body from '/sign-in/link/[A-Za-z0-9_-]+') from mails where recipient = '"
                + person + "@motette.example' and body like '%/sign-in/link/%' order by id desc limit 1");
    }

    private long idea(String district, String title) {
        var quarter = waiting.ask("select a.quarter_key from area_quarters a join roles r on r.scope = a.area_key"
                + " join persons p on p.id = r.person_id where p.demo_key = '" + Town.coordinator(district)
                + "' limit 1");
        return waiting.idea(Town.resident(), quarter, title + " " + UUID.randomUUID(), clock.instant());
    }

    private long count(String from) {
        return Long.parseLong(waiting.ask("select count(*) from " + from));
    }
}
