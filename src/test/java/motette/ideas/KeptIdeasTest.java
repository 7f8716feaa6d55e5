package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What devices kept without net arrives once, whole, and under the right name. */
@MicronautTest(transactional = false)
class KeptIdeasTest extends PortalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] PHOTO = Pictures.jpeg(320, 240);

    @Inject
    TransactionOperations<Connection> transactions;

    private final Random random = new Random(7);
    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @Test
    void sent_many_times_at_once_it_is_one_idea_with_its_photos() throws Exception {
        var resident = browser().signIn(Town.resident());
        var idea = idea("Bänke am Kanal, oft gesendet");
        var answers = Together.send(times(24, () -> send(resident, idea, PHOTO, PHOTO)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(count("ideas where title = '" + idea.get("title") + "'")).isEqualTo(1);
        assertThat(count(
                        "photos where idea_number = " + told(answers.getFirst()).get("number")))
                .isEqualTo(2);
        assertThat(count("idea_events where idea_number = "
                        + told(answers.getFirst()).get("number")))
                .isEqualTo(1);
        assertThat(count("idea_drafts where fields ->> 'title' = '" + idea.get("title") + "'"))
                .isZero();
    }

    @Test
    void sent_as_guest_and_signed_in_at_once_it_is_one_idea() throws Exception {
        var resident = browser().signIn(Town.resident(4));
        var guest = browser();
        var idea = idea("Trinkbrunnen, zweierlei gesendet");
        var answers = Together.send(Stream.concat(
                        times(8, () -> send(resident, idea)).stream(), times(8, () -> send(guest, idea)).stream())
                .toList());
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream().map(answer -> told(answer).get("number")).distinct())
                .hasSize(1);
        assertThat(count("ideas where title = '" + idea.get("title") + "'")).isEqualTo(1);
    }

    @Test
    void a_guest_gets_the_same_code_at_each_repetition_and_it_opens_the_idea() {
        var idea = idea("Sonnensegel am Hort");
        var first = told(send(browser(), idea));
        var again = told(send(browser(), idea));
        assertThat(again).isEqualTo(first);
        assertThat(first.get("state").asText()).isEqualTo("sent");
        var opened =
                browser().post("/ideas/lookup", Map.of("code", first.get("code").asText()));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("Sonnensegel am Hort");
    }

    @Test
    void a_repetition_finds_the_idea_also_when_it_was_revised_since() {
        var resident = browser().signIn(Town.resident(5));
        var idea = idea("Schatten für den Wochenmarkt");
        var number = told(send(resident, idea)).get("number").asLong();
        ideas.run("update ideas set draft_id = gen_random_uuid() where number = " + number);
        assertThat(told(send(resident, idea)).get("number").asLong()).isEqualTo(number);
    }

    @Test
    void what_is_missing_is_said_and_after_mending_the_same_key_hands_it_in() {
        var idea = idea("Kurz");
        var wrong = send(browser(), idea, PHOTO);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(told(wrong).get("state").asText()).isEqualTo("needs-you");
        assertThat(told(wrong).get("sentences").get(0).asText()).contains("5 Zeichen");
        idea.put("title", "Nicht mehr zu kurz");
        assertThat(told(send(browser(), idea, PHOTO)).get("state").asText()).isEqualTo("sent");
    }

    @Test
    void a_place_outside_of_the_city_and_an_address_that_is_none_are_said() {
        var idea = idea("Bänke in Halle");
        idea.putAll(Map.of("quarter", "", "lon", "11.97", "lat", "51.48", "email", "keine"));
        var sentences = told(send(browser(), idea)).get("sentences");
        assertThat(sentences).hasSize(2);
        assertThat(sentences.get(0).asText()).contains("Leipzig");
    }

    @Test
    void a_photo_that_is_none_is_refused_in_a_sentence_and_nothing_stays() {
        var idea = idea("Ein Foto, das keines ist");
        var answer = send(browser(), idea, "kein Bild".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(told(answer).get("sentences").get(0).asText()).isNotBlank();
        assertThat(count("ideas where title = '" + idea.get("title") + "'")).isZero();
        assertThat(count("idea_drafts where fields ->> 'title' = '" + idea.get("title") + "'"))
                .isZero();
        assertThat(told(send(browser(), idea, PHOTO)).get("state").asText()).isEqualTo("sent");
    }

    @Test
    void what_was_begun_online_goes_on_with_its_photos_and_leaves_no_second_draft() {
        var browser = browser();
        var proposal = new Proposal(browser);
        var draft = Proposal.ticket(proposal.at(12.3727, 51.3402)).substring(0, 36);
        proposal.topic("Begonnen mit Netz", "sitzen_rasten");
        browser.postFile("/ideas/new/text", "photo", "bank.jpg", PHOTO);
        var idea = idea("Begonnen mit Netz, beendet ohne");
        idea.put("continues", draft);
        var number = told(send(browser, idea, PHOTO)).get("number").asLong();
        assertThat(count("photos where idea_number = " + number)).isEqualTo(2);
        assertThat(count("idea_drafts where id = '" + draft + "'")).isZero();
        assertThat(browser.get("/ideas/new/check").statusCode()).isEqualTo(303);
    }

    @Test
    void a_draft_of_somebody_else_is_not_taken_up() {
        var owner = browser();
        var proposal = new Proposal(owner);
        var draft = Proposal.ticket(proposal.at(12.3727, 51.3402)).substring(0, 36);
        owner.postFile("/ideas/new/text", "photo", "bank.jpg", PHOTO);
        var idea = idea("Mit fremdem Entwurf gesendet");
        idea.put("continues", draft);
        var number = told(send(browser(), idea)).get("number").asLong();
        assertThat(count("photos where idea_number = " + number)).isZero();
        assertThat(count("photos where draft_id = '" + draft + "'")).isEqualTo(1);
    }

    @Test
    void what_was_handed_in_online_meanwhile_is_not_handed_in_again() {
        var resident = browser().signIn(Town.resident(6));
        var proposal = new Proposal(resident);
        var draft = Proposal.ticket(proposal.at(12.3727, 51.3402)).substring(0, 36);
        proposal.topic("Im anderen Fenster eingereicht", "sitzen_rasten");
        proposal.text(Map.of());
        proposal.groups("alle");
        var number = Proposal.number(proposal.handIn());
        var idea = idea("Im anderen Fenster eingereicht");
        idea.put("continues", draft);
        assertThat(told(send(resident, idea)).get("number").asLong()).isEqualTo(number);
        assertThat(count("ideas where title = 'Im anderen Fenster eingereicht'"))
                .isEqualTo(1);
    }

    @Test
    void looked_at_first_it_becomes_the_draft_of_the_browser_and_is_handed_in_from_there_once() throws Exception {
        var resident = browser().signIn(Town.resident(7));
        var idea = idea("Erst ansehen, dann einreichen");
        idea.put("deed", "look");
        var answers = Together.send(times(6, () -> send(resident, idea, PHOTO)));
        assertThat(answers)
                .allMatch(answer -> told(answer).get("state").asText().equals("draft"));
        var check = resident.page("/ideas/new/check");
        assertThat(check.select("main").text()).contains("Erst ansehen, dann einreichen");
        assertThat(check.select(".gallery img")).hasSize(1);
        var number = Proposal.number(new Proposal(resident).handIn());
        assertThat(told(send(resident, idea, PHOTO)).get("number").asLong()).isEqualTo(number);
        idea.put("deed", "");
        assertThat(told(send(resident, idea, PHOTO)).get("number").asLong()).isEqualTo(number);
    }

    @Test
    void another_idea_begun_in_the_browser_is_not_lost_behind_it() {
        var browser = browser();
        new Proposal(browser).written("Etwas anderes, schon begonnen");
        var idea = idea("Vom Gerät, zum Ansehen");
        idea.put("deed", "look");
        var answer = send(browser, idea);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(told(answer).get("href").asText()).isEqualTo("/ideas/new/place");
        assertThat(browser.page("/ideas/new/check").text()).contains("Etwas anderes, schon begonnen");
    }

    @Test
    void a_limit_says_when_to_send_again() {
        var resident = browser().signIn(Town.resident(8));
        HttpResponse<String> answer;
        int sent = 0;
        do {
            answer = send(resident, idea("Viele Ideen " + sent));
            sent++;
        } while (answer.statusCode() == 200 && sent < 70);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(told(answer).get("state").asText()).isEqualTo("later");
        assertThat(told(answer).get("seconds").asLong()).isPositive();
        assertThat(told(answer).get("sentences").get(0).asText()).isNotBlank();
    }

    @Test
    void the_server_says_who_sends_and_takes_only_a_token_that_fits() {
        assertThat(told(browser().get("/ideas/offline/sender")).get("sender").asText())
                .isEmpty();
        var resident = browser().signIn(Town.resident(9));
        var asked = resident.get("/ideas/offline/sender");
        assertThat(asked.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(told(asked).get("sender").asText())
                .isEqualTo(ideas.text("select id::text from persons where demo_key = ?", Town.resident(9)));
        var idea = idea("Mit altem Ausweis gesendet");
        assertThat(send(resident, idea, Map.of("X-CSRF-Token", "0".repeat(64))).statusCode())
                .isEqualTo(403);
        assertThat(send(
                                resident,
                                idea,
                                Map.of("X-CSRF-Token", told(asked).get("csrf").asText()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_no_device_of_ours_sends_is_answered_in_a_sentence() {
        assertThat(send(browser(), Map.of("key", "short")).statusCode()).isEqualTo(422);
        assertThat(browser()
                        .postParts("/ideas/offline", Map.of("idea", "{nonsense"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(browser().postParts("/ideas/offline", Map.of("other", "x")).statusCode())
                .isEqualTo(422);
    }

    private Map<String, String> idea(String title) {
        var key = new byte[32];
        random.nextBytes(key);
        return new HashMap<>(Map.of(
                "key", Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                "title", title,
                "description", Ideas.TEXT,
                "kind", "proposal",
                "category", "sitzen_rasten",
                "groups", "alle",
                "lon", "12.3727",
                "lat", "51.3402"));
    }

    private HttpResponse<String> send(Browser browser, Map<String, String> idea, byte[]... photos) {
        return send(browser, idea, Map.of(), photos);
    }

    private HttpResponse<String> send(
            Browser browser, Map<String, String> idea, Map<String, String> headers, byte[]... photos) {
        var edge = "----edge-" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        part(body, edge, "name=\"idea\"", bytes(idea));
        for (int i = 0; i < photos.length; i++) {
            part(body, edge, "name=\"photo" + i + "\"; filename=\"" + i + ".jpg\"", photos[i]);
        }
        body.writeBytes(("--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(browser.home().resolve("/ideas/offline"))
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .header("Origin", browser.home().toString())
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(request::header);
        return browser.send(request.build());
    }

    private static void part(ByteArrayOutputStream body, String edge, String what, byte[] content) {
        body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; " + what
                        + (what.contains("filename") ? "\r\nContent-Type: image/jpeg" : "") + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Map<String, String> idea) {
        try {
            return JSON.writeValueAsBytes(idea);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode told(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.statusCode() + " " + answer.body(), e);
        }
    }

    private static List<Callable<HttpResponse<String>>> times(int times, Callable<HttpResponse<String>> request) {
        var all = new ArrayList<Callable<HttpResponse<String>>>();
        for (int i = 0; i < times; i++) {
            all.add(request);
        }
        return all;
    }

    private long count(String what) {
        return Long.parseLong(ideas.text("select count(*)::text from " + what));
    }
}
