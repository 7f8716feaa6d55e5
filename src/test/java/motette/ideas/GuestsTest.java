package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class GuestsTest extends PortalTest {

    private static final String GUEST = "/ideas/new/guest-submission";
    private static final String LOOK_UP = "/ideas/lookup";

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    TestClock clock;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @AfterEach
    void real_time() {
        clock.reset();
    }

    @Test
    void nobody_fills_a_mailbox_with_questions_about_ideas() {
        for (int i = 0; i < 8; i++) {
            handIn(browser(), "Ein Hochbeet mit der Nummer " + i, "voll@stadt.example");
        }
        assertThat(ideas.number("select count(*) from mails where recipient = ?", "voll@stadt.example"))
                .isEqualTo(5);
        assertThat(ideas.number("select count(*) from ideas where title like ?", "Ein Hochbeet mit der Nummer %"))
                .isEqualTo(8);
    }

    @Test
    void an_idea_without_address_is_handed_in_and_found_again_by_its_code() {
        var guest = browser();
        var code = handIn(guest, "Ein Regal zum Tauschen von Saatgut", "");
        assertThat(browser().page(LOOK_UP).text()).contains("Nachsehen");
        var found = found(browser(), code);
        assertThat(found.select("article h2").text()).isEqualTo("Ein Regal zum Tauschen von Saatgut");
        assertThat(found.select(".timeline__what").eachText()).first().isEqualTo("Eingereicht");
        var idea = number("Ein Regal zum Tauschen von Saatgut");
        assertThat(ideas.text("select coalesce(author_id::text, 'none') from ideas where number = ?", idea))
                .isEqualTo("none");
        assertThat(ideas.number("select count(*) from idea_guests where position(? in idea_guests::text) > 0", code))
                .isZero();
        assertThat(browser().get("/ideas/" + idea).statusCode()).isEqualTo(404);

        var coordinator = browser().signIn(Town.coordinator("mitte"));
        assertThat(coordinator.page("/moderation?idea=" + idea).text()).contains("Gast");
        ideas.tell(idea, "published");
        var page = browser().page("/ideas/" + idea);
        assertThat(page.text()).contains("Vorgeschlagen von Gast");
        assertThat(found(browser(), code).select("a[href=/ideas/" + idea + "]")).hasSize(1);
        assertThat(browser().get("/api/v1/ideas/" + idea).body()).contains("\"author\":\"Gast\"");
    }

    @Test
    void the_page_with_the_code_can_be_loaded_again_on_this_device_only_and_not_kept() {
        var guest = browser();
        var code = handIn(guest, "Ein Brett zum Ausleihen von Werkzeug", "");
        var again = guest.get("/ideas/new/received");
        assertThat(again.body()).contains(code);
        assertThat(again.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(Browser.location(browser().get("/ideas/new/received"))).isEqualTo(LOOK_UP);
    }

    @Test
    void handing_in_twenty_times_at_once_gives_one_idea_and_one_code() throws InterruptedException, ExecutionException {
        var guest = browser();
        new Proposal(guest).written("Ein Becken für nackte Füße");
        var form = Map.of(
                "draft",
                guest.page(Proposal.CHECK).select("[name=draft]").attr("value"),
                "email",
                "zwanzig-mal@stadt.example");
        var answers = Together.send(Collections.nCopies(20, () -> guest.post(GUEST, form)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 303);
        assertThat(ideas.number("select count(*) from ideas where title = 'Ein Becken für nackte Füße'"))
                .isEqualTo(1);
        assertThat(ideas.number("select count(*) from mails where recipient = 'zwanzig-mal@stadt.example'"))
                .isEqualTo(1);
        found(
                browser(),
                guest.page("/ideas/new/received").select(".code-show__signs").text());
    }

    @Test
    void an_address_is_told_the_news_once_it_is_confirmed_by_a_button() {
        var code = handIn(browser(), "Ein Spiegel an der engen Ecke", "Gast@Stadt.Example ");
        var idea = number("Ein Spiegel an der engen Ecke");
        ideas.tell(idea, "published");
        var path = confirmation("gast@stadt.example");
        assertThat(browser().page(path).select("form button").text()).isEqualTo("Adresse bestätigen");
        browser().page(path);
        assertThat(confirmed(idea)).isEqualTo("f");
        assertThat(browser().post(path, Map.of()).statusCode()).isEqualTo(200);
        assertThat(confirmed(idea)).isEqualTo("t");
        assertThat(browser().post(path, Map.of()).statusCode()).isEqualTo(410);
        assertThat(browser().get(path).statusCode()).isEqualTo(410);

        var coordinator = browser().signIn(Town.coordinator("mitte"));
        var waiting = handedInAgain(idea);
        assertThat(coordinator
                        .post(
                                "/moderation/ideas/" + waiting + "/return",
                                Map.of("csrf", coordinator.token(), "reason", "unclear", "note", "Wo genau?"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(ideas.text(
                        "select body from mails where recipient = 'gast@stadt.example' and topic like ?",
                        "idea-" + idea + "-event-%"))
                .startsWith("Guten Tag,\n")
                .contains("/ideas/lookup")
                .doesNotContain(code, "/ideas/" + idea + "\n");
    }

    @Test
    void of_twenty_who_confirm_at_once_one_does_and_a_link_ends_after_a_week() throws Exception {
        handIn(browser(), "Ein Schild für den Schleichweg", "gleichzeitig@stadt.example");
        var path = confirmation("gleichzeitig@stadt.example");
        assertThat(Together.send(Collections.nCopies(20, () -> browser().post(path, Map.of()))))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200, 410)
                .containsOnlyOnce(200);
        handIn(browser(), "Ein Schild für den Umweg", "spaet@stadt.example");
        var late = confirmation("spaet@stadt.example");
        clock.turn(Duration.ofDays(7).plusMinutes(1));
        assertThat(browser().get(late).statusCode()).isEqualTo(410);
        assertThat(browser().post(late, Map.of()).statusCode()).isEqualTo(410);
    }

    @Test
    void an_address_that_no_mail_reaches_comes_back_with_what_was_typed() {
        var guest = browser();
        new Proposal(guest).written("Ein Trog für die Hunde");
        var answer = guest.submit(guest.page(Proposal.CHECK), GUEST, Map.of("email", "gast@"));
        assertThat(answer.statusCode()).isEqualTo(422);
        var page = org.jsoup.Jsoup.parse(answer.body());
        assertThat(page.select("#email").val()).isEqualTo("gast@");
        assertThat(page.select("#email-error").text()).contains("vollständige E-Mail-Adresse");
        assertThat(ideas.number("select count(*) from ideas where title = 'Ein Trog für die Hunde'"))
                .isZero();
    }

    @Test
    void a_return_is_answered_and_the_idea_withdrawn_by_code() {
        var guest = browser();
        var code = handIn(guest, "Eine Schaukel für Große", "");
        var idea = number("Eine Schaukel für Große");
        ideas.tell(idea, "returned");
        var other = browser();
        var answer = other.submit(found(other, code), LOOK_UP + "/revision", Map.of());
        assertThat(Browser.location(answer)).isEqualTo(Proposal.PLACE);
        var proposal = new Proposal(other);
        proposal.topic("Eine Schaukel für Erwachsene", "sitzen_rasten");
        var check = other.page(Proposal.CHECK);
        assertThat(check.select("#email")).isEmpty();
        var handedIn = other.submit(check, GUEST, Map.of());
        assertThat(other.follow(handedIn).select("[role=status]").text()).contains("Ihr Code gilt weiter");
        assertThat(ideas.text("select title || ' ' || state from ideas where number = ?", idea))
                .isEqualTo("Eine Schaukel für Erwachsene handed-in");
        assertThat(ideas.text("select said ->> 'title' from idea_versions where idea_number = ?", idea))
                .isEqualTo("Eine Schaukel für Große");
        var withdrawn =
                other.submit(found(other, code), LOOK_UP + "/withdrawal", Map.of("note", "Es gibt schon eine."));
        assertThat(other.follow(withdrawn).select("[role=status]").text()).contains("zurückgezogen");
        assertThat(ideas.state(idea)).isEqualTo("withdrawn");
    }

    @Test
    void without_the_code_nobody_acts_on_the_idea_of_a_guest() {
        var code = handIn(browser(), "Ein Netz für den Bolzplatz", "");
        var idea = number("Ein Netz für den Bolzplatz");
        var resident = browser().signIn(Town.resident(7));
        var form = Map.of("csrf", resident.token(), "note", "");
        assertThat(resident.post("/ideas/" + idea + "/withdrawal", form).statusCode())
                .isEqualTo(404);
        assertThat(resident.post("/ideas/new/revision/" + idea, form).statusCode())
                .isEqualTo(404);
        assertThat(resident.get("/ideas/" + idea).statusCode()).isEqualTo(404);
        assertThat(browser()
                        .post(LOOK_UP + "/withdrawal", Map.of("code", wrong(code)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(resident.post(LOOK_UP + "/claim", Map.of("csrf", resident.token(), "number", idea))
                        .statusCode())
                .isEqualTo(409);
        assertThat(ideas.state(idea)).isEqualTo("handed-in");
    }

    @Test
    void a_wrong_code_gets_a_sentence_and_locks_nobody_out() {
        var code = handIn(browser(), "Ein Dach über den Rädern", "");
        var guesser = browser();
        for (int i = 0; i < 200; i++) {
            var answer = guesser.post(
                    LOOK_UP,
                    Map.of("code", LookUpCode.from(new byte[] {(byte) i, 1}).grouped()));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("Zu diesem Code gibt es keine Idee");
        }
        assertThat(guesser.post(LOOK_UP, Map.of("code", "ABCD")).body()).contains("Da stimmt ein Buchstabe nicht");
        found(guesser, code);
        found(browser(), code.replace("-", "").toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void of_twenty_who_claim_an_idea_at_once_one_gets_it() throws Exception {
        var code = handIn(browser(), "Ein Kasten für verlorene Handschuhe", "");
        var idea = number("Ein Kasten für verlorene Handschuhe");
        var answers = Together.send(IntStream.rangeClosed(1, 20)
                .<Callable<HttpResponse<String>>>mapToObj(i -> () -> {
                    var browser = browser().signIn(Town.resident(i));
                    return browser.post(LOOK_UP + "/claim", Map.of("csrf", browser.token(), "code", code));
                })
                .toList());
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnly(303, 409)
                .containsOnlyOnce(303);
        assertThat(ideas.number("select count(*) from ideas where number = ? and author_id is not null", idea))
                .isEqualTo(1);
        assertThat(ideas.number("select count(*) from idea_guests where idea_number = ?", idea))
                .isZero();
        assertThat(ideas.number(
                        "select count(*) from audit_entries a join ideas i on i.author_id = a.person_id where a.deed ="
                                + " 'idea.claim' and a.subject = ? and i.number = ?",
                        "idea:" + idea,
                        idea))
                .isEqualTo(1);
        assertThat(browser().post(LOOK_UP, Map.of("code", code)).statusCode()).isEqualTo(422);
    }

    @Test
    void whoever_confirmed_the_address_takes_the_idea_after_signing_in_and_nobody_else() {
        var address = Town.resident(9) + "@motette.example";
        handIn(browser(), "Ein Hocker an der Haltestelle", address);
        var idea = number("Ein Hocker an der Haltestelle");
        var person = browser().signIn(Town.resident(9));
        assertThat(person.page(LOOK_UP).select("#mine")).isEmpty();
        browser().post(confirmation(address), Map.of());
        var page = person.page(LOOK_UP);
        assertThat(page.select("#mine ~ form").text()).contains("Ein Hocker an der Haltestelle");
        assertThat(browser().signIn(Town.resident(8)).page(LOOK_UP).select("#mine"))
                .isEmpty();
        var answer = person.submit(page, LOOK_UP + "/claim", Map.of());
        assertThat(person.follow(answer).select("[role=status]").text()).contains("gehört jetzt zu Ihrem Konto");
        assertThat(ideas.number("select author_id from ideas where number = ?", idea))
                .isEqualTo(ideas.person(Town.resident(9)));
    }

    /** @return the code in groups, as the page after handing in shows it */
    private String handIn(Browser guest, String title, String email) {
        new Proposal(guest).written(title);
        var answer = guest.submit(guest.page(Proposal.CHECK), GUEST, Map.of("email", email));
        assertThat(Browser.location(answer)).isEqualTo("/ideas/new/received");
        return guest.follow(answer).select(".code-show__signs").text();
    }

    private static Document found(Browser browser, String code) {
        var answer = browser.submit(browser.page(LOOK_UP), LOOK_UP, Map.of("code", code));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return org.jsoup.Jsoup.parse(answer.body(), browser.home() + LOOK_UP);
    }

    private static String wrong(String code) {
        var letters = new ArrayList<>(List.of(code.split("")));
        Collections.reverse(letters);
        return String.join("", letters);
    }

    private String confirmation(String address) {
        var link = Pattern.compile("/ideas/confirmation/[A-Za-z0-9_-]{43}")
                .matcher(ideas.text(
                        "select body from mails where recipient = ? and topic like '%-confirmation'", address));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private String confirmed(long idea) {
        return ideas.text("select confirmed_at is not null from idea_guests where idea_number = ?", idea);
    }

    private long handedInAgain(long idea) {
        ideas.tell(idea, "revised");
        return idea;
    }

    private long number(String title) {
        return ideas.number("select number from ideas where title = ?", title);
    }
}
