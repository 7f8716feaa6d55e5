package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends too much is told when it goes on and loses nothing; what looks odd is read by a person. With small limits. */
@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
@Property(name = "motette.supports.most", value = "3")
@Property(name = "motette.supports.within", value = "12m")
@Property(name = "motette.limits.ideas.capacity", value = "3")
@Property(name = "motette.limits.drafts-per-network.capacity", value = "2")
@Property(name = "motette.limits.photos.capacity", value = "1")
@Property(name = "motette.limits.places-per-network.capacity", value = "2")
@Property(name = "motette.limits.allocation-runs.capacity", value = "1")
@Property(name = "motette.marks.flood", value = "2")
class AbuseTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    TestClock clock;

    @Inject
    Queries queries;

    private Ideas ideas;

    @BeforeAll
    void know_the_ideas() {
        ideas = new Ideas(transactions);
    }

    @BeforeEach
    void fillTheBuckets() {
        ideas.run("delete from limit_buckets");
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void whoever_supports_too_much_is_told_when_it_goes_on_and_nobody_else_notices() {
        long[] wanted = new long[4];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = ideas.published(Town.resident(2), "Eine Schaukel Nummer " + i);
        }
        var eager = browser().signIn(Town.resident(1));
        var form = Map.of("csrf", eager.token());
        for (int i = 0; i < 3; i++) {
            assertThat(eager.post(support(wanted[i]), form).statusCode()).isEqualTo(303);
        }
        var refused = eager.post(support(wanted[3]), form);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(680L, 720L);
        assertThat(refused.body())
                .contains("Bitte warten Sie 12 Minuten", "Sie haben gerade sehr viele Ideen unterstützt")
                .contains("href=\"/ideas/" + wanted[3] + "\"");
        assertThat(supports(wanted[3])).isZero();
        var neighbour = browser().signIn(Town.resident(3));
        assertThat(neighbour
                        .post(support(wanted[3]), Map.of("csrf", neighbour.token()))
                        .statusCode())
                .isEqualTo(303);
        clock.turn(Duration.ofMinutes(13));
        assertThat(eager.post(support(wanted[3]), form).statusCode()).isEqualTo(303);
    }

    @Test
    void an_idea_too_many_stays_a_draft_and_is_handed_in_later() {
        var person = browser().signIn(Town.resident(4));
        for (int i = 0; i < 3; i++) {
            assertThat(new Proposal(person)
                            .written("Eine Bank Nummer " + i)
                            .handIn()
                            .statusCode())
                    .isEqualTo(303);
        }
        var proposal = new Proposal(person).written("Eine Bank zu viel");
        var refused = proposal.handIn();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Jsoup.parse(refused.body()).select("main a[href=/ideas/new/check]"))
                .hasSize(1);
        assertThat(person.page("/ideas/new/check").text()).contains("Eine Bank zu viel");
        clock.turn(Duration.ofHours(9));
        var back = browser().signIn(Town.resident(4));
        assertThat(ideas.number("select count(*) from ideas where title = 'Eine Bank zu viel'"))
                .isZero();
        assertThat(back.page("/me").text()).doesNotContain("Eine Bank zu viel");
        assertThat(proposal.handIn().statusCode()).isEqualTo(303);
    }

    @Test
    void guests_of_a_full_network_keep_what_they_typed_and_go_on_by_signing_in() {
        clock.stop();
        for (int i = 0; i < 2; i++) {
            assertThat(new Proposal(browser())
                            .topic("Ein Baum Nummer " + i, "sitzen_rasten")
                            .statusCode())
                    .isEqualTo(303);
        }
        var third = browser();
        var page = third.page(Proposal.TOPIC);
        var refused =
                third.submit(page, Proposal.TOPIC, Map.of("title", "Ein \"Baum\" & mehr", "category", "sitzen_rasten"));
        assertThat(refused.statusCode()).isEqualTo(429);
        var told = Jsoup.parse(refused.body());
        assertThat(told.select("main a[href=/sign-in?next=/ideas/new]")).hasSize(1);
        assertThat(told.select("input[name=title]").val()).isEqualTo("Ein \"Baum\" & mehr");
        third.signIn(Town.resident(5));
        var signedIn = Map.of("csrf", third.token(), "title", "Ein \"Baum\" & mehr", "category", "sitzen_rasten");
        assertThat(third.post(Proposal.TOPIC, signedIn).statusCode()).isEqualTo(303);
        assertThat(third.page(Proposal.TOPIC).select("[name=title]").val()).isEqualTo("Ein \"Baum\" & mehr");
        assertThat(browser().page("/ideas/new/place").select("form")).isNotEmpty();
    }

    @Test
    void saving_the_same_draft_again_and_again_counts_once() {
        var guest = browser();
        for (int i = 0; i < 30; i++) {
            assertThat(guest.post("/ideas/new/draft", Map.of("title", "Ein Satz wird länger " + i))
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void a_photo_too_many_is_said_beside_the_photo_and_the_text_stays() {
        var proposal = new Proposal(browser().signIn(Town.resident(6)));
        proposal.at(12.3727, 51.3402);
        proposal.topic("Ein Brunnen", "sitzen_rasten");
        assertThat(photo(proposal.browser(), "Der erste Text, lang genug zum Behalten."))
                .isEqualTo(303);
        assertThat(photo(proposal.browser(), "Der zweite Text, lang genug zum Behalten."))
                .isEqualTo(422);
        assertThat(proposal.browser().page(Proposal.TEXT).select("#description").text())
                .isEqualTo("Der zweite Text, lang genug zum Behalten.");
        assertThat(ideas.number("select count(*) from photos where draft_id is not null"))
                .isEqualTo(1);
    }

    @Test
    void a_search_too_many_says_when_to_ask_again() {
        clock.stop();
        assertThat(browser().get("/places/search?q=Markt").statusCode()).isEqualTo(200);
        assertThat(browser().get("/places/search?q=Markt").statusCode()).isEqualTo(200);
        var refused = browser().get("/places/search?q=Markt");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        ideas.run("alter table limit_buckets rename to limit_buckets_away");
        try {
            assertThat(browser().get("/places/search?q=Markt").statusCode()).isEqualTo(200);
        } finally {
            ideas.run("alter table limit_buckets_away rename to limit_buckets");
        }
    }

    @Test
    void a_chair_records_only_so_many_runs_an_hour() {
        var chair = browser().signIn(Town.chair("ost"));
        var form = Map.of("csrf", chair.token(), "rule", "shares", "input", "x");
        assertThat(chair.post("/allocation/sbb-ost/2026/runs?least=2", form).statusCode())
                .isNotEqualTo(429);
        assertThat(chair.post("/allocation/sbb-ost/2026/runs?least=2", form).statusCode())
                .isEqualTo(429);
        assertThat(chair.get("/allocation/sbb-ost/2026?least=2").statusCode()).isEqualTo(200);
        clock.turn(Duration.ofMinutes(61));
        assertThat(chair.post("/allocation/sbb-ost/2026/runs?least=2", form).statusCode())
                .isNotEqualTo(429);
    }

    @Test
    void reading_never_asks_the_limiter() {
        var resident = browser().signIn(Town.resident());
        var pages = List.of(
                "/",
                "/ideas",
                "/ideas/1",
                "/ideas?q=Bank",
                "/districts/ost",
                "/budgets",
                "/ideas/new/place",
                "/ideas/new/text",
                "/sign-in",
                "/me",
                "/api/v1/ideas",
                "/ideas/markers?bbox=12.2,51.2,12.6,51.5");
        var asked = queries.during(() -> pages.forEach(path -> {
            browser().get(path);
            resident.get(path);
        }));
        assertThat(asked).isNotEmpty().noneMatch(statement -> statement.contains("limit_buckets"));
        var form = Map.of("title", "Eine Laterne");
        assertThat(queries.during(() -> browser().post("/ideas/new/draft", form)))
                .as("the test sees the limiter where it is asked")
                .anyMatch(statement -> statement.contains("limit_buckets"));
    }

    @Test
    void an_idea_written_as_people_write_has_no_mark() {
        var number = Proposal.number(
                patiently(browser().signIn(Town.resident(7)), "Eine ruhige Idee", Ideas.TEXT, Map.of()));
        assertThat(marks(number)).isEmpty();
        assertThat(desk(number).text()).doesNotContain("Diese Idee ist aufgefallen");
    }

    @Test
    void what_looks_odd_is_kept_marked_and_said_to_the_coordinator_alone() {
        ideas.run("insert into persons (pseudonym, demo_key, created_at) values ('Neu hier', 'newcomer', now())");
        var person = browser().signIn("newcomer");
        var number = Proposal.number(patiently(
                person,
                "Gewinne im CASINO jetzt",
                "Mehr auf https://a.example/x und www.b.example, das ist gut für alle hier im Viertel.",
                Map.of("your-site", "https://spam.example")));
        assertThat(marks(number)).isEqualTo("honeypot,links,words");
        var fast = Proposal.number(
                new Proposal(person).written("Eine schnelle Idee").handIn());
        assertThat(marks(fast)).isEqualTo("too-fast");
        var third = Proposal.number(patiently(person, "Eine dritte Idee", Ideas.TEXT, Map.of()));
        assertThat(marks(third)).isEqualTo("flood");
        assertThat(desk(number).select("main").text())
                .contains("Diese Idee ist aufgefallen", "mehrere Links", "oft in Werbung", "verstecktes Feld");
        assertThat(desk(number).select(".queue a:has(.badge)").text()).contains("auffällig", "Eine dritte Idee");
        assertThat(person.page("/ideas/" + number).text()).doesNotContain("aufgefallen");
        assertThat(ideas.state(number)).isEqualTo("handed-in");
    }

    @Test
    void links_of_somebody_known_and_words_inside_words_are_not_odd() {
        ideas.published(Town.resident(9), "Eine veröffentlichte Idee");
        var number = Proposal.number(patiently(
                browser().signIn(Town.resident(9)),
                "Spielcasinos am Rand",
                "Wie auf https://a.example/x und https://b.example/y beschrieben, nur hier bei uns.",
                Map.of()));
        assertThat(marks(number)).isEmpty();
    }

    @Test
    void the_field_that_people_do_not_see_is_out_of_reach_of_keyboards_and_screen_readers() {
        var person = browser().signIn(Town.resident(10));
        var field = new Proposal(person)
                .written("Eine Idee mit Feld")
                .browser()
                .page(Proposal.CHECK)
                .select("[name=your-site]");
        assertThat(field.attr("tabindex")).isEqualTo("-1");
        assertThat(field.attr("autocomplete")).isEqualTo("off");
        assertThat(field.parents().select("[aria-hidden=true]")).isNotEmpty();
    }

    /** Written within a minute, checked within five seconds. */
    private HttpResponse<String> patiently(Browser person, String title, String text, Map<String, String> odd) {
        var proposal = new Proposal(person);
        proposal.at(12.3727, 51.3402);
        proposal.topic(title, "sitzen_rasten");
        proposal.text(Map.of("description", text));
        proposal.groups("alle");
        clock.turn(Duration.ofMinutes(1));
        var check = person.page(Proposal.CHECK);
        clock.turn(Duration.ofSeconds(5));
        return person.submit(check, Proposal.SUBMISSION, odd);
    }

    private org.jsoup.nodes.Document desk(long number) {
        return browser().signIn(Town.coordinator("mitte")).page("/moderation?idea=" + number);
    }

    private int photo(Browser browser, String description) {
        var edge = "----edge";
        var picture = Pictures.png(40, 30);
        var fields = new HashMap<>(Map.of("csrf", browser.token(), "description", description, "deed", "photo"));
        var start = new StringBuilder();
        fields.forEach((name, value) -> start.append(
                "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        start.append("--" + edge + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n");
        var body = java.nio.ByteBuffer.allocate(200_000);
        body.put(start.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(picture)
                .put(("\r\n--" + edge + "--\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return browser.send(java.net.http.HttpRequest.newBuilder(browser.home().resolve(Proposal.TEXT))
                        .header("Content-Type", "multipart/form-data; boundary=" + edge)
                        .header("Origin", browser.home().toString())
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.array(), 0, body.position()))
                        .build())
                .statusCode();
    }

    private String marks(long number) {
        return ideas.text(
                "select coalesce(string_agg(kind, ',' order by kind), '') from idea_marks where idea_number = ?",
                number);
    }

    private long supports(long idea) {
        return ideas.number("select count(*) from supports where idea_number = ?", idea);
    }

    private static String support(long idea) {
        return "/ideas/" + idea + "/support";
    }
}
