package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class DraftsTest extends PortalTest {

    private static final String DRAFT = "/ideas/new/draft";

    @Inject
    TransactionOperations<Connection> transactions;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @Test
    void what_is_typed_is_kept_while_it_is_typed_and_nothing_else_is() {
        var browser = browser();
        var answer = browser.post(
                DRAFT,
                Map.of(
                        "title",
                        "Ein Titel",
                        "description",
                        "Ein Anfang",
                        "revises",
                        "1",
                        "quarter",
                        "00",
                        "lon",
                        "1",
                        "lat",
                        "2",
                        "groups",
                        "alle",
                        "evil",
                        "x"));
        assertThat(answer.statusCode()).isEqualTo(204);
        var id = Proposal.ticket(answer).substring(0, 36);
        assertThat(ideas.text(
                        "select (select string_agg(k, ',' order by k) from jsonb_object_keys(fields) k) from"
                                + " idea_drafts where id = ?::uuid",
                        id))
                .isEqualTo("description,title");
        assertThat(browser.postParts(DRAFT, Map.of("title", "Ein anderer Titel"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(browser.page(Proposal.TOPIC).select("#title").val()).isEqualTo("Ein anderer Titel");
        assertThat(browser.page(Proposal.TEXT).select("#description").text()).isEqualTo("Ein Anfang");
        assertThat(browser.page(Proposal.PLACE).text()).contains("Sie haben schon angefangen: Ein anderer Titel");
    }

    @Test
    void the_secret_is_not_in_the_database_and_not_in_the_page() {
        var browser = browser().signIn(Town.resident(6));
        var ticket =
                Proposal.ticket(new Proposal(browser).written("Ein stiller Ort").groups("alle"));
        var secret = ticket.substring(37);
        assertThat(ideas.text("select d::text from idea_drafts d where id = ?::uuid", ticket.substring(0, 36)))
                .doesNotContain(secret);
        assertThat(browser.get(Proposal.CHECK).body())
                .contains("Ein stiller Ort")
                .doesNotContain(secret);
    }

    @Test
    void the_cookie_of_a_draft_is_out_of_reach_of_scripts_and_other_sites() {
        var cookie = browser()
                .post(DRAFT, Map.of("title", "x"))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow();
        assertThat(cookie).contains("HTTPOnly", "SameSite=Lax", "Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "------------------------------------.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "00000000-0000-0000-0000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "abcdefabcdefabcdefabcdefabcdefabcdef.x",
                "x",
                ".",
                "%00",
                "a.b.c"
            })
    void a_made_up_cookie_opens_an_empty_page(String cookie) {
        var answer = browser().get(Proposal.TOPIC, "Cookie", "draft=" + cookie);
        assertThat(answer.statusCode()).isEqualTo(200);
        var discarded = browser().post("/ideas/new/discard", Map.of(), "Cookie", "draft=" + cookie);
        assertThat(Browser.location(discarded)).isEqualTo(Proposal.PLACE);
    }

    @Test
    void a_cookie_with_another_secret_sees_nothing_and_changes_nothing() {
        var owner = browser();
        var id = Proposal.ticket(owner.post(DRAFT, Map.of("title", "Mein Geheimnis")))
                .substring(0, 36);
        var forged = "draft=" + id + "." + "A".repeat(32);
        assertThat(browser().get(Proposal.TOPIC, "Cookie", forged).body()).doesNotContain("Mein Geheimnis");
        browser().post(DRAFT, Map.of("title", "Übernommen"), "Cookie", forged);
        browser().post("/ideas/new/discard", Map.of(), "Cookie", forged);
        assertThat(owner.page(Proposal.TOPIC).select("#title").val()).isEqualTo("Mein Geheimnis");
    }

    @Test
    void what_is_discarded_is_gone() {
        var browser = browser();
        var id = Proposal.ticket(browser.post(DRAFT, Map.of("title", "Weg damit")))
                .substring(0, 36);
        var page = browser.follow(browser.submit(browser.page(Proposal.PLACE), "/ideas/new/discard", Map.of()));
        assertThat(page.text()).doesNotContain("Weg damit");
        assertThat(ideas.number("select count(*) from idea_drafts where id = ?::uuid", id))
                .isZero();
    }

    @Test
    void a_draft_saved_while_it_is_handed_in_is_not_handed_in_again() {
        var browser = browser().signIn(Town.resident(4));
        var proposal = new Proposal(browser).written("Ein Karussell für alle");
        var ticket = Proposal.ticket(proposal.groups("alle"));
        var check = browser.page(Proposal.CHECK);
        var csrf = check.select("form [name=csrf]").attr("value");
        ideas.run("create table kept_draft as select * from idea_drafts where id = ?::uuid", ticket.substring(0, 36));
        long idea = Proposal.number(proposal.handIn());
        ideas.run("insert into idea_drafts select * from kept_draft");
        var again = browser.post(
                Proposal.SUBMISSION,
                Map.of("csrf", csrf, "draft", ticket.substring(0, 36)),
                "Cookie",
                "draft=" + ticket);
        assertThat(Proposal.number(again)).isEqualTo(idea);
        assertThat(ideas.number("select count(*) from idea_drafts where id = ?::uuid", ticket.substring(0, 36)))
                .isZero();
    }
}
