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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class SupportsTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Story story;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @Test
    void one_person_who_presses_twenty_times_at_once_supports_once() throws InterruptedException, ExecutionException {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Notizen");
        var browser = browser().signIn(Town.resident(1));
        var form = Map.of("csrf", browser.token());
        var answers = Together.send(Collections.nCopies(20, () -> browser.post(support(idea), form)));
        assertThat(answers)
                .allMatch(answer ->
                        answer.statusCode() == 303 && Browser.location(answer).equals("/ideas/" + idea));
        assertThat(rows(idea)).isEqualTo(1);
    }

    @Test
    void twenty_people_at_once_count_twenty_and_every_page_says_so() throws InterruptedException, ExecutionException {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Aushänge");
        var answers = Together.send(IntStream.rangeClosed(1, 20)
                .<Callable<HttpResponse<String>>>mapToObj(i -> () -> {
                    var browser = browser().signIn(Town.resident(i));
                    return browser.post(support(idea), Map.of("csrf", browser.token()));
                })
                .toList());
        assertThat(answers).allMatch(answer -> answer.statusCode() == 303);
        assertThat(rows(idea)).isEqualTo(20);
        assertThat(browser().page("/ideas/" + idea).select(".support__count").text())
                .isEqualTo("20 Menschen unterstützen die Idee.");
        assertThat(browser()
                        .page("/ideas?q=Aush%C3%A4nge")
                        .select("[data-idea=" + idea + "] .card__figures b")
                        .eachText())
                .first()
                .isEqualTo("20");
    }

    @Test
    void support_is_given_and_taken_back_as_often_as_one_likes() {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Fundsachen");
        var browser = browser().signIn(Town.resident(1));
        for (int i = 0; i < 3; i++) {
            var page = browser.follow(browser.submit(browser.page("/ideas/" + idea), support(idea), Map.of()));
            assertThat(page.select(".support__count").text()).isEqualTo("Ein Mensch unterstützt die Idee.");
            assertThat(page.select(".support__button").attr("aria-pressed")).isEqualTo("true");
            page = browser.follow(browser.submit(page, support(idea) + "/withdrawal", Map.of()));
            assertThat(page.select(".support__button").attr("aria-pressed")).isEqualTo("false");
            assertThat(browser.post(support(idea) + "/withdrawal", Map.of("csrf", browser.token()))
                            .statusCode())
                    .isEqualTo(303);
            assertThat(rows(idea)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"handed-in", "returned", "declined", "withdrawn", "granted", "granted-in-part", "not-granted"})
    void what_is_not_open_yet_or_not_any_more_refuses_with_a_sentence(String state) {
        long idea = ideas.handedIn(Town.resident(2), "Ein Brett für Rezepte");
        ideas.tell(idea, state);
        var browser = browser().signIn(Town.resident(1));
        var answer = browser.post(support(idea), Map.of("csrf", browser.token()));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Diese Idee nimmt keine Unterstützung an");
        assertThat(rows(idea)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawn", "granted", "granted-in-part", "not-granted"})
    void once_an_idea_is_closed_its_count_stays(String state) {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Gedichte");
        var browser = browser().signIn(Town.resident(1));
        var form = Map.of("csrf", browser.token());
        assertThat(browser.post(support(idea), form).statusCode()).isEqualTo(303);
        ideas.tell(idea, state);
        var answer = browser.post(support(idea) + "/withdrawal", form);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Ihre Unterstützung bleibt stehen");
        assertThat(rows(idea)).isEqualTo(1);
    }

    @Test
    void whoever_supports_does_not_wait_for_a_deed_on_the_idea() {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Termine");
        var browser = browser().signIn(Town.resident(1));
        var form = Map.of("csrf", browser.token());
        transactions.executeWrite(status -> {
            assertThat(story.lock(idea)).isPresent();
            assertThat(browser.post(support(idea), form).statusCode()).isEqualTo(303);
            return true;
        });
        assertThat(rows(idea)).isEqualTo(1);
    }

    @Test
    void a_postponed_idea_still_takes_support() {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Fotos");
        ideas.tell(idea, "postponed");
        var browser = browser().signIn(Town.resident(1));
        assertThat(browser.post(support(idea), Map.of("csrf", browser.token())).statusCode())
                .isEqualTo(303);
        assertThat(rows(idea)).isEqualTo(1);
    }

    @Test
    void a_guest_signs_in_and_comes_back_to_the_idea() {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Musik");
        var guest = browser();
        var answer = guest.post(support(idea), Map.of("csrf", ""), "Referer", server.getURI() + "/ideas/" + idea);
        assertThat(Browser.location(answer)).isEqualTo("/sign-in?next=%2Fideas%2F" + idea);
        var next = guest.follow(answer).select("[name=next]").attr("value");
        assertThat(Browser.location(guest.post("/sign-in/demo", Map.of("person", Town.resident(1), "next", next))))
                .isEqualTo("/ideas/" + idea);
        assertThat(rows(idea)).isZero();
    }

    @Test
    void without_the_right_token_nothing_happens() {
        long idea = ideas.published(Town.resident(2), "Ein Brett für Tänze");
        var browser = browser().signIn(Town.resident(1));
        var ofAnother = browser().signIn(Town.resident(3)).token();
        for (var form : List.of(
                Map.of("x", "y"), Map.of("csrf", ""), Map.of("csrf", "0".repeat(32)), Map.of("csrf", ofAnother))) {
            assertThat(browser.post(support(idea), form).statusCode())
                    .as(form.toString())
                    .isEqualTo(403);
        }
        assertThat(browser.post(support(idea), Map.of("csrf", browser.token()), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(rows(idea)).isZero();
    }

    @Test
    void an_idea_that_does_not_exist_takes_no_support() {
        var browser = browser().signIn(Town.resident(1));
        var form = Map.of("csrf", browser.token());
        assertThat(browser.post(support(999_999_999), form).statusCode()).isEqualTo(409);
        assertThat(browser.post("/ideas/99999999999999999999999/support", form).statusCode())
                .isEqualTo(409);
        assertThat(browser.post(support(999_999_999) + "/withdrawal", form).statusCode())
                .isEqualTo(303);
    }

    private static String support(long idea) {
        return "/ideas/" + idea + "/support";
    }

    private long rows(long idea) {
        return ideas.number("select count(*) from supports where idea_number = ?", idea);
    }
}
