package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class AgendaTest extends PortalTest {

    private static final String SECRET = "Quittenmarmeladenstreit";
    private static final String SECRECY = "Es geht um Sanddornsirupverträge einzelner Menschen.";
    private static final int MOST_PAGES = 250;

    @Inject
    Clock clock;

    @Inject
    Waiting town;

    @Test
    void who_chairs_sets_the_agenda_and_everybody_reads_it_in_this_order() {
        var chair = browser().signIn(Town.chair("mitte"));
        var path = session("mitte", 40);
        var idea = chair.page(path).select("#matter option").get(1);
        add(chair, path, Map.of("title", "Begrüßung und Protokoll"));
        add(chair, path, Map.of("matter", idea.val()));
        add(chair, path, Map.of("title", "Verschiedenes"));
        assertThat(items(browser(), path)).containsExactly("Begrüßung und Protokoll", idea.text(), "Verschiedenes");
        assertThat(chair.page(path).select("#matter option").eachText()).doesNotContain(idea.text());
        order(chair, path, "Verschiedenes", "up");
        order(chair, path, "Verschiedenes", "up");
        order(chair, path, "Begrüßung und Protokoll", "down");
        assertThat(items(browser(), path)).containsExactly("Verschiedenes", idea.text(), "Begrüßung und Protokoll");
        assertThat(chair.post(path + "/agenda/" + item(path, "Verschiedenes") + "/removal", form(chair, Map.of()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(items(browser(), path)).containsExactly(idea.text(), "Begrüßung und Protokoll");
        assertThat(browser().page(path).text()).contains("Bis zur Einladung kann sich noch etwas ändern");
        assertThat(browser().page(path).select("#agenda ~ ol a").attr("href"))
                .isEqualTo("/ideas/" + idea.val().replace("idea:", ""));
    }

    @Test
    void the_idea_and_the_body_say_which_session_is_next_once_it_is_public() {
        var chair = browser().signIn(Town.chair("suedwest"));
        var path = session("suedwest", 15);
        var idea = chair.page(path)
                .select("#matter option[value^=idea]")
                .getFirst()
                .val()
                .replace("idea:", "");
        assertThat(browser().page("/bodies/sbb-suedwest").select("[aria-labelledby=next-session] a"))
                .hasSize(1);
        add(chair, path, Map.of("matter", "idea:" + idea));
        assertThat(browser().page("/ideas/" + idea).select("main .notice a[href='" + path + "']"))
                .as("an agenda that is being prepared is no announcement")
                .isEmpty();
        chair.post(path + "/invitation", form(chair, Map.of()));
        assertThat(browser().page("/ideas/" + idea).select("main .notice a[href='" + path + "']"))
                .hasSize(1);
        var item = town.ask("select id from agenda_items where idea_number = " + idea);
        chair.post(
                path + "/agenda/" + item + "/removal", form(chair, Map.of("reason", "Die Kosten sind noch unklar.")));
        assertThat(browser().page("/ideas/" + idea).select("main .notice a[href='" + path + "']"))
                .isEmpty();
        var other = session("suedwest", 25);
        add(
                chair,
                other,
                Map.of(
                        "matter",
                        "idea:" + idea,
                        "closed",
                        "yes",
                        "secrecy",
                        "Es geht um Verträge einzelner Menschen."));
        chair.post(other + "/invitation", form(chair, Map.of()));
        assertThat(browser().page("/ideas/" + idea).text()).doesNotContain("Steht auf der Tagesordnung");
    }

    @Test
    void a_whole_order_is_sent_at_once_and_twice_is_as_once() throws Exception {
        var chair = browser().signIn(Town.chair("mitte"));
        var path = session("mitte", 90);
        var titles = List.of("Erstens", "Zweitens", "Drittens", "Viertens");
        titles.forEach(title -> add(chair, path, Map.of("title", title)));
        add(chair, path, Map.of("title", SECRET, "closed", "yes", "secrecy", SECRECY));
        var ids = titles.stream().map(title -> item(path, title)).toList();
        var orders = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 24; i++) {
            var order = new ArrayList<>(ids);
            Collections.rotate(order, i);
            var form = form(chair, Map.of("order", String.join(",", order)));
            orders.add(() -> chair.post(path + "/agenda/order", form).statusCode());
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var answer : pool.invokeAll(orders)) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        assertThat(items(browser(), path)).hasSize(4).doesNotHaveDuplicates();
        var last = form(chair, Map.of("order", ids.get(3) + "," + ids.get(0) + "," + ids.get(2) + "," + ids.get(1)));
        for (int i = 0; i < 2; i++) {
            assertThat(chair.post(path + "/agenda/order", last).statusCode()).isEqualTo(303);
            assertThat(items(browser(), path)).containsExactly("Viertens", "Erstens", "Drittens", "Zweitens");
        }
        for (var wrong : List.of("", "1,2", ids.get(0), String.join(",", ids) + "," + item(path, SECRET))) {
            assertThat(chair.post(path + "/agenda/order", form(chair, Map.of("order", wrong)))
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(409);
        }
        assertThat(chair.page(path).select("ol[data-module=agenda-order]")).hasSize(1);
        assertThat(browser().page(path).select("[data-module=agenda-order]")).isEmpty();
        chair.post(path + "/invitation", form(chair, Map.of()));
        assertThat(chair.post(path + "/agenda/order", last).statusCode()).isEqualTo(409);
    }

    @Test
    void what_is_missing_is_said_where_it_is_missing_and_nothing_typed_is_lost() {
        var chair = browser().signIn(Town.chair("nord"));
        var path = session("nord", 40);
        var answer =
                chair.post(path + "/agenda", form(chair, Map.of("title", "X", "closed", "yes", "secrecy", "kurz")));
        assertThat(answer.statusCode()).isEqualTo(422);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select(".error-summary li")).hasSize(2);
        assertThat(page.select("#title").val()).isEqualTo("X");
        assertThat(page.select("#secrecy").text()).isEqualTo("kurz");
        assertThat(page.select("[name=closed]").hasAttr("checked")).isTrue();
        assertThat(chair.post(path + "/agenda", form(chair, Map.of("matter", "idea:999999")))
                        .body())
                .contains("Das wartet nicht mehr auf dieses Gremium");
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(409);
    }

    @Test
    void signs_count_as_the_database_counts_them_and_a_script_in_a_title_is_words() {
        var chair = browser().signIn(Town.chair("nordwest"));
        var path = session("nordwest", 40);
        assertThat(chair.post(path + "/agenda", form(chair, Map.of("title", "\uD83D\uDE00a")))
                        .statusCode())
                .isEqualTo(422);
        assertThat(chair.post(path + "/cancellation", form(chair, Map.of("reason", "\uD83D\uDE00".repeat(5))))
                        .statusCode())
                .isEqualTo(422);
        add(chair, path, Map.of("title", "<script>alert(1)</script>"));
        var page = browser().page(path);
        assertThat(page.select("main script")).isEmpty();
        assertThat(page.select(".agenda strong").text()).isEqualTo("<script>alert(1)</script>");
    }

    @Test
    void an_idea_that_was_taken_off_comes_back_in_another_session_only() {
        var chair = browser().signIn(Town.chair("suedost"));
        var path = session("suedost", 40);
        var idea = chair.page(path).select("#matter option").get(1).val();
        add(chair, path, Map.of("matter", idea));
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        var item = town.ask("select id from agenda_items where idea_number = " + idea.replace("idea:", ""));
        var removal = form(chair, Map.of("reason", "Die Kosten sind noch unklar."));
        assertThat(chair.post(path + "/agenda/" + item + "/removal", removal).statusCode())
                .isEqualTo(303);
        assertThat(chair.post(path + "/agenda/" + item + "/removal", removal).statusCode())
                .isEqualTo(409);
        var again = form(chair, Map.of("matter", idea, "urgency", "Die Kosten sind jetzt doch klar."));
        assertThat(chair.post(path + "/agenda", again).statusCode()).isEqualTo(422);
        add(chair, session("suedost", 70), Map.of("matter", idea));
    }

    @Test
    void with_the_invitation_every_member_is_told_once_and_the_agenda_stands() throws Exception {
        var chair = browser().signIn(Town.chair("sued"));
        var path = session("sued", 40);
        add(chair, path, Map.of("title", "Bänke am Wasser"));
        add(chair, path, Map.of("title", SECRET, "closed", "yes", "secrecy", SECRECY));
        var codes = new ArrayList<Integer>();
        var invitation = form(chair, Map.of());
        try (var pool = Executors.newFixedThreadPool(8)) {
            Callable<Integer> invite =
                    () -> chair.post(path + "/invitation", invitation).statusCode();
            for (var answer : pool.invokeAll(Collections.nCopies(8, invite))) {
                codes.add(answer.get());
            }
        }
        assertThat(codes).filteredOn(code -> code == 303).hasSize(1);
        assertThat(codes).filteredOn(code -> code == 409).hasSize(7);
        var id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(number("select count(*) from council_dispatches where channel = 'mail' and session_id = " + id))
                .as("eleven members and the chair")
                .isEqualTo(12);
        assertThat(number("select count(*) from mails where topic = 'session-" + id + "-invitation'"))
                .isEqualTo(12);
        assertThat(town.ask("select body from mails where topic = 'session-" + id + "-invitation' limit 1"))
                .contains("1. Bänke am Wasser", path)
                .doesNotContain(SECRET);
        assertThat(chair.post(
                                path + "/agenda/" + item(path, "Bänke am Wasser") + "/order",
                                form(chair, Map.of("to", "down")))
                        .statusCode())
                .isEqualTo(409);
        assertThatThrownBy(() -> town.change("delete from agenda_items where session_id = " + id))
                .hasMessageContaining("stands");
        assertThat(chair.post(path + "/agenda", form(chair, Map.of("title", "Sturmschaden im Park")))
                        .statusCode())
                .isEqualTo(422);
        add(chair, path, Map.of("title", "Sturmschaden im Park", "urgency", "Der Baum muss vor dem Winter weg."));
        assertThat(chair.post(path + "/agenda/" + item(path, "Bänke am Wasser") + "/removal", form(chair, Map.of()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(chair.post(
                                path + "/agenda/" + item(path, "Bänke am Wasser") + "/removal",
                                form(chair, Map.of("reason", "Die Kosten sind noch unklar.")))
                        .statusCode())
                .isEqualTo(303);
        var page = browser().page(path);
        assertThat(page.select(".agenda .badge").eachText()).containsExactly("abgesetzt", "Nachtrag");
        assertThat(page.select(".agenda").text())
                .contains("Der Baum muss vor dem Winter weg.", "Die Kosten sind noch unklar.");
        assertThat(number("select count(*) from mails where topic like 'session-" + id + "-late-%'"))
                .isEqualTo(12);
        var later = LocalDate.now(clock).plusDays(45);
        var moved = Map.of(
                "days", later.toString(), "time", "18:00", "venue", "Saal", "reason", "Der Saal ist doch nicht frei.");
        assertThat(chair.post(path + "/times", form(chair, moved)).statusCode()).isEqualTo(303);
        assertThat(number("select count(*) from mails where topic = 'session-" + id + "-change-2'"))
                .isEqualTo(12);
        assertThat(chair.post(path + "/cancellation", form(chair, Map.of("reason", "Alle sind krank geworden.")))
                        .statusCode())
                .isEqualTo(303);
        assertThat(number("select count(*) from mails where topic = 'session-" + id + "-change-2c'"))
                .isEqualTo(12);
    }

    @Test
    void a_short_notice_needs_a_reason_that_everybody_reads() {
        var chair = browser().signIn(Town.chair("west"));
        var path = session("west", 3);
        add(chair, path, Map.of("title", "Wasserrohrbruch"));
        var answer = chair.post(path + "/invitation", form(chair, Map.of()));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("warum die Frist kürzer ist");
        var why = "Ohne Beschluss steht der Keller länger unter Wasser.";
        assertThat(chair.post(path + "/invitation", form(chair, Map.of("urgency", why)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser().page(path).text()).contains("Die Frist war kürzer als üblich: " + why);
    }

    @Test
    void of_what_is_not_public_no_visitor_resident_or_member_of_another_body_finds_a_word() {
        var chair = browser().signIn(Town.chair("nordost"));
        var path = session("nordost", 30);
        add(chair, path, Map.of("title", SECRET, "closed", "yes", "secrecy", SECRECY));
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        for (var member : List.of(Town.chair("nordost"), Town.councillor("nordost", 4), Town.administrator())) {
            assertThat(browser()
                            .signIn(member)
                            .page(path)
                            .select("[data-closed]")
                            .text())
                    .contains(SECRET, SECRECY);
        }
        var starts = List.of(
                path,
                "/",
                "/council/sessions",
                "/council/sessions.ics",
                "/council/sbb-nordost/sessions",
                "/council/sbb-nordost/sessions.ics",
                "/audit?kind=council",
                "/audit/export.ndjson",
                "/ideas?q=" + SECRET.substring(7),
                "/demo/mailbox",
                "/me",
                "/me/data");
        for (var person : List.of("", Town.resident(2), Town.councillor("sued", 2), Town.coordinator("ost"))) {
            var browser = person.isEmpty() ? browser() : browser().signIn(person);
            var waiting = new ArrayDeque<>(starts);
            var seen = new HashSet<>(starts);
            for (int pages = 0; !waiting.isEmpty() && pages < MOST_PAGES; pages++) {
                var next = waiting.removeFirst();
                var answer = browser.get(next);
                assertThat(answer.body())
                        .as(person + " " + next)
                        .doesNotContain(SECRET.substring(0, 12))
                        .doesNotContain(SECRECY.substring(12, 26));
                Jsoup.parse(answer.body())
                        .select("a[href^=/]:not([href*=lang=])")
                        .forEach(link -> {
                            var to = link.attr("href").replaceFirst("#.*", "");
                            if (seen.add(to)) {
                                waiting.add(to);
                            }
                        });
            }
            assertThat(seen).hasSizeGreaterThan(50);
        }
        assertThat(town.ask("select count(*) from audit_entries where reason like '%" + SECRET.substring(0, 12)
                        + "%' or details::text like '%" + SECRET.substring(0, 12) + "%'"))
                .isEqualTo("0");
        assertThat(town.ask("select count(*) from mails where body like '%" + SECRET + "%' or subject like '%" + SECRET
                        + "%'"))
                .isEqualTo("0");
    }

    @Test
    void who_does_not_chair_the_body_changes_no_agenda() {
        var path = session("alt-west", 40);
        var chair = browser().signIn(Town.chair("alt-west"));
        add(chair, path, Map.of("title", "Spielplatz am Kanal"));
        var item = item(path, "Spielplatz am Kanal");
        for (var person :
                List.of(Town.resident(3), Town.councillor("alt-west", 1), Town.chair("nord"), Town.officer())) {
            var browser = browser().signIn(person);
            for (var deed :
                    List.of("/agenda", "/agenda/" + item + "/order", "/agenda/" + item + "/removal", "/invitation")) {
                assertThat(browser.post(path + deed, form(browser, Map.of("title", "Anderes", "to", "up")))
                                .statusCode())
                        .as(person + " " + deed)
                        .isEqualTo(403);
            }
            assertThat(browser.page(path).select("main form:not([action$=absence])"))
                    .isEmpty();
        }
        assertThat(items(browser(), path)).containsExactly("Spielplatz am Kanal");
    }

    private String session(String district, int ahead) {
        var chair = browser().signIn(Town.chair(district));
        var path = "/council/sbb-" + district + "/sessions";
        for (var day = LocalDate.now(clock).plusDays(ahead); ; day = day.plusDays(1)) {
            var answer = chair.post(
                    path, form(chair, Map.of("days", day.toString(), "time", "18:00", "venue", "Saal im Erdgeschoss")));
            if (answer.statusCode() == 303) {
                return path + "/"
                        + town.ask("select session_id from council_days where body_key = 'sbb-" + district
                                + "' and day = '" + day + "'");
            }
        }
    }

    private static void add(Browser chair, String path, Map<String, String> fields) {
        var answer = chair.post(path + "/agenda", form(chair, fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private void order(Browser chair, String path, String title, String to) {
        assertThat(chair.post(path + "/agenda/" + item(path, title) + "/order", form(chair, Map.of("to", to)))
                        .statusCode())
                .isEqualTo(303);
    }

    private String item(String path, String title) {
        return town.ask("select id from agenda_items where session_id = " + path.substring(path.lastIndexOf('/') + 1)
                + " and title = '" + title + "'");
    }

    private static List<String> items(Browser browser, String path) {
        return browser.page(path)
                .select(".agenda:not([data-closed]) .agenda__what strong")
                .eachText();
    }

    private static Map<String, String> form(Browser browser, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", browser.token());
        return form;
    }

    private long number(String query) {
        return Long.parseLong(town.ask(query));
    }
}
