package motette.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class DeskTest extends PortalTest {

    /** A quarter of the district West and one of another coordinator's. */
    private static final String MINE = "63";

    private static final String FOREIGN = "00";

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Inject
    Queries queries;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeEach
    @AfterEach
    void clearTheDesk() {
        clock.reset();
        waiting.change(
                "insert into idea_events (idea_number, kind, at) select number, 'withdrawn', now() from ideas where"
                        + " state = 'handed-in'");
    }

    @Test
    void guests_are_asked_to_sign_in_and_residents_are_told_that_it_is_not_theirs() {
        long number = idea("Bänke am Weg", 1);
        assertThat(Browser.location(browser().get("/moderation"))).startsWith("/sign-in?next=");
        assertThat(browser()
                        .post("/moderation/ideas/" + number + "/publication", Map.of())
                        .statusCode())
                .isEqualTo(303);
        var resident = browser().signIn(Town.resident());
        assertThat(resident.get("/moderation").statusCode()).isEqualTo(403);
        assertThat(resident.post("/moderation/ideas/" + number + "/publication", csrf(resident))
                        .statusCode())
                .isEqualTo(403);
        assertThat(state(number)).isEqualTo("handed-in");
    }

    @Test
    void an_idea_of_another_area_is_not_there() {
        long number = waiting.idea(Town.resident(), FOREIGN, "Bänke am Markt", Instant.now());
        var west = coordinator();
        assertThat(west.page("/moderation").text()).doesNotContain("Bänke am Markt");
        assertThat(west.get("/moderation?idea=" + number).statusCode()).isEqualTo(404);
        for (var deed : List.of("publication", "return", "decline", "place")) {
            var sent = Map.of(
                    "csrf",
                    csrf(west).get("csrf"),
                    "reason",
                    deed.equals("return") ? "unclear" : "duplicate",
                    "quarter",
                    MINE);
            assertThat(west.post(
                                    "/moderation/ideas/" + number + "/" + deed,
                                    deed.equals("publication") ? csrf(west) : sent)
                            .statusCode())
                    .as(deed)
                    .isEqualTo(404);
        }
        assertThat(state(number)).isEqualTo("handed-in");
        assertThat(waiting.ask("select quarter_key from ideas where number = " + number))
                .isEqualTo(FOREIGN);
    }

    @Test
    void a_term_that_has_ended_decides_nothing() {
        long number = idea("Bänke am Weg", 1);
        var coordinator = coordinator();
        var token = csrf(coordinator);
        waiting.change("update roles set to_date = date '2025-01-01' where scope = 'coordinator-west-alt-west'");
        try {
            assertThat(coordinator.get("/moderation"))
                    .matches(answer -> answer.statusCode() == 403)
                    .matches(answer -> answer.body().contains("am 1. Januar 2025 zu Ende gegangen"));
            assertThat(coordinator
                            .post("/moderation/ideas/" + number + "/publication", token)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(state(number)).isEqualTo("handed-in");
        } finally {
            waiting.change("update roles set to_date = null where scope = 'coordinator-west-alt-west'");
        }
    }

    @Test
    void what_waits_longest_comes_first_and_says_when_it_is_overdue() {
        idea("Seit gestern", 1);
        idea("Seit drei Wochen", 21);
        idea("Von heute", 0);
        var page = coordinator().page("/moderation");
        assertThat(page.select(".desk__list .queue strong").eachText())
                .containsExactly("Seit drei Wochen", "Seit gestern", "Von heute");
        assertThat(page.select(".queue__waits").eachText())
                .containsExactly("wartet 21 Tage, überfällig", "wartet 1 Tag", "seit heute");
        assertThat(page.expectFirst(".desk__title").text()).isEqualTo("Seit drei Wochen");
    }

    @Test
    void publishing_shows_on_the_timeline_and_leads_to_the_next_idea() {
        long next = idea("Kommt danach", 2);
        long number = idea("Kommt zuerst", 3);
        var coordinator = coordinator();
        var answer = coordinator.submit(
                coordinator.page("/moderation"), "/moderation/ideas/" + number + "/publication", Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).startsWith("/moderation?idea=" + next + "&done=");
        var page = coordinator.follow(answer);
        assertThat(page.expectFirst(".undo").text()).contains("„Kommt zuerst“ ist veröffentlicht");
        assertThat(page.expectFirst("h1").text()).isEqualTo("Kommt danach");
        assertThat(state(number)).isEqualTo("published");
        assertThat(story(number)).isEqualTo("handed-in, published");
        assertThat(waiting.ask("select office from idea_events where kind = 'published' and idea_number = " + number))
                .isEqualTo("coordinator-west-alt-west");
        assertThat(waiting.ask("select deed from audit_entries where subject = 'idea:" + number + "'"))
                .isEqualTo("idea.publication");
        assertThat(coordinator
                        .page("/moderation?view=decided")
                        .expectFirst(".queue strong")
                        .text())
                .isEqualTo("Kommt zuerst");
    }

    @Test
    void a_return_or_decline_without_a_reason_comes_back_with_what_was_typed() {
        long number = idea("Bänke am Weg", 1);
        var coordinator = coordinator();
        for (var deed : List.of("return", "decline")) {
            var page = coordinator.page("/moderation?idea=" + number);
            var answer = coordinator.submit(
                    page, "/moderation/ideas/" + number + "/" + deed, Map.of("note", "Liebe Grüße & <b>Dank</b>"));
            assertThat(answer.statusCode()).isEqualTo(422);
            var back = org.jsoup.Jsoup.parse(answer.body());
            assertThat(back.expectFirst("#" + deed + "-note").text()).isEqualTo("Liebe Grüße & <b>Dank</b>");
            assertThat(back.select("details[open]").select("form").attr("action"))
                    .endsWith("/" + deed);
            assertThat(back.expectFirst("#" + deed + "-reason-error").text()).contains("Bitte wählen Sie einen Grund");
        }
        assertThat(coordinator
                        .post(
                                "/moderation/ideas/" + number + "/return",
                                Map.of("csrf", csrf(coordinator).get("csrf"), "reason", "duplicate"))
                        .statusCode())
                .as("a reason of the other deed")
                .isEqualTo(422);
        assertThat(coordinator
                        .submit(
                                coordinator.page("/moderation?idea=" + number),
                                "/moderation/ideas/" + number + "/return",
                                Map.of("reason", "unclear", "note", "x".repeat(1001)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(state(number)).isEqualTo("handed-in");
    }

    @Test
    void a_decline_keeps_its_reason_and_words() {
        long number = idea("Bänke am Weg", 1);
        var coordinator = coordinator();
        var answer = coordinator.submit(
                coordinator.page("/moderation"),
                "/moderation/ideas/" + number + "/decline",
                Map.of("reason", "duplicate", "note", "Siehe die Idee nebenan."));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(state(number)).isEqualTo("declined");
        assertThat(waiting.ask(
                        "select reason_key || ': ' || note from idea_events where kind = 'declined' and idea_number = "
                                + number))
                .isEqualTo("duplicate: Siehe die Idee nebenan.");
    }

    @Test
    void an_undo_restores_the_state_and_leaves_both_lines() {
        long number = idea("Bänke am Weg", 1);
        var coordinator = coordinator();
        var page = coordinator.follow(coordinator.submit(
                coordinator.page("/moderation"), "/moderation/ideas/" + number + "/publication", Map.of()));
        var undo = page.expectFirst(".undo form").attr("action");
        assertThat(Browser.location(coordinator.submit(page, undo, Map.of()))).isEqualTo("/moderation?idea=" + number);
        assertThat(state(number)).isEqualTo("handed-in");
        assertThat(story(number)).isEqualTo("handed-in, published, undone");
        assertThat(coordinator.submit(page, undo, Map.of()).statusCode())
                .as("a second time")
                .isEqualTo(409);
        assertThat(waiting.ask(
                        "select string_agg(kind, ', ' order by id) from moderation_decisions where idea_number = "
                                + number))
                .isEqualTo("publication, undo");
    }

    @Test
    void a_decision_stays_when_it_is_old_or_others_decided_after_it_or_it_is_not_theirs() {
        long old = publish(idea("Etwas Altes", 1));
        clock.turn(Duration.ofHours(25));
        assertThat(undo(coordinator(), old).statusCode()).isEqualTo(409);
        clock.reset();
        long number = idea("Bewilligt", 1);
        long decided = publish(number);
        waiting.change("insert into idea_events (idea_number, kind, at, amount_cents) values (" + number
                + ", 'granted', now(), 100)");
        assertThat(undo(coordinator(), decided).statusCode()).isEqualTo(409);
        assertThat(state(number)).isEqualTo("granted");
        long fresh = publish(idea("Frisch", 1));
        assertThat(undo(browser().signIn(Town.coordinator("mitte")), fresh).statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_many_coordinators_at_once_exactly_one_decides() throws Exception {
        long number = idea("Alle zugleich", 1);
        var browsers = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> browser().signIn(Town.coordinator(i % 2 == 0 ? "west" : "alt-west")))
                .toList();
        var tokens = browsers.stream().map(this::csrf).toList();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return browsers.get(i)
                                .post(
                                        "/moderation/ideas/" + number + (i % 3 == 0 ? "/publication" : "/decline"),
                                        Map.of(
                                                "csrf",
                                                tokens.get(i).get("csrf"),
                                                "reason",
                                                i % 3 == 0 ? "" : "duplicate"))
                                .statusCode();
                    }))
                    .toList();
            start.countDown();
            var codes = new java.util.ArrayList<Integer>();
            for (var answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).containsOnly(303, 409).containsOnlyOnce(303);
        }
        assertThat(waiting.ask("select count(*) from moderation_decisions where idea_number = " + number))
                .isEqualTo("1");
        assertThat(waiting.ask("select count(*) from idea_events where idea_number = " + number))
                .isEqualTo("2");
    }

    @Test
    void a_corrected_place_moves_quarter_and_body_and_can_be_put_back() {
        long number = idea("Woanders", 1);
        var coordinator = coordinator();
        var before = place(number);
        var page = coordinator.page("/moderation?idea=" + number + "&correct=place");
        var answer = coordinator.submit(page, "/moderation/ideas/" + number + "/place", Map.of("quarter", "71"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(waiting.ask("select quarter_key || ' ' || body_key from ideas where number = " + number))
                .isEqualTo("71 " + waiting.ask("select key from bodies where district_key = '7'"));
        assertThat(state(number)).isEqualTo("handed-in");
        var moved = coordinator.follow(answer);
        assertThat(coordinator
                        .submit(moved, moved.expectFirst(".undo form").attr("action"), Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(place(number)).isEqualTo(before);
    }

    @Test
    void a_pin_decides_the_quarter_and_outside_the_city_is_refused() {
        long number = idea("Mit Pin", 1);
        var coordinator = coordinator();
        var centre = waiting.ask("select label_lon || ' ' || label_lat from quarters where key = '70'")
                .split(" ");
        var page = coordinator.page("/moderation?idea=" + number + "&correct=place");
        assertThat(coordinator
                        .submit(
                                page,
                                "/moderation/ideas/" + number + "/place",
                                Map.of("quarter", "", "lon", "13.4", "lat", "52.5"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(coordinator
                        .submit(
                                page,
                                "/moderation/ideas/" + number + "/place",
                                Map.of("quarter", "70", "lon", centre[0], "lat", centre[1]))
                        .statusCode())
                .isEqualTo(303);
        assertThat(waiting.ask("select quarter_key || ' ' || exact_place from ideas where number = " + number))
                .isEqualTo("70 true");
    }

    @Test
    void in_a_shared_quarter_the_coordinator_chooses_who_is_in_charge() {
        var shared = waiting.ask(
                "select cq.quarter_key from community_quarters cq join communities c on c.key = cq.community_key "
                        + "where c.shared and cq.quarter_key like '7%' order by 1 limit 1");
        long number = idea("Geteilt", 1);
        var coordinator = coordinator();
        var page = coordinator.page("/moderation?idea=" + number + "&correct=place");
        var asked = coordinator.submit(page, "/moderation/ideas/" + number + "/place", Map.of("quarter", shared));
        assertThat(asked.statusCode()).isEqualTo(422);
        var choices = org.jsoup.Jsoup.parse(asked.body()).select("#place input[name=community]");
        assertThat(choices).hasSizeGreaterThan(1);
        var chosen = choices.get(0).attr("value");
        assertThat(coordinator
                        .submit(
                                page,
                                "/moderation/ideas/" + number + "/place",
                                Map.of("quarter", shared, "community", chosen))
                        .statusCode())
                .isEqualTo(303);
        assertThat(waiting.ask("select community_key from ideas where number = " + number))
                .isEqualTo(chosen);
    }

    @Test
    void what_people_wrote_is_text_and_never_markup() {
        long number = idea("<script>alert(1)</script>", 1);
        var answer = coordinator().get("/moderation?idea=" + number);
        assertThat(answer.body()).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void the_most_similar_published_idea_nearby_is_shown_first() {
        long published = idea("Trinkbrunnen am See", 9);
        publish(published);
        publish(idea("Lesekreis im Winter", 9));
        long number = idea("Ein Trinkbrunnen am See", 1);
        var page = coordinator().page("/moderation?idea=" + number);
        var similar = page.select(".desk__detail .queue a");
        assertThat(similar.get(0).attr("href")).isEqualTo("/ideas/" + published);
        assertThat(similar.eachAttr("href")).doesNotContain("/ideas/" + number);
    }

    @Test
    void the_desk_asks_the_database_as_often_for_fifty_ideas_as_for_five() {
        var coordinator = coordinator();
        for (int i = 0; i < 5; i++) {
            idea("Idee " + i, i);
        }
        coordinator.page("/moderation");
        int five = queries.during(() -> coordinator.page("/moderation")).size();
        for (int i = 5; i < 50; i++) {
            idea("Idee " + i, i);
        }
        assertThat(coordinator.page("/moderation").select(".desk__list .queue li"))
                .hasSize(50);
        assertThat(queries.during(() -> coordinator.page("/moderation")))
                .hasSize(five)
                .isNotEmpty();
    }

    private long idea(String title, int days) {
        return waiting.idea(Town.resident(7), MINE, title, Instant.now().minus(Duration.ofDays(days)));
    }

    /** @return id of the decision */
    private long publish(long number) {
        var coordinator = coordinator();
        coordinator.submit(
                coordinator.page("/moderation?idea=" + number),
                "/moderation/ideas/" + number + "/publication",
                Map.of());
        return Long.parseLong(waiting.ask("select max(id) from moderation_decisions where idea_number = " + number));
    }

    private HttpResponse<String> undo(Browser browser, long decision) {
        return browser.post("/moderation/decisions/" + decision + "/reversal", csrf(browser));
    }

    private Browser coordinator() {
        return browser().signIn(Town.coordinator("west"));
    }

    private Map<String, String> csrf(Browser browser) {
        var page = org.jsoup.Jsoup.parse(browser.get("/sign-in").body());
        return Map.of("csrf", page.expectFirst("input[name=csrf]").attr("value"));
    }

    private String state(long number) {
        return waiting.ask("select state from ideas where number = " + number);
    }

    private String story(long number) {
        return waiting.ask("select string_agg(kind, ', ' order by id) from idea_events where idea_number = " + number);
    }

    private String place(long number) {
        return waiting.ask(
                "select (lon, lat, quarter_key, community_key, body_key, exact_place) from ideas where number = "
                        + number);
    }
}
