package motette.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.Browser;
import motette.people.Visitor;
import motette.signin.Assurance;
import motette.signin.ClaimsSeen.Attribute;
import motette.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real provider, over HTTP: who gets in, and who does not. */
@MicronautTest(transactional = false)
class OidcTest extends OidcPortal {

    @Inject
    ClaimsHeard claims;

    @Inject
    Arrivals arrivals;

    @Test
    void somebody_new_joins_under_a_pseudonym_and_is_the_same_person_the_next_time() {
        provider.said.put(
                "neu-1", Map.of("name", "Ganz Geheim", "email", "neu-1@stadt.example", "email_verified", true));
        var first = browser();
        assertThat(Browser.location(signIn(first, "land", "neu-1", "/ideas"))).isEqualTo("/ideas");
        assertThat(isSignedIn(first)).isTrue();
        var person = personOf("land", "neu-1");
        assertThat(waiting.ask(
                        "select pseudonym || '|' || coalesce(email, 'no address') from persons where id = " + person))
                .isEqualTo("Einwohner:in " + person + "|no address");
        var second = browser();
        signIn(second, "land", "neu-1", "/");
        assertThat(isSignedIn(second)).isTrue();
        assertThat(personOf("land", "neu-1")).isEqualTo(person);
        assertThat(waiting.ask("select count(*) from sign_ins where method = 'oidc' and person_id = " + person))
                .isEqualTo("2");
    }

    @Test
    void of_twenty_first_arrivals_of_one_subject_one_person_comes() throws Exception {
        var assertion =
                new Assertion("land", "zwanzig", Assurance.NONE, "", false, "", false, "", Claims.NONE, Map.of());
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return arrivals.arrive(
                                        assertion,
                                        Visitor.GUEST,
                                        "/",
                                        Locale.GERMAN,
                                        io.micronaut.http.HttpRequest.GET("/"))
                                .code();
                    }))
                    .toList();
            start.countDown();
            var codes = new ArrayList<Integer>();
            for (var answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).containsOnly(303);
        }
        assertThat(waiting.ask("select count(*) || ' ' || count(distinct person_id) from sign_ins where person_id = "
                        + personOf("land", "zwanzig")))
                .isEqualTo("20 1");
        assertThat(waiting.ask("select count(*) from identities where subject = 'zwanzig'"))
                .isEqualTo("1");
    }

    @Test
    void an_address_of_somebody_here_opens_no_account_before_its_owner_signed_in() {
        var address = Town.resident(4) + "@motette.example";
        provider.said.put("fremd", Map.of("email", address, "email_verified", true));
        var browser = browser();
        var answer = signIn(browser, "land", "fremd", "/ideas");
        assertThat(Browser.location(answer)).isEqualTo("/sign-in/linking");
        var page = browser.follow(answer);
        assertThat(page.text()).contains("Sie haben hier schon ein Konto", address);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(personOf("land", "fremd")).isEmpty();

        browser.submit(page, "/sign-in/link", Map.of());
        var body = waiting.ask("select body from mails where recipient = '" + address + "' order by id desc limit 1");
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+").matcher(body);
        assertThat(link.find()).isTrue();
        var arrived = browser.submit(browser.page(link.group()), link.group(), Map.of());
        assertThat(Browser.location(arrived)).isEqualTo("/me/identities/new");
        var confirm = browser.follow(arrived);
        assertThat(confirm.text()).contains("Konten verbinden?", "BundID");
        assertThat(personOf("land", "fremd")).isEmpty();
        assertThat(browser.post("/me/identities", Map.of("csrf", "wrong")).statusCode())
                .isEqualTo(403);
        assertThat(browser.follow(browser.submit(confirm, "/me/identities", Map.of()))
                        .text())
                .contains("Verbunden", "BundID");
        assertThat(waiting.ask("select demo_key from persons where id = " + personOf("land", "fremd")))
                .isEqualTo(Town.resident(4));

        var later = browser();
        assertThat(Browser.location(signIn(later, "land", "fremd", "/"))).isEqualTo("/");
        assertThat(isSignedIn(later)).isTrue();
    }

    @Test
    void whose_account_it_is_not_gets_a_new_one_without_the_address() {
        provider.said.put("anders", Map.of("email", Town.resident(5) + "@motette.example", "email_verified", true));
        var browser = browser();
        var page = browser.follow(signIn(browser, "land", "anders", "/"));
        var answer = browser.submit(page, "/sign-in/linking/apart", Map.of());
        assertThat(Browser.location(answer)).startsWith("/sign-in/oidc/land");
        browser.get(there(browser, Browser.location(browser.get(Browser.location(answer))), "anders"));
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(waiting.ask("select coalesce(email, 'none') || coalesce(demo_key, ' none') from persons where id = "
                        + personOf("land", "anders")))
                .isEqualTo("none none");
        assertThat(browser().post("/sign-in/linking/apart", Map.of()).statusCode())
                .isEqualTo(410);
    }

    @Test
    void a_stolen_mailbox_links_no_account_to_somebody_with_a_second_factor() {
        var chair = Town.chair("nord");
        var id = waiting.ask("select id from persons where demo_key = '" + chair + "'");
        waiting.change("insert into authenticator_apps (person_id, sealed, last_step, added_at, last_used_on) values ("
                + id + ", '\\x01', 1, now(), current_date)");
        var address = chair + "@motette.example";
        var thief = browser();
        thief.post("/sign-in/link", Map.of("email", address));
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+")
                .matcher(waiting.ask(
                        "select body from mails where recipient = '" + address + "' order by id desc limit 1"));
        assertThat(link.find()).isTrue();
        thief.post(link.group(), Map.of());
        assertThat(isSignedIn(thief)).isTrue();
        thief.get(travel(thief, "rathaus", "dieb", "/"));
        var refused = thief.post("/me/identities", Map.of("csrf", thief.token()));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Sie haben schon einen zweiten Nachweis");
        assertThat(personOf("rathaus", "dieb")).isEmpty();
    }

    @Test
    void an_address_that_nobody_verified_is_no_address() {
        provider.said.put("behauptet", Map.of("email", Town.resident(6) + "@motette.example"));
        var browser = browser();
        assertThat(Browser.location(signIn(browser, "land", "behauptet", "/"))).isEqualTo("/");
        assertThat(waiting.ask(
                        "select coalesce(email, 'none') from persons where id = " + personOf("land", "behauptet")))
                .isEqualTo("none");
    }

    @Test
    void an_address_is_kept_of_a_provider_that_the_city_trusts_with_it() {
        provider.said.put("dienst-1", Map.of("email", "Dienst-1@Stadt.example"));
        signIn(browser(), "rathaus", "dienst-1", "/");
        assertThat(waiting.ask("select email from persons where id = " + personOf("rathaus", "dienst-1")))
                .isEqualTo("dienst-1@stadt.example");
        provider.said.put("dienst-2", Map.of("email", "dienst-2@stadt.example", "email_verified", false));
        signIn(browser(), "rathaus", "dienst-2", "/");
        assertThat(waiting.ask(
                        "select coalesce(email, 'none') from persons where id = " + personOf("rathaus", "dienst-2")))
                .as("the provider says itself that it is not theirs")
                .isEqualTo("none");
    }

    @Test
    void a_callback_works_once_and_only_in_the_browser_that_began() {
        var browser = browser();
        var callback = travel(browser, "rathaus", "einmal", "/");
        var stranger = browser();
        assertThat(come(stranger, callback).statusCode()).isEqualTo(410);
        assertThat(come(stranger, callback).body())
                .contains("Diese Anmeldung ist abgelaufen", "href=\"/sign-in/oidc/rathaus");
        assertThat(isSignedIn(stranger)).isFalse();
        var cookie = "motette-oidc-trip-";
        assertThat(come(browser, callback).statusCode()).isEqualTo(303);
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(come(browser, callback).statusCode()).as(cookie).isEqualTo(410);
    }

    @Test
    void a_kept_cookie_does_not_bring_a_used_code_back() {
        var browser = browser();
        var begun = browser.get("/sign-in/oidc/rathaus?next=/");
        var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        var callback = there(browser, Browser.location(begun), "wieder");
        assertThat(come(browser, callback).statusCode()).isEqualTo(303);
        assertThat(browser().get(callback, "Cookie", cookie).headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).contains("/failed?why=stale"));
    }

    @Test
    void a_trip_is_over_after_ten_minutes() {
        var browser = browser();
        var callback = travel(browser, "rathaus", "langsam", "/");
        clock.turn(Duration.ofMinutes(11));
        assertThat(come(browser, callback).statusCode()).isEqualTo(410);
        assertThat(personOf("rathaus", "langsam")).isEmpty();
    }

    @Test
    void an_answer_of_one_provider_is_not_taken_to_another() {
        var browser = browser();
        var callback = travel(browser, "rathaus", "verwechselt", "/");
        assertThat(come(browser, callback.replace("/rathaus/", "/streng/")).statusCode())
                .isEqualTo(410);
        var again = browser();
        var other = travel(again, "rathaus", "verwechselt", "/");
        var answer = come(again, other + "&iss=https%3A%2F%2Felsewhere.example");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("ließ sich nicht prüfen").doesNotContain("elsewhere");
        var right = browser();
        assertThat(come(
                                right,
                                travel(right, "rathaus", "verwechselt", "/") + "&iss="
                                        + java.net.URLEncoder.encode(provider.issuer(), StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_changed_state_or_a_code_of_another_trip_gets_nowhere() {
        var browser = browser();
        var callback = travel(browser, "rathaus", "falsch", "/");
        assertThat(come(browser, callback.replaceAll("state=[^&]*", "state=AAAA"))
                        .statusCode())
                .isEqualTo(410);
        var other = browser();
        var code = parameter(travel(other, "rathaus", "anderer", "/"), "code");
        var mixed = callback.replaceAll("code=[^&]*", "code=" + code);
        assertThat(come(browser, mixed).statusCode())
                .as("PKCE of another browser")
                .isEqualTo(502);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(personOf("rathaus", "anderer")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nonce of another trip",
        "no nonce",
        "another audience",
        "several audiences without a party",
        "another party",
        "another issuer",
        "over",
        "from the future"
    })
    void a_token_that_is_not_for_this_trip_signs_nobody_in(String what) {
        Map<String, Consumer<Map<String, Object>>> lies = Map.of(
                "nonce of another trip", said -> said.put("nonce", "another"),
                "no nonce", said -> said.remove("nonce"),
                "another audience", said -> said.put("aud", List.of("somebody-else")),
                "several audiences without a party",
                        said -> {
                            said.put("aud", List.of("motette-rathaus", "somebody-else"));
                            said.remove("azp");
                        },
                "another party", said -> said.put("azp", "somebody-else"),
                "another issuer", said -> said.put("iss", "https://elsewhere.example"),
                "over",
                        said -> {
                            said.put("iat", Instant.now().minusSeconds(600));
                            said.put("exp", Instant.now().minusSeconds(300));
                        },
                "from the future", said -> said.put("iat", Instant.now().plusSeconds(300)));
        provider.lie(lies.getOrDefault(what, said -> {
            throw new AssertionError(what);
        }));
        var browser = browser();
        var answer = signIn(browser, "rathaus", "luege", "/");
        assertThat(answer.statusCode()).as(what).isEqualTo(502);
        assertThat(answer.body()).contains("Die Anmeldung ließ sich nicht prüfen", "href=\"/sign-in?next=%2F\"");
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(personOf("rathaus", "luege")).isEmpty();
        provider.tellTheTruth();
        assertThat(signIn(browser(), "rathaus", "wahr", "/").statusCode()).isEqualTo(303);
    }

    @Test
    void new_keys_of_the_provider_are_fetched_when_a_token_names_them() {
        assertThat(signIn(browser(), "rathaus", "schluessel", "/").statusCode()).isEqualTo(303);
        provider.rotate();
        assertThat(signIn(browser(), "rathaus", "schluessel", "/").statusCode()).isEqualTo(303);
    }

    @Test
    void a_provider_that_does_not_answer_is_told_in_a_sentence() {
        var answer = come(browser(), "/sign-in/oidc/weg?next=/ideas");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("antwortet gerade nicht", "href=\"/sign-in?next=%2Fideas\"", "Gerade nicht da");
        var browser = browser();
        var callback = travel(browser, "rathaus", "kaputt", "/");
        provider.breakDown();
        assertThat(come(browser, callback).statusCode()).isEqualTo(503);
        assertThat(browser().get("/sign-in/oidc/nirgends").statusCode()).isEqualTo(404);
    }

    @Test
    void what_the_provider_says_of_an_error_is_never_printed() {
        var browser = browser();
        var begun = browser.get("/sign-in/oidc/rathaus?next=/");
        var state = parameter(Browser.location(begun), "state");
        var answer = come(
                browser,
                "/sign-in/oidc/rathaus/callback?error=access_denied&error_description="
                        + "%3Cscript%3Ealert(1)%3C%2Fscript%3E&error_uri=https%3A%2F%2Felsewhere.example&state="
                        + state);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("Sie sind nicht angemeldet")
                .doesNotContain("alert(1)")
                .doesNotContain("elsewhere");
    }

    @Test
    void the_request_carries_what_the_protocol_asks_for() {
        var address = Browser.location(browser().get("/sign-in/oidc/land?next=//elsewhere.example"));
        assertThat(address).startsWith(provider.issuer() + "/oauth2/authorize?");
        assertThat(parameter(address, "code_challenge_method")).isEqualTo("S256");
        assertThat(parameter(address, "response_type")).isEqualTo("code");
        assertThat(parameter(address, "state")).hasSize(43);
        assertThat(parameter(address, "nonce")).hasSize(43).isNotEqualTo(parameter(address, "state"));
        assertThat(parameter(address, "redirect_uri"))
                .isEqualTo("http://localhost:" + port + "/sign-in/oidc/land/callback");
        assertThat(address).doesNotContain("elsewhere");
    }

    @Test
    void the_level_is_kept_and_shown_and_below_the_least_nobody_comes_in() {
        provider.said.put("niveau", Map.of("acr", "STORK-QAA-Level-3"));
        var browser = browser();
        signIn(browser, "land", "niveau", "/");
        assertThat(waiting.ask("select i.level || ' ' || i.acr || ' ' || o.level from identities i"
                        + " join oidc_sign_ins o on o.identity_id = i.id where i.subject = 'niveau'"))
                .isEqualTo("substantial STORK-QAA-Level-3 substantial");
        assertThat(browser.page("/me/identities").text()).contains("BundID", "substanziell", "STORK-QAA-Level-3");

        provider.said.put("wenig", Map.of("acr", "STORK-QAA-Level-1"));
        var answer = signIn(browser(), "streng", "wenig", "/");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("höherem Vertrauensniveau");
        assertThat(personOf("streng", "wenig")).isEmpty();
        provider.said.put("genug", Map.of("acr", "http://eidas.europa.eu/LoA/high"));
        assertThat(signIn(browser(), "streng", "genug", "/").statusCode()).isEqualTo(303);
        assertThat(isStrong("genug")).as("level that counts as a second factor").isEqualTo("t");
        provider.said.put("genau", Map.of("acr", "STORK-QAA-Level-3"));
        signIn(browser(), "streng", "genau", "/");
        assertThat(isStrong("genau")).isEqualTo("f");
    }

    @Test
    void a_second_factor_of_the_provider_counts_only_where_the_configuration_says_so() {
        provider.said.put("mfa", Map.of("amr", List.of("pwd", "mfa")));
        signIn(browser(), "rathaus", "mfa", "/");
        assertThat(isStrong("mfa")).isEqualTo("t");
        provider.said.put("pwd", Map.of("amr", List.of("pwd")));
        signIn(browser(), "rathaus", "pwd", "/");
        assertThat(isStrong("pwd")).isEqualTo("f");
        provider.said.put("mfa-land", Map.of("amr", List.of("mfa"), "acr", "STORK-QAA-Level-4"));
        signIn(browser(), "land", "mfa-land", "/");
        assertThat(isStrong("mfa-land")).isEqualTo("f");
    }

    @Test
    void only_attributes_that_the_configuration_names_are_announced_and_none_is_kept() {
        provider.said.put(
                "wohnt",
                Map.of(
                        "given_name", "Ganz",
                        "birthdate", "1990-05-17",
                        "acr", "STORK-QAA-Level-4",
                        "address", Map.of("postal_code", "04315", "street_address", "Geheimweg 1")));
        signIn(browser(), "land", "wohnt", "/");
        var heard = claims.heard.getLast();
        assertThat(heard.personId()).isEqualTo(Long.parseLong(personOf("land", "wohnt")));
        assertThat(heard.level()).isEqualTo(Assurance.HIGH);
        assertThat(heard.attributes())
                .containsOnly(Map.entry(Attribute.POSTAL_CODE, "04315"), Map.entry(Attribute.BIRTH_DATE, "1990-05-17"));
        assertThat(heard.toString()).doesNotContain("04315").doesNotContain("1990");
        int before = claims.heard.size();
        signIn(browser(), "rathaus", "wohnt", "/");
        assertThat(claims.heard).hasSize(before);
    }

    @Test
    void the_last_way_to_sign_in_stays_and_others_can_go() {
        var browser = browser();
        signIn(browser, "land", "letzter", "/");
        var id = waiting.ask("select id from identities where subject = 'letzter'");
        var page = browser.page("/me/identities");
        assertThat(page.text()).contains("einziger Weg");
        assertThat(page.select("form[action$=/withdrawal]")).isEmpty();
        var refused = browser.post("/me/identities/" + id + "/withdrawal", Map.of("csrf", browser.token()));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(personOf("land", "letzter")).isNotEmpty();
        var stranger = browser().signIn(Town.resident(7));
        assertThat(stranger.post("/me/identities/" + id + "/withdrawal", Map.of("csrf", stranger.token()))
                        .statusCode())
                .isEqualTo(404);

        browser.get(travel(browser, "rathaus", "letzter", "/"));
        browser.submit(browser.page("/me/identities/new"), "/me/identities", Map.of());
        var done = browser.submit(browser.page("/me/identities"), "/me/identities/" + id + "/withdrawal", Map.of());
        assertThat(browser.follow(done).text()).contains("Verbindung ist aufgehoben", "einziger Weg");
        assertThat(personOf("land", "letzter")).isEmpty();
    }

    @Test
    void signing_out_leads_to_the_provider_and_the_provider_ends_sign_ins_itself() {
        var browser = browser();
        provider.said.put("abmelden", Map.of("sid", "sitzung-1"));
        signIn(browser, "rathaus", "abmelden", "/");
        var running = "select count(*) from sign_ins s join oidc_sign_ins o on o.sign_in_id = s.id"
                + " join identities i on i.id = o.identity_id where i.subject = 'abmelden' and s.ended_at is null";
        assertThat(waiting.ask(running)).isEqualTo("1");
        var path = "/sign-in/oidc/rathaus/backchannel-logout";
        var other = provider.logoutToken("somebody-else", more -> more.claim("sid", "sitzung-1"));
        assertThat(browser().post(path, Map.of("logout_token", other)).statusCode())
                .isEqualTo(400);
        assertThat(browser().post(path, Map.of("logout_token", "x")).statusCode())
                .isEqualTo(400);
        var wrong = provider.logoutToken("motette-rathaus", more -> more.claim("sid", "sitzung-2"));
        assertThat(browser().post(path, Map.of("logout_token", wrong)).statusCode())
                .isEqualTo(200);
        assertThat(waiting.ask(running)).isEqualTo("1");
        var right = provider.logoutToken("motette-rathaus", more -> more.claim("sid", "sitzung-1"));
        assertThat(browser().post(path, Map.of("logout_token", right)).statusCode())
                .isEqualTo(200);
        assertThat(waiting.ask(running)).isEqualTo("0");
        assertThat(waiting.ask("select end_reason from sign_ins s join oidc_sign_ins o on o.sign_in_id = s.id"
                        + " join identities i on i.id = o.identity_id where i.subject = 'abmelden'"))
                .isEqualTo("provider");
        assertThat(browser().post(path, Map.of("logout_token", right)).statusCode())
                .isEqualTo(400);

        var next = browser();
        signIn(next, "rathaus", "abmelden", "/");
        var all = provider.logoutToken("motette-rathaus", more -> more.subject("abmelden"));
        assertThat(browser().post(path, Map.of("logout_token", all)).statusCode())
                .isEqualTo(200);
        assertThat(waiting.ask(running)).isEqualTo("0");

        var leaving = browser();
        signIn(leaving, "rathaus", "geht", "/");
        var farewell = leaving.post("/sign-out", Map.of("csrf", leaving.token()));
        assertThat(Browser.location(farewell)).isEqualTo("/sign-in/oidc/rathaus/farewell");
        assertThat(leaving.follow(farewell)
                        .select("a[href^=" + provider.issuer() + "]")
                        .attr("href"))
                .contains("client_id=motette-rathaus", "post_logout_redirect_uri=");
    }

    private String isStrong(String subject) {
        return waiting.ask("select coalesce(s.strong_until > now(), false) from sign_ins s join oidc_sign_ins o"
                + " on o.sign_in_id = s.id join identities i on i.id = o.identity_id where i.subject = '" + subject
                + "' order by s.id desc limit 1");
    }

    private static String parameter(String address, String name) {
        var found = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address);
        return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
    }
}
