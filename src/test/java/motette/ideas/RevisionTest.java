package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class RevisionTest extends PortalTest {

    private static final String AUTHOR = Town.resident(2);

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Photos photos;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @Test
    void the_author_mends_a_returned_idea_and_its_earlier_words_are_kept() {
        long idea = returned("Ein Tisch für den Hof");
        var author = browser().signIn(AUTHOR);
        var place = author.submit(author.page("/ideas/" + idea), "/ideas/new/revision/" + idea, Map.of());
        assertThat(Browser.location(place)).isEqualTo(Proposal.PLACE);
        assertThat(author.follow(place).text()).contains("Sie überarbeiten: Ein Tisch für den Hof");
        var proposal = new Proposal(author);
        assertThat(author.page(Proposal.TEXT).select("#cost").val()).isEqualTo("2000");
        proposal.topic("Ein langer Tisch für den Hof", "begegnung_einsamkeit");
        proposal.groups("familien");
        var answer = proposal.handIn();
        assertThat(Browser.location(answer)).isEqualTo("/ideas/" + idea + "?said=revised");
        assertThat(author.follow(answer).text())
                .contains(
                        "Ihre überarbeitete Idee ist eingereicht",
                        "Ein langer Tisch für den Hof",
                        "Überarbeitet und wieder eingereicht");
        assertThat(ideas.state(idea)).isEqualTo("handed-in");
        assertThat(ideas.text("select string_agg(said::text, '; ') from idea_versions where idea_number = ?", idea))
                .contains(
                        "\"title\": \"Ein Tisch für den Hof\"",
                        "\"description\": \"" + Ideas.TEXT,
                        "\"kind\": \"proposal\"",
                        "\"category_key\": \"sitzen_rasten\"",
                        "\"quarter_key\": \"00\"",
                        "\"community_key\": null",
                        "\"body_key\": \"sbb-mitte\"",
                        "\"place\": \"\"",
                        "\"lon\": 12.3727",
                        "\"lat\": 51.3402",
                        "\"exact_place\": true",
                        "\"cost_cents\": 200000",
                        "\"target_groups\": [\"alle\"]")
                .doesNotContain(";");
        assertThat(ideas.text("select string_agg(group_key, ',') from idea_target_groups where idea_number = ?", idea))
                .isEqualTo("familien");
        assertThat(ideas.number(
                        "select count(*) from audit_entries where deed = 'idea.revision' and subject = ?",
                        "idea:" + idea))
                .isEqualTo(1);
    }

    @Test
    void an_idea_returned_for_its_picture_is_mended_when_it_is_handed_in_again() {
        long idea = returned("Ein Beet für den Hof");
        var shown = photo(idea, 0, "Ein Mensch am Beet");
        var kept = photo(idea, 1, "Das Beet von oben");
        var author = browser().signIn(AUTHOR);
        assertThat(reopen(author, idea)).isEqualTo(303);
        assertThat(author.page(Proposal.TEXT).select("button[value^=remove-]").eachAttr("value"))
                .containsExactly("remove-" + shown, "remove-" + kept);
        assertThat(author.get("/photos/" + shown + "/480.jpg").statusCode()).isEqualTo(200);
        var draft = draftOf(idea);
        for (int i = 0; i < 2; i++) {
            new Proposal(author).text(Map.of("deed", "remove-" + shown));
        }
        assertThat(author.page(Proposal.TEXT).select(".gallery img").eachAttr("alt"))
                .containsExactly("Das Beet von oben");
        assertThat(author.page(Proposal.CHECK).select(".gallery img").eachAttr("alt"))
                .containsExactly("Das Beet von oben");
        assertThat(photos.ofIdea(idea)).as("until it is handed in").hasSize(2);
        assertThat(photos.add(draft, Pictures.png(50, 50), "Das Beet im Mai")).isEmpty();
        assertThat(Browser.location(new Proposal(author).handIn())).endsWith("?said=revised");
        assertThat(photos.ofIdea(idea))
                .extracting(Photos.Photo::alt)
                .containsExactly("Das Beet von oben", "Das Beet im Mai");
        assertThat(ideas.text(
                        "select string_agg(position::text, ',' order by position) from photos where idea_number = ?",
                        idea))
                .isEqualTo("0,1");
        assertThat(author.get("/photos/" + shown + "/480.jpg").statusCode()).isEqualTo(404);
    }

    @Test
    void the_photos_of_the_idea_and_of_its_revision_are_five_together() {
        long idea = returned("Ein Gemälde für den Hof");
        for (int i = 0; i < 4; i++) {
            photo(idea, i, "");
        }
        var author = browser().signIn(AUTHOR);
        reopen(author, idea);
        var draft = draftOf(idea);
        assertThat(photos.add(draft, Pictures.png(50, 50), "")).isEmpty();
        assertThat(photos.add(draft, Pictures.png(50, 50), "")).isPresent();
        assertThat(author.page(Proposal.TEXT).select("#photo")).isEmpty();
        assertThat(photos.remove(draft, photos.ofIdea(idea).getFirst().id())).isEmpty();
        assertThat(photos.add(draft, Pictures.png(50, 50), "")).isEmpty();
        photo(idea, 4, "");
        var full = new Proposal(author).handIn();
        assertThat(full.statusCode()).isEqualTo(409);
        assertThat(ideas.state(idea)).isEqualTo("returned");
        assertThat(photos.remove(draft, photos.of(draft).getFirst().id())).isEmpty();
        assertThat(Browser.location(new Proposal(author).handIn())).endsWith("?said=revised");
        assertThat(ideas.text(
                        "select string_agg(position::text, ',' order by position) from photos where idea_number = ?",
                        idea))
                .isEqualTo("0,1,2,3,4");
    }

    @Test
    void a_draft_drops_the_photos_of_its_own_idea_alone() {
        long idea = returned("Ein Kunstwerk für den Hof");
        long other = returned("Ein Brunnen für den Hof");
        var photo = photo(other, 0, "");
        var author = browser().signIn(AUTHOR);
        reopen(author, idea);
        assertThat(photos.remove(draftOf(idea), photo)).isPresent();
        new Proposal(author).text(Map.of("deed", "remove-" + photo));
        assertThat(Browser.location(new Proposal(author).handIn())).endsWith("?said=revised");
        assertThat(photos.ofIdea(other)).hasSize(1);
    }

    @Test
    void the_first_photo_that_is_left_is_the_one_of_the_card() {
        var author = browser().signIn(AUTHOR);
        var proposal = new Proposal(author).written("Ein Segel für den Hof");
        var draft = UUID.fromString(
                author.page(Proposal.CHECK).select("[name=draft]").val());
        assertThat(photos.add(draft, Pictures.png(50, 50), "")).isEmpty();
        assertThat(photos.add(draft, Pictures.png(50, 50), "")).isEmpty();
        assertThat(photos.remove(draft, photos.of(draft).getFirst().id())).isEmpty();
        long idea = Proposal.number(proposal.handIn());
        assertThat(ideas.text("select string_agg(position::text, ',') from photos where idea_number = ?", idea))
                .isEqualTo("0");
    }

    @Test
    void nobody_else_reopens_an_idea_and_nobody_one_that_was_not_returned() {
        long returned = returned("Ein Regal für Bücher");
        long waiting = ideas.handedIn(AUTHOR, "Ein Regal für Spiele");
        for (var person : new String[] {Town.resident(3), Town.coordinator("mitte")}) {
            assertThat(reopen(browser().signIn(person), returned)).as(person).isEqualTo(404);
        }
        var author = browser().signIn(AUTHOR);
        assertThat(reopen(author, waiting)).isEqualTo(404);
        assertThat(reopen(author, 999_999_999)).isEqualTo(404);
        assertThat(Browser.location(browser().post("/ideas/new/revision/" + returned, Map.of())))
                .startsWith("/sign-in");
        assertThat(ideas.number(
                        "select count(*) from idea_drafts where fields ->> 'revises' in (?, ?)",
                        "" + returned,
                        "" + waiting))
                .isZero();
    }

    @Test
    void the_draft_of_a_revision_is_worth_nothing_to_somebody_else_and_nothing_when_late() {
        long idea = returned("Ein Zaun mit Blumen");
        var author = browser().signIn(AUTHOR);
        assertThat(reopen(author, idea)).isEqualTo(303);
        author.signIn(Town.resident(11));
        assertThat(new Proposal(author).handIn().statusCode()).isEqualTo(409);
        author.signIn(AUTHOR);
        var second = browser().signIn(AUTHOR);
        assertThat(reopen(second, idea)).isEqualTo(303);
        assertThat(new Proposal(author).handIn().statusCode()).isEqualTo(303);
        var late = new Proposal(second).handIn();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("wartet nicht mehr auf Ihre Überarbeitung");
        assertThat(ideas.number("select count(*) from idea_versions where idea_number = ?", idea))
                .isEqualTo(1);
    }

    @Test
    void whoever_chose_the_district_council_in_a_shared_quarter_need_not_choose_again() {
        long idea = ideas.handedIn(AUTHOR, "Ein Steg am Teich", Ideas.TEXT, "gruen_erholung", "15", 12.45293, 51.39905);
        ideas.run("insert into idea_target_groups values (?, 'alle')", idea);
        ideas.tell(idea, "returned");
        var author = browser().signIn(AUTHOR);
        reopen(author, idea);
        assertThat(author.page(Proposal.PLACE)
                        .select("[name=community][checked]")
                        .val())
                .isEqualTo("none");
        assertThat(Browser.location(new Proposal(author).handIn())).endsWith("?said=revised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handed-in", "published", "returned", "postponed"})
    void an_idea_is_withdrawn_with_a_reason(String state) {
        long idea = ideas.handedIn(AUTHOR, "Ein Baum für den Hof");
        ideas.tell(idea, state);
        var author = browser().signIn(AUTHOR);
        var answer = author.submit(
                author.page("/ideas/" + idea),
                "/ideas/" + idea + "/withdrawal",
                Map.of("note", " Der Vermieter <b>pflanzt</b> selbst.\u0000 "));
        assertThat(author.follow(answer).text())
                .contains(
                        "Sie haben Ihre Idee zurückgezogen.",
                        "Der Vermieter <b>pflanzt</b> selbst.",
                        "Von den Einreichenden zurückgezogen");
        assertThat(ideas.state(idea)).isEqualTo("withdrawn");
        assertThat(browser().get("/ideas/" + idea).statusCode()).isEqualTo(state.equals("published") ? 200 : 404);
        assertThat(author.post("/ideas/" + idea + "/withdrawal", Map.of("csrf", author.token()))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_long_reason_is_cut_between_characters() {
        long idea = ideas.handedIn(AUTHOR, "Ein Strauch für den Hof");
        var author = browser().signIn(AUTHOR);
        var answer = author.post(
                "/ideas/" + idea + "/withdrawal", Map.of("csrf", author.token(), "note", "a" + "🌳".repeat(1500)));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(ideas.number(
                        "select char_length(note) from idea_events where idea_number = ? and kind = 'withdrawn'", idea))
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "granted-in-part", "not-granted", "declined"})
    void after_a_decision_it_is_too_late_to_withdraw(String decision) {
        long idea = ideas.published(AUTHOR, "Ein Dach für die Räder");
        ideas.tell(idea, decision);
        var author = browser().signIn(AUTHOR);
        assertThat(author.page("/ideas/" + idea).select("form[action$=withdrawal]"))
                .isEmpty();
        var answer = author.post("/ideas/" + idea + "/withdrawal", Map.of("csrf", author.token()));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Über diese Idee ist schon entschieden.");
        assertThat(ideas.state(idea)).isEqualTo(decision);
    }

    @Test
    void nobody_else_withdraws_an_idea_and_nobody_is_told_they_did() {
        long idea = ideas.published(AUTHOR, "Ein Licht für den Weg");
        var stranger = browser().signIn(Town.coordinator("mitte"));
        assertThat(stranger.post("/ideas/" + idea + "/withdrawal", Map.of("csrf", stranger.token()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ideas.state(idea)).isEqualTo("published");
        assertThat(stranger.page("/ideas/" + idea + "?said=withdrawn").text()).doesNotContain("zurückgezogen");
    }

    private long returned(String title) {
        long idea = ideas.handedIn(AUTHOR, title);
        ideas.run("insert into idea_target_groups values (?, 'alle')", idea);
        ideas.tell(idea, "returned");
        return idea;
    }

    private UUID photo(long idea, int position, String alt) {
        var id = UUID.randomUUID();
        ideas.run(
                "insert into photos (id, idea_number, position, alt, width, height, added_at) values (?, ?, ?, ?, 8,"
                        + " 8, now())",
                id,
                idea,
                position,
                alt);
        ideas.run(
                "insert into photo_renditions (photo_id, width, height, jpeg) values (?, 8, 8, ?)",
                id,
                Pictures.jpeg(8, 8));
        return id;
    }

    private UUID draftOf(long idea) {
        return UUID.fromString(ideas.text("select id from idea_drafts where fields ->> 'revises' = ?", "" + idea));
    }

    private int reopen(Browser browser, long idea) {
        return browser.post("/ideas/new/revision/" + idea, Map.of("csrf", browser.token()))
                .statusCode();
    }
}
