package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class SimilarIdeasTest extends PortalTest {

    /** A meadow at the edge of the city, kilometres from every idea of the demo city. */
    private static final double LON = 12.3000;

    private static final double LAT = 51.4300;

    private static final double HUNDRED_METRES = 100 / 111_320.0;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    SimilarIdeas similar;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @AfterEach
    void withdraw_what_was_proposed() {
        ideas.run("insert into idea_events (idea_number, kind, at) select number, 'withdrawn', now() from ideas where"
                + " not example and state = 'published'");
    }

    @Test
    void the_near_ones_of_the_same_category_come_first_and_others_only_with_fitting_words() {
        long here = near("Liegewiese hinter der Schule", "sitzen_rasten", 1);
        long further = near("Rast am Feldrand", "sitzen_rasten", 9);
        long fitting = near("Schaukel an der Linde", "bewegung", 2);
        long unfitting = near("Kochkurs am Abend", "ernaehrung", 2);
        long tooFar = near("Rast am Waldrand", "sitzen_rasten", 14);
        assertThat(found("sitzen_rasten", "Schaukel"))
                .contains(here, further, fitting)
                .doesNotContain(unfitting, tooFar);
        assertThat(found("sitzen_rasten", "Liegewiese")).containsExactly(here, further);
        assertThat(similar.to("sitzen_rasten", "Liegewiese", LON, LAT, 0, 0, Locale.GERMAN)
                        .getFirst()
                        .metres())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bank", "Bänke", "bänken", "Eine Bank", "Bännke"})
    void german_forms_and_slips_of_a_word_are_the_same_word(String typed) {
        long idea = near("Bänke an der Haltestelle", "hitze_schatten", 2);
        assertThat(found("laerm_luft", typed)).contains(idea);
    }

    @Test
    void far_away_only_words_that_fit_clearly_count() {
        long same = near("Trampolin für Erwachsene", "bewegung", 40);
        long oneWord = near("Erwachsene lernen Schach", "bewegung", 40);
        assertThat(found("laerm_luft", "Ein Trampolin für Erwachsene"))
                .contains(same)
                .doesNotContain(oneWord);
        assertThat(found("laerm_luft", "Trampolinn für Erwachsene")).contains(same);
        assertThat(found("bewegung", "Seifenkistenrennen")).isEmpty();
    }

    @Test
    void what_is_not_public_is_nobodys_example_and_the_idea_itself_is_left_out() {
        long waiting = ideas.handedIn(Town.resident(2), "Murmelbahn am Hang", Ideas.TEXT, "bewegung", "00", LON, LAT);
        long open = near("Murmelbahn am Fluss", "bewegung", 1);
        assertThat(found("bewegung", "Murmelbahn")).containsExactly(open).doesNotContain(waiting);
        assertThat(similar.to("bewegung", "Murmelbahn", LON, LAT, 0, open, Locale.GERMAN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'", "\\", "& | !", "a:* <-> b", "%", "''x''", "der die das", "https://example.org/a\\'b?c=d"})
    void no_words_trouble_the_search(String words) {
        long idea = near("Insektenhotel am Zaun", "gruen_erholung", 1);
        assertThat(found("gruen_erholung", words)).containsExactly(idea);
    }

    @Test
    void a_word_is_looked_for_by_index_among_thousands_of_ideas_however_much_was_typed() {
        long same = near("Trampolin für Erwachsene", "bewegung", 40);
        ideas.run(
                "insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon,"
                    + " lat, exact_place, language, handed_in_at, state_since) select author_id, 'Ein Weg mit Nummer '"
                    + " || n, (select string_agg(md5(n::text || part), ' ') from generate_series(1, 30) part), kind,"
                    + " category_key, quarter_key, body_key, 12.2 + 0.3 * (n % 71) / 71, 51.25 + 0.15 * (n % 67) / 67,"
                    + " true, 'de', now(), now() from ideas, generate_series(1, 5000) n where number = ?",
                same);
        ideas.run("insert into idea_events (idea_number, kind, at) select number, 'published', now() from ideas where"
                + " title like 'Ein Weg mit Nummer %'");
        // What autovacuum does some day: until then the planner reads the whole table rather than a long list of new
        // words.
        ideas.text("select sum(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid ="
                + " i.indexrelid join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid ="
                + " 'ideas'::regclass");
        ideas.run("analyze ideas");
        var typed = "Ein Trampolin für Erwachsene" + " ".repeat(200) + "Bank ".repeat(1_500);
        assertThat(found("laerm_luft", typed)).contains(same);
        assertThat(ideas.rowsLookedAt(() -> found("laerm_luft", typed))).isBetween(1L, 500L);
    }

    @Test
    void whoever_finds_their_idea_supports_it_and_comes_back_to_their_draft() {
        long idea = ideas.published(
                Town.resident(2), "Kegelbahn im Innenhof", Ideas.TEXT, "bewegung", "00", 12.3727, 51.3402);
        var browser = browser().signIn(Town.resident(1));
        var proposal = new Proposal(browser);
        proposal.at(12.3727, 51.3402);
        var answer = proposal.topic("Eine Kegelbahn", "bewegung");
        assertThat(Browser.location(answer)).isEqualTo("/ideas/new/similar");
        var page = browser.follow(answer);
        assertThat(page.select("h2").eachText()).first().isEqualTo("Kegelbahn im Innenhof");
        var back = browser.submit(page, "/ideas/" + idea + "/support", Map.of());
        assertThat(Browser.location(back)).isEqualTo("/ideas/new/similar");
        assertThat(browser.follow(back)
                        .select("li.panel:has(a[href=/ideas/" + idea + "])")
                        .text())
                .contains("Sie unterstützen diese Idee", "Ein Mensch unterstützt");
        assertThat(browser.page(Proposal.TOPIC).select("#title").val()).isEqualTo("Eine Kegelbahn");
    }

    @Test
    void a_guest_is_offered_to_sign_in_and_support() {
        long idea = ideas.published(
                Town.resident(2), "Wippe vor dem Laden", Ideas.TEXT, "bewegung", "00", 12.3727, 51.3402);
        var guest = new Proposal(browser());
        guest.at(12.3727, 51.3402);
        var page = guest.browser().follow(guest.topic("Wippe vor dem Laden", "bewegung"));
        assertThat(page.select("a[href=/sign-in?next=/ideas/" + idea + "]")).hasSize(1);
    }

    private long near(String title, String category, int hundredsOfMetres) {
        return ideas.published(
                Town.resident(2), title, Ideas.TEXT, category, "00", LON, LAT + hundredsOfMetres * HUNDRED_METRES);
    }

    private List<Long> found(String category, String words) {
        return similar.to(category, words, LON, LAT, 0, 0, Locale.GERMAN).stream()
                .map(SimilarIdeas.Similar::number)
                .toList();
    }
}
