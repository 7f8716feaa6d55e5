package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class IdeaPageTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handed-in", "returned", "declined", "withdrawn"})
    void what_is_not_public_is_there_for_its_author_and_the_coordinators_of_its_area_alone(String state) {
        long idea = ideas.handedIn(Town.resident(2), "Ein Ofen für alle");
        ideas.tell(idea, state);
        var path = "/ideas/" + idea;
        assertThat(browser().get(path).statusCode()).isEqualTo(404);
        for (var stranger : new String[] {
            Town.resident(3), Town.coordinator("west"), Town.chair("mitte"), Town.officer(), Town.administrator()
        }) {
            assertThat(browser().signIn(stranger).get(path).statusCode())
                    .as(stranger)
                    .isEqualTo(404);
        }
        assertThat(browser().signIn(Town.resident(2)).page(path).text()).contains("Ein Ofen für alle");
        assertThat(browser().signIn(Town.coordinator("mitte")).page(path).text())
                .contains("Ein Ofen für alle");
        assertThat(browser().page("/ideas?q=Ofen").select("[data-idea=" + idea + "]"))
                .isEmpty();
    }

    @Test
    void what_was_public_and_is_withdrawn_still_tells_everybody_what_became_of_it() {
        long idea = ideas.published(Town.resident(2), "Ein Karussell für alle");
        ideas.run("insert into supports values (?, ?, now())", idea, ideas.person(Town.resident(3)));
        var photo = UUID.randomUUID();
        ideas.run(
                "insert into photos (id, idea_number, position, width, height, added_at) values (?, ?, 0, 8, 8, now())",
                photo,
                idea);
        ideas.run(
                "insert into idea_events (idea_number, kind, at, note) values (?, 'withdrawn', now(), 'Es dreht sich"
                        + " schon eins.')",
                idea);
        var path = "/ideas/" + idea;
        var page = browser().page(path);
        assertThat(page.select(".badge").eachText()).contains("Zurückgezogen");
        assertThat(page.select(".timeline").text()).contains("Veröffentlicht", "Es dreht sich schon eins.");
        assertThat(page.text()).contains("Ein Mensch unterstützt die Idee.");
        assertThat(page.select("form.support, img[src*=" + photo + "]")).isEmpty();
        assertThat(browser().signIn(Town.resident(2)).page(path).select("img[src*=" + photo + "]"))
                .hasSize(1);
        assertThat(browser().page("/ideas?q=Karussell").select("[data-idea=" + idea + "]"))
                .isEmpty();
        assertThat(browser().get("/api/v1" + path).statusCode()).isEqualTo(404);
        assertThat(browser().get("/ideas/markers?bbox=12,51,13,52&zoom=22").body())
                .doesNotContain("Karussell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"declined", "withdrawn", "returned"})
    void a_publication_taken_back_never_was_one(String state) {
        long idea = ideas.handedIn(Town.resident(2), "Ein Kessel für alle");
        ideas.takeBack(idea, ideas.tell(idea, "published"));
        ideas.tell(idea, state);
        assertThat(browser().get("/ideas/" + idea).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "999999999",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999",
                "-1",
                "1e3",
                "abc",
                "1/x"
            })
    void a_number_that_is_no_ideas_leads_to_the_page_that_says_so(String number) {
        var answer = browser().get("/ideas/" + number);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Diese Seite gibt es nicht");
    }

    @Test
    void what_people_write_is_shown_as_they_wrote_it_and_never_runs() {
        var evil = "<script>alert('&')</script> \"><img src=x onerror=alert(1)> [[${page.number}]]";
        long idea = ideas.handedIn(Town.resident(2), evil, evil + "\n\n" + evil, "bewegung", "00", 12.3727, 51.3402);
        ideas.run("update ideas set place = ? where number = ?", evil, idea);
        ideas.run(
                "insert into idea_events (idea_number, kind, at, note) values (?, 'published', now(), ?)", idea, evil);
        var page = browser().page("/ideas/" + idea);
        assertThat(page.select("h1").text()).isEqualTo(evil);
        assertThat(page.select(".prose p").eachText()).containsExactly(evil, evil);
        assertThat(page.select(".timeline").text()).contains(evil);
        assertThat(page.select(".facts").text()).contains(evil);
        assertThat(page.title()).startsWith(evil);
        assertThat(page.select("script:not([src]), img[src=x], [onerror]")).isEmpty();
        var list = browser().page("/ideas?q=onerror");
        assertThat(list.select("[data-idea=" + idea + "] h2").text()).isEqualTo(evil);
        assertThat(list.select("script:not([src]), img[src=x]")).isEmpty();
        var asked = browser().page("/ideas?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(asked.select("#q").val()).isEqualTo("\"><script>alert(1)</script>");
        assertThat(asked.select("script:not([src])")).isEmpty();
    }

    @Test
    void the_story_is_told_in_its_order_and_says_who_is_next() {
        long idea = ideas.handedIn(Town.resident(2), "Ein Gong für den Platz");
        ideas.run(
                "insert into idea_events (idea_number, kind, at, reason_key, office, note) "
                        + "values (?, 'returned', now(), 'other', 'coordinator-mitte-nordost', 'Wo genau?')",
                idea);
        ideas.tell(idea, "revised");
        ideas.tell(idea, "published");
        ideas.takeBack(idea, ideas.tell(idea, "postponed"));
        var page = browser().page("/ideas/" + idea);
        assertThat(page.select(".timeline__what").eachText())
                .containsExactly(
                        "Eingereicht",
                        "Zur Überarbeitung zurückgegeben",
                        "Überarbeitet und wieder eingereicht",
                        "Veröffentlicht",
                        "Vertagt (zurückgenommen)",
                        "Vorige Entscheidung zurückgenommen",
                        "Der Beirat entscheidet");
        assertThat(page.select(".timeline").text()).contains("Wo genau?", "Als Nächstes: Stadtbezirksbeirat");
        assertThat(page.select("li[data-state=stopped]")).hasSize(1);
        assertThat(page.select("li[data-state=now]")).hasSize(1);
    }

    @Test
    void a_step_nobody_took_in_time_is_overdue() {
        long idea = ideas.handedIn(Town.resident(2), "Eine Laube am Bach");
        ideas.run(
                "insert into idea_events (idea_number, kind, at) values (?, 'revised', now() - interval '40 days')",
                idea);
        var author = browser().signIn(Town.resident(2));
        assertThat(author.page("/ideas/" + idea).select("li[data-overdue=true]").text())
                .contains("Die Koordination prüft die Idee", "überfällig");
        long fresh = ideas.handedIn(Town.resident(2), "Eine Laube am Wehr");
        assertThat(author.page("/ideas/" + fresh).select("li[data-state=now]").text())
                .contains("noch ")
                .doesNotContain("überfällig");
        assertThat(author.page("/ideas/" + fresh).select("[data-overdue]")).isEmpty();
    }

    @Test
    void money_is_told_once_even_when_a_grant_was_taken_back() {
        long idea = ideas.published(Town.resident(2), "Eine Pumpe im Garten");
        ideas.takeBack(idea, ideas.tell(idea, "granted"));
        assertThat(browser().page("/ideas/" + idea).select(".notice").text()).doesNotContain("bewilligt");
        ideas.tell(idea, "granted-in-part");
        var page = browser().page("/ideas/" + idea);
        assertThat(page.select(".notice").text().replace('\u00a0', ' ')).contains("hat 1.000 € bewilligt");
        assertThat(page.select("form.support")).isEmpty();
    }

    @Test
    void another_language_keeps_the_page_and_is_remembered() {
        long idea = ideas.published(Town.resident(2), "Ein Spiegel an der Ecke");
        var browser = browser();
        var german = browser.page("/ideas/" + idea + "?said=thanks");
        assertThat(german.text()).doesNotContain("Danke!");
        var link = german.select("a[href$=lang=en]").attr("href");
        assertThat(link).startsWith("/ideas/" + idea);
        assertThat(browser.get(link).headers().allValues("set-cookie"))
                .anyMatch(cookie -> cookie.startsWith("lang=en"));
        var english = browser.page("/ideas/" + idea);
        assertThat(english.select("html").attr("lang")).isEqualTo("en");
        assertThat(english.select("h1").attr("lang")).isEqualTo("de");
        assertThat(english.select("main").text()).doesNotContain("Eingereicht", "unterst");
    }

    @Test
    void the_pages_of_proposing_speak_english_too() {
        var browser = browser();
        browser.get("/?lang=en");
        var proposal = new Proposal(browser).written("A swing for grown-ups");
        for (var path : new String[] {
            Proposal.PLACE, Proposal.TOPIC, Proposal.TEXT, Proposal.GROUPS, Proposal.CHECK, "/ideas?category=unknown"
        }) {
            assertThat(browser.page(path).select("main").text()).as(path).doesNotContain("Bitte", "Weiter", "{");
        }
        assertThat(proposal.place(Map.of("quarter", "75")).body()).contains("Please");
    }
}
