package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class ProposingTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @Test
    void a_guest_writes_without_script_signs_in_and_the_idea_is_handed_in() {
        var guest = browser();
        assertThat(Browser.location(guest.get("/ideas/new"))).isEqualTo(Proposal.PLACE);
        var proposal = new Proposal(guest);
        assertThat(Browser.location(proposal.at(12.3727, 51.3402))).isEqualTo(Proposal.TOPIC);
        assertThat(Browser.location(proposal.topic("Hängematten für die Mittagspause", "laerm_luft")))
                .startsWith("/ideas/new/");
        assertThat(Browser.location(proposal.text(Map.of(
                        "description", "Erste Zeile mit genug Wörtern.\r\n\r\nZweite Zeile.", "cost", "2.000,50"))))
                .isEqualTo(Proposal.GROUPS);
        assertThat(Browser.location(proposal.groups("alle", "jugendliche"))).isEqualTo(Proposal.CHECK);
        var check = guest.page(Proposal.CHECK);
        assertThat(check.text())
                .contains("Hängematten für die Mittagspause", "Lärm", "2.000,50", "Jugendliche", "Stadtbezirksbeirat");
        assertThat(check.select("form[action=" + Proposal.SUBMISSION + "]")).isEmpty();
        assertThat(check.select("form[action=/ideas/new/guest-submission]")).hasSize(1);
        assertThat(check.select("a[href=/sign-in?next=/ideas/new/check]")).hasSize(1);

        var answer = guest.post("/sign-in/demo", Map.of("person", Town.resident(3), "next", Proposal.CHECK));
        assertThat(Browser.location(answer)).isEqualTo(Proposal.CHECK);
        assertThat(guest.page(Proposal.TEXT).select("#description").val()).contains("Zweite Zeile.");
        var handedIn = proposal.handIn();
        assertThat(Browser.location(handedIn)).endsWith("?said=thanks");
        var page = guest.follow(handedIn);
        assertThat(page.select("[role=status]").text()).contains("Danke! Ihre Idee ist eingereicht.");
        assertThat(page.select(".prose p").eachText())
                .containsExactly("Erste Zeile mit genug Wörtern.", "Zweite Zeile.");
        long idea = Proposal.number(handedIn);
        assertThat(ideas.text(
                        "select state || ' ' || cost_cents || ' ' || exact_place || ' ' || quarter_key || ' ' ||"
                                + " body_key from ideas where number = ?",
                        idea))
                .isEqualTo("handed-in 200050 true 00 sbb-mitte");
        assertThat(ideas.number("select count(*) from idea_target_groups where idea_number = ?", idea))
                .isEqualTo(2);
        assertThat(ideas.number(
                        "select count(*) from audit_entries where deed = 'idea.submission' and subject = ?",
                        "idea:" + idea))
                .isEqualTo(1);
        assertThat(guest.page(Proposal.PLACE).select("[name=place]").val()).isEmpty();
        assertThat(ideas.number("select count(*) from idea_drafts where fields ->> 'title' like 'Hängematten%'"))
                .isZero();
    }

    @Test
    void the_check_leads_to_the_first_step_that_lacks_something() {
        var proposal = new Proposal(browser());
        assertThat(Browser.location(proposal.browser().get(Proposal.CHECK))).isEqualTo(Proposal.PLACE);
        proposal.at(12.3727, 51.3402);
        assertThat(Browser.location(proposal.browser().get(Proposal.CHECK))).isEqualTo(Proposal.TOPIC);
        proposal.topic("Ein Zebrastreifen für Kinder", "verkehrssicherheit");
        assertThat(Browser.location(proposal.browser().get(Proposal.CHECK))).isEqualTo(Proposal.TEXT);
        proposal.text(Map.of());
        assertThat(Browser.location(proposal.browser().get(Proposal.CHECK))).isEqualTo(Proposal.GROUPS);
    }

    @Test
    void the_topic_comes_back_with_what_was_typed() {
        var proposal = new Proposal(browser());
        var title = "Bän\"ke</textarea><script>alert('x')</script>";
        var none = refused(proposal.topic(title, ""), "Bitte wählen Sie ein Thema.");
        assertThat(none.select("#title").val()).isEqualTo(title);
        assertThat(none.select("script:not([src])").html()).doesNotContain("alert");
        var tooLong = "Ä".repeat(121);
        assertThat(refused(
                                proposal.topic(tooLong, "laerm_luft"),
                                "Der Satz hat 121 Zeichen. Bitte kürzen Sie ihn auf höchstens 120.")
                        .select("#title")
                        .val())
                .isEqualTo(tooLong);
        assertThat(Browser.location(proposal.topic("Ä".repeat(120), "laerm_luft")))
                .startsWith("/ideas/new/");
        assertThat(refused(proposal.topic(" Ab  \u0000 ", "laerm_luft"), "mindestens 5 Zeichen")
                        .select("[name=category][value=laerm_luft]")
                        .hasAttr("checked"))
                .isTrue();
        refused(proposal.topic("\uD83C\uDF33\uD83C\uDF33\uD83C\uDF33", "laerm_luft"), "mindestens 5 Zeichen");
        refused(proposal.topic("Eine Idee", "no-such-category"), "Bitte wählen Sie ein Thema.");
    }

    @Test
    void what_is_no_health_idea_is_led_to_the_report_service_by_name() {
        var proposal = new Proposal(browser());
        var page = refused(
                proposal.topic("Die Laterne ist kaputt", "anliegen_an_die_stadt"),
                "gehört nicht zu den Gesundheits-Ideen");
        assertThat(page.select(".notice").text()).contains("Mängelmelder der Stadt Leipzig");
        assertThat(page.select("#title").val()).isEqualTo("Die Laterne ist kaputt");
    }

    @Test
    void the_text_comes_back_with_what_was_typed() {
        var proposal = new Proposal(browser());
        var words = "<script>alert(1)</script> \"Zitat\" & 'noch eins'\nÄÖÜß Київ مرحبا";
        var page = refused(
                proposal.text(Map.of("description", words, "cost", "viel", "kind", "")),
                "„viel“ verstehen wir nicht als Betrag.");
        assertThat(page.expectFirst("#description").wholeText().replace("\r\n", "\n"))
                .isEqualTo(words);
        assertThat(page.select("#cost").val()).isEqualTo("viel");
        assertThat(page.select(".error-summary").text()).contains("Bitte wählen Sie, wer die Idee umsetzen soll.");
        assertThat(page.select(".error-summary a").eachAttr("href"))
                .allMatch(link -> !page.select(link).isEmpty());
        var tooLong = "ö".repeat(5001);
        assertThat(refused(proposal.text(Map.of("description", tooLong)), "Ihr Text hat 5.001 Zeichen")
                        .select("#description")
                        .text())
                .isEqualTo(tooLong);
        assertThat(proposal.text(Map.of("description", "ö".repeat(5000))).statusCode())
                .isEqualTo(303);
        assertThat(proposal.text(Map.of("description", "a" + "\uD83C\uDF33".repeat(9000)))
                        .statusCode())
                .isEqualTo(422);
        refused(proposal.text(Map.of("description", "Zu kurz.")), "mindestens 20 Zeichen");
        refused(proposal.text(Map.of("cost", "1000001")), "bis 1.000.000");
        refused(proposal.text(Map.of("kind", "burglary")), "wer die Idee umsetzen soll");
        assertThat(proposal.text(Map.of("cost", "2.000,50", "kind", "own-project"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(proposal.browser().page(Proposal.TEXT).select("#cost").val()).isEqualTo("2.000,50");
    }

    @Test
    void the_first_button_of_the_text_goes_on_so_that_the_enter_key_does() {
        assertThat(browser()
                        .page(Proposal.TEXT)
                        .select("form[action=" + Proposal.TEXT + "] button")
                        .val())
                .isEqualTo("next");
    }

    @Test
    void without_a_group_the_step_says_so() {
        var proposal = new Proposal(browser());
        refused(proposal.groups(), "mindestens eine Gruppe");
        refused(proposal.groups("nobody"), "mindestens eine Gruppe");
        assertThat(Browser.location(proposal.groups("alle", "nobody", "familien")))
                .isEqualTo(Proposal.CHECK);
        assertThat(proposal.browser()
                        .page(Proposal.GROUPS)
                        .select("input[checked]")
                        .eachAttr("value"))
                .containsExactly("alle", "familien");
    }

    @Test
    void a_pin_outside_the_city_is_refused_in_the_readers_language() {
        var proposal = new Proposal(browser());
        refused(proposal.at(13.4, 52.5), "Dieser Ort liegt nicht in Leipzig.");
        var english = new Proposal(browser());
        english.browser().get("/?lang=en");
        refused(english.at(13.4, 52.5), "This place is not in Leipzig");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN,51.3",
        "1e400,51.3",
        "Infinity,51.3",
        "12.37;drop,51.3",
        "'',''",
        "99999999999,51.3",
        "12.37,'<script>'"
    })
    void a_pin_that_is_no_place_asks_for_one(String lon, String lat) {
        refused(new Proposal(browser()).place(Map.of("lon", lon, "lat", lat)), "Bitte wählen Sie einen Ort");
    }

    @ParameterizedTest
    @CsvSource({"999,51.3", "-180,-90", "0,0", "12.37,-51.3"})
    void a_pin_anywhere_else_on_earth_is_outside(String lon, String lat) {
        refused(new Proposal(browser()).place(Map.of("lon", lon, "lat", lat)), "Dieser Ort liegt nicht in Leipzig.");
    }

    @Test
    void a_spot_found_by_name_is_the_place_and_a_second_one_takes_its_name_along() {
        var proposal = new Proposal(browser());
        var found = proposal.place(Map.of("find", "Friedenspark", "deed", "find"));
        assertThat(found.statusCode()).isEqualTo(200);
        var spot = Jsoup.parse(found.body()).select("[name=spot]").val();
        assertThat(proposal.place(Map.of("find", "Friedenspark", "spot", spot)).statusCode())
                .isEqualTo(303);
        assertThat(place(proposal)).isEqualTo("Friedenspark");
        var other = Jsoup.parse(proposal.place(Map.of("find", "Mariannenpark", "deed", "find", "place", "Friedenspark"))
                        .body())
                .select("[name=spot]")
                .val();
        proposal.place(Map.of("spot", other, "place", "Friedenspark"));
        assertThat(place(proposal)).isEqualTo("Mariannenpark");
        proposal.place(Map.of("spot", spot, "place", "am kleinen Teich"));
        assertThat(place(proposal)).isEqualTo("am kleinen Teich");
        assertThat(Jsoup.parse(proposal.place(Map.of("find", "xyzzyxyzzy", "deed", "find"))
                                .body())
                        .text())
                .contains("haben wir nichts gefunden");
        assertThat(proposal.place(Map.of("find", "", "deed", "find")).statusCode())
                .isEqualTo(303);
        refused(proposal.place(Map.of("place", "x".repeat(121))), "höchstens 120 Zeichen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3,4", ",,", "a,b,c", "12.37", "NaN,NaN,NaN"})
    void a_spot_nobody_offered_is_no_place(String spot) {
        assertThat(new Proposal(browser()).place(Map.of("spot", spot)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_quarter_is_enough_and_overrules_the_pin() {
        var proposal = new Proposal(browser());
        assertThat(proposal.place(Map.of("quarter", "31")).statusCode()).isEqualTo(303);
        var page = proposal.browser().page(Proposal.PLACE);
        assertThat(page.select("#quarter option[selected]").val()).isEqualTo("31");
        assertThat(page.select("form [name=lon]").val()).as("no pin was set").isEmpty();
        assertThat(proposal.place(Map.of("lon", 12.3727, "lat", 51.3402, "quarter", "00"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(proposal.browser()
                        .page(Proposal.PLACE)
                        .select("form [name=lon]")
                        .val())
                .isEqualTo("12.3727");
        assertThat(proposal.place(Map.of("lon", 12.3727, "lat", 51.3402, "quarter", "31"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(proposal.browser()
                        .page(Proposal.PLACE)
                        .select("#quarter option[selected]")
                        .val())
                .isEqualTo("31");
        refused(new Proposal(browser()).place(Map.of("quarter", "999")), "Bitte wählen Sie einen Ort");
    }

    @Test
    void a_quarter_of_two_communities_asks_for_one_of_them() {
        var proposal = new Proposal(browser());
        var page = refused(proposal.place(Map.of("quarter", "75")), "Bitte wählen Sie, wozu der Ort gehört.");
        var communities = page.select("form [name=community]").eachAttr("value");
        assertThat(communities).hasSize(2).doesNotContain("none");
        refused(proposal.place(Map.of("quarter", "75", "community", "engelsdorf")), "wozu der Ort gehört");
        refused(proposal.place(Map.of("quarter", "75", "community", "none")), "wozu der Ort gehört");
        assertThat(proposal.place(Map.of("quarter", "75", "community", communities.getFirst()))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_quarter_that_is_only_partly_a_community_offers_the_district_council_too() {
        var browser = browser().signIn(Town.resident(5));
        var proposal = new Proposal(browser);
        assertThat(refused(proposal.place(Map.of("quarter", "15")), "wozu der Ort gehört")
                        .select("form [name=community]")
                        .eachAttr("value"))
                .contains("none")
                .hasSize(2);
        assertThat(proposal.place(Map.of("quarter", "15", "community", "none")).statusCode())
                .isEqualTo(303);
        proposal.topic("Eine Schaukel am Teich", "laerm_luft");
        proposal.text(Map.of());
        proposal.groups("alle");
        long idea = Proposal.number(proposal.handIn());
        assertThat(ideas.text(
                        "select b.kind from ideas i join bodies b on b.key = i.body_key where i.number = ?", idea))
                .isEqualTo("districtCouncil");
        assertThat(ideas.number("select count(*) from ideas where number = ? and community_key is null", idea))
                .isEqualTo(1);
    }

    @Test
    void handed_in_twenty_times_at_once_it_is_one_idea() throws InterruptedException, ExecutionException {
        var browser = browser().signIn(Town.resident(7));
        var check = new Proposal(browser)
                .written("Eine Uhr für den Platz")
                .browser()
                .page(Proposal.CHECK);
        var fields = Map.of(
                "csrf",
                check.select("form [name=csrf]").attr("value"),
                "draft",
                check.select("[name=draft]").val());
        var before = ideas.number("select count(*) from ideas");
        var answers = Together.send(Collections.nCopies(20, () -> browser.post(Proposal.SUBMISSION, fields)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 303);
        assertThat(ideas.number("select count(*) from ideas")).isEqualTo(before + 1);
        assertThat(answers)
                .filteredOn(answer -> Browser.location(answer).contains("said=thanks"))
                .isNotEmpty();
        assertThat(ideas.number("select count(*) from idea_events where idea_number = (select max(number) from ideas)"))
                .isEqualTo(1);
    }

    @Test
    void somebody_elses_draft_cannot_be_handed_in() {
        var owner = browser();
        var proposal = new Proposal(owner).written("Ein Schachtisch im Park");
        var ticket = Proposal.ticket(proposal.groups("alle"));
        var id = ticket.substring(0, 36);
        var thief = browser().signIn(Town.resident(8));
        var csrf = thief.token();
        for (var cookie :
                List.of("", "draft=" + id + ".", "draft=" + id + ".x", "draft=" + id + "." + "A".repeat(32))) {
            var answer = thief.post(
                    Proposal.SUBMISSION,
                    Map.of("csrf", csrf, "draft", id),
                    "Cookie",
                    cookie.isEmpty() ? "nothing=1" : cookie);
            assertThat(Browser.location(answer)).isEqualTo(Proposal.CHECK);
        }
        assertThat(ideas.number("select count(*) from ideas where title = 'Ein Schachtisch im Park'"))
                .isZero();
        assertThat(owner.page(Proposal.CHECK).text()).contains("Ein Schachtisch im Park");
        owner.signIn(Town.resident(9));
        assertThat(Browser.location(proposal.handIn())).contains("said=thanks");
        assertThat(Browser.location(thief.post(
                        Proposal.SUBMISSION, Map.of("csrf", csrf, "draft", id), "Cookie", "draft=" + ticket)))
                .isEqualTo(Proposal.CHECK);
    }

    private String place(Proposal proposal) {
        return proposal.browser().page(Proposal.PLACE).select("#where").val();
    }

    private static Document refused(HttpResponse<String> answer, String sentence) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select(".error-summary").text()).contains(sentence);
        return page;
    }
}
