package motette.oparl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.Waiting;
import motette.council.Sittings;
import motette.oparl.Schema.Found;
import motette.town.Town;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class OparlTest extends PortalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "Quittenmarmeladenstreit";
    private static final String ROOT = "http://localhost:8080/oparl/v1.1";

    @Inject
    Clock clock;

    @Inject
    Waiting town;

    @Inject
    Queries queries;

    private Browser chair;
    private String path;
    private String session;
    private String idea;
    private String gone;

    /** Five items, of which the second and fourth are not public; the last idea is withdrawn afterwards. */
    @BeforeAll
    void a_body_meets() {
        chair = browser().signIn(Town.chair("mitte"));
        path = session("mitte", 40);
        session = path.substring(path.lastIndexOf('/') + 1);
        var ideas = chair.page(path).select("#matter option[value^=idea]").eachAttr("value");
        idea = ideas.get(0).replace("idea:", "");
        gone = ideas.get(1).replace("idea:", "");
        add(Map.of("title", "Begrüßung und Protokoll"));
        add(Map.of("title", SECRET, "closed", "yes", "secrecy", "Es geht um Sanddornsirupverträge."));
        add(Map.of("matter", "idea:" + idea));
        add(Map.of("title", "Noch ein " + SECRET, "closed", "yes", "secrecy", "Es geht um Sanddornsirupverträge."));
        add(Map.of("matter", "idea:" + gone));
        assertThat(read("/agenda-items").at("/data").findValuesAsText("name"))
                .as("what can still vanish is not said")
                .doesNotContain("Begrüßung und Protokoll");
        assertThat(chair.post(path + "/invitation", form(Map.of())).statusCode())
                .isEqualTo(303);
        town.change("insert into idea_events (idea_number, kind, at, person_id) select number, 'withdrawn', now(),"
                + " author_id from ideas where number = " + gone);
        var sitting = new Sittings(town, Long.parseLong(session));
        sitting.open(8);
        sitting.call(item("Begrüßung und Protokoll"));
        sitting.resolve(item("Begrüßung und Protokoll"), "count", "Das Protokoll der letzten Sitzung gilt.", 7);
        sitting.call(item(SECRET));
        sitting.resolve(item(SECRET), "secret", "Der " + SECRET + " wird beigelegt.", 8);
    }

    @Test
    void everything_that_the_system_leads_to_is_as_the_schema_says_and_is_there() throws Exception {
        var found = Found.nothing();
        var objects = new ArrayDeque<Map.Entry<String, String>>();
        var seen = new HashMap<String, String>();
        objects.add(Map.entry(ROOT + "/system", "System"));
        var lists = new HashSet<String>();
        while (!objects.isEmpty()) {
            var next = objects.remove();
            if (seen.putIfAbsent(next.getKey(), next.getValue()) == null) {
                Schema.read(next.getValue(), read(next.getKey()), found);
                for (var list : List.copyOf(found.lists().entrySet())) {
                    if (lists.add(list.getKey())) {
                        all(list.getKey()).forEach(each -> Schema.read(list.getValue(), each, found));
                    }
                }
                found.objects().forEach((id, type) -> {
                    if (!seen.containsKey(id)) {
                        objects.add(Map.entry(id, type));
                    }
                    assertThat(seen.getOrDefault(id, type)).as(id).isEqualTo(type);
                });
                found.objects().clear();
            }
        }
        assertThat(found.faults()).isEmpty();
        assertThat(seen.values())
                .contains(
                        "System",
                        "Body",
                        "Organization",
                        "Person",
                        "Membership",
                        "Meeting",
                        "AgendaItem",
                        "Paper",
                        "Consultation",
                        "Location");
        assertThat(seen.values().stream().filter("Organization"::equals)).hasSize(25);
        for (var page : new HashSet<>(found.pages())) {
            assertThat(browser()
                            .get(page.replace("http://localhost:8080", "").replaceFirst("#.*", ""))
                            .statusCode())
                    .as(page)
                    .isIn(200, 303);
        }
    }

    @Test
    void of_what_is_not_public_there_is_no_word_no_number_and_no_gap() throws Exception {
        for (var list : List.of(
                "bodies",
                "organizations",
                "people",
                "memberships",
                "meetings",
                "agenda-items",
                "papers",
                "consultations",
                "files",
                "locations",
                "legislative-terms")) {
            for (var each : all(ROOT + "/" + list + "?modified_since=2020-01-01T00:00:00Z")) {
                assertThat(each.toString()).doesNotContain("marmelade").doesNotContain("Sanddorn");
            }
        }
        var items = read("/meeting/" + session).at("/agendaItem");
        assertThat(items.findValuesAsText("number")).containsExactly("1", "2", "3");
        assertThat(items.findValuesAsText("id"))
                .containsExactly(
                        ROOT + "/agenda-item/" + session + "-1",
                        ROOT + "/agenda-item/" + session + "-2",
                        ROOT + "/agenda-item/" + session + "-3");
        assertThat(get("/agenda-item/" + session + "-4").statusCode()).isEqualTo(404);
        var modified = read("/meeting/" + session).at("/modified").asText();
        var sitting = new Sittings(town, Long.parseLong(session));
        sitting.call(item("Noch ein " + SECRET));
        sitting.end(item("Noch ein " + SECRET), "noted");
        assertThat(read("/meeting/" + session).at("/modified").asText()).isEqualTo(modified);
    }

    @Test
    void an_item_says_what_came_of_it_and_which_paper_it_is_about() {
        var first = read("/agenda-item/" + session + "-1");
        assertThat(first.at("/result").asText()).isEqualTo("beschlossen");
        assertThat(first.at("/resolutionText").asText()).isEqualTo("Das Protokoll der letzten Sitzung gilt.");
        assertThat(first.at("/meeting").asText()).isEqualTo(ROOT + "/meeting/" + session);
        assertThat(first.has("consultation")).isFalse();
        var second = read("/agenda-item/" + session + "-2");
        var paper = read(read(second.at("/consultation").asText()).at("/paper").asText());
        assertThat(paper.at("/id").asText()).isEqualTo(ROOT + "/paper/idea-" + idea);
        assertThat(paper.at("/web").asText()).isEqualTo("http://localhost:8080/ideas/" + idea);
    }

    @Test
    void what_was_withdrawn_keeps_its_address_and_says_no_more() {
        var paper = read("/paper/idea-" + gone);
        assertThat(paper.at("/deleted").asBoolean()).isTrue();
        assertThat(paper.size()).isEqualTo(5);
        assertThat(read("/agenda-item/" + session + "-3").has("consultation")).isFalse();
        assertThat(ids("/papers")).doesNotContain(paper.at("/id").asText());
        assertThat(ids("/papers?modified_since=2020-01-01T00:00:00%2B01:00"))
                .contains(paper.at("/id").asText());
        town.change("update roles set ended_at = now(), end_reason = 'Probe' where name = 'councillor' and scope ="
                + " 'sbb-nord' and seat = 3");
        var role = town.ask("select id from roles where scope = 'sbb-nord' and ended_at is not null");
        assertThat(read("/membership/" + role).at("/deleted").asBoolean()).isTrue();
        assertThat(ids("/memberships")).noneMatch(id -> id.endsWith("/" + role));
    }

    @Test
    void lists_come_in_pages_and_tell_what_is_new() {
        var page = read("/organizations?limit=10");
        assertThat(page.at("/data")).hasSize(10);
        assertThat(page.at("/pagination").toString())
                .isEqualTo("{\"totalElements\":25,\"elementsPerPage\":10,\"currentPage\":1,\"totalPages\":3}");
        assertThat(page.at("/links/next").asText()).isEqualTo(ROOT + "/organizations?limit=10&page=2");
        assertThat(page.at("/links/last").asText()).isEqualTo(ROOT + "/organizations?limit=10&page=3");
        assertThat(page.at("/links/prev").isMissingNode()).isTrue();
        assertThat(read(page.at("/links/last").asText()).at("/data")).hasSize(5);
        var meeting = read("/meeting/" + session);
        var since = URLEncoder.encode(meeting.at("/modified").asText(), StandardCharsets.UTF_8);
        assertThat(ids("/meetings?modified_since=" + since + "&modified_until=" + since))
                .contains(meeting.at("/id").asText());
        assertThat(ids("/meetings?modified_since=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("/meetings?created_until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("/meetings?organization=sbb-nord"))
                .doesNotContain(meeting.at("/id").asText());
        assertThat(read("/meetings?omit_internal=true").at("/data/0").has("agendaItem"))
                .isFalse();
        for (var wrong :
                List.of("page=0", "limit=101", "limit=x", "modified_since=gestern", "created_since=2026-11-23")) {
            var answer = get("/meetings?" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).contains("https://schema.oparl.org/1.1/Error");
        }
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/paper/idea-999999").statusCode()).isEqualTo(404);
    }

    @Test
    void every_origin_may_read_and_ask_again_only_for_what_is_new() throws Exception {
        var answer = get("/system");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(server.getURI().resolve("/oparl/v1.1/system"))
                                            .header("If-None-Match", tag)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void a_list_asks_the_database_as_often_for_many_as_for_one() {
        var few = queries.during(() -> read("/meetings?limit=1")).size();
        assertThat(queries.during(() -> read("/meetings?limit=100")).size()).isLessThanOrEqualTo(few + 2);
        assertThat(queries.during(() -> read("/people?limit=100")).size()).isLessThanOrEqualTo(6);
        assertThat(queries.during(() -> read("/papers?limit=100")).size()).isLessThanOrEqualTo(6);
    }

    @Test
    void a_paper_has_the_number_of_the_council_information_system() throws Exception {
        var number = path + "/agenda/"
                + town.ask("select id from agenda_items where session_id = " + session + " and idea_number = " + idea)
                + "/number";
        assertThat(chair.post(number, form(Map.of("number", "", "link", "http://x", "version", "0")))
                        .statusCode())
                .isEqualTo(422);
        for (var link :
                List.of("http://example.org/", "https://", "javascript:alert(1)", "https://a b", "https://a@b/")) {
            var answer = chair.post(number, form(Map.of("number", "VIII-A-01", "link", link, "version", "0")));
            assertThat(answer.statusCode()).as(link).isEqualTo(422);
            assertThat(answer.body()).contains("VIII-A-01", "link-error");
        }
        var typed = form(Map.of(
                "number", "VIII-A-00123", "link", "https://ratsinfo.example.org/vo020?VOLFDNR=1", "version", "0"));
        try (var pool = java.util.concurrent.Executors.newFixedThreadPool(8)) {
            for (var answer : pool.invokeAll(java.util.Collections.nCopies(8, (java.util.concurrent.Callable<Integer>)
                    () -> chair.post(number, typed).statusCode()))) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        assertThat(town.ask("select count(*) from paper_numbers")).isEqualTo("1");
        var other = form(Map.of("number", "VIII-A-9", "link", "", "version", "0"));
        assertThat(chair.post(number, other).statusCode())
                .as("somebody was faster")
                .isEqualTo(409);
        var paper = read("/paper/idea-" + idea);
        assertThat(paper.at("/reference").asText()).isEqualTo("VIII-A-00123");
        assertThat(browser().page(path).select(".agenda a[href^=https]").text()).isEqualTo("VIII-A-00123");
        assertThat(browser().signIn(Town.councillor("mitte", 1)).get(number).statusCode())
                .isEqualTo(403);
        assertThat(browser().page("/audit?kind=council").text())
                .contains("Nummer im Ratsinformationssystem eingetragen");
        assertThatThrownBy(() -> town.change("update paper_numbers set number = 'X'"))
                .hasMessageContaining("was recorded");
    }

    private List<JsonNode> all(String list) {
        var all = new java.util.ArrayList<JsonNode>();
        for (var next = list; !next.isEmpty(); ) {
            var page = read(next);
            assertThat(page.at("/data").isArray()).as(next).isTrue();
            assertThat(page.at("/pagination/currentPage").asInt()).isPositive();
            page.at("/data").forEach(all::add);
            next = page.at("/links/next").asText();
        }
        return all;
    }

    private List<String> ids(String list) {
        return all(ROOT + list).stream().map(each -> each.at("/id").asText()).toList();
    }

    private JsonNode read(String address) {
        var answer = get(address.replace(ROOT, ""));
        assertThat(answer.statusCode()).as(address + " " + answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String address) {
        return browser().get("/oparl/v1.1" + address);
    }

    private String session(String district, int ahead) {
        var plan = "/council/sbb-" + district + "/sessions";
        for (var day = LocalDate.now(clock).plusDays(ahead); ; day = day.plusDays(1)) {
            var answer = chair.post(
                    plan, form(Map.of("days", day.toString(), "time", "18:00", "venue", "Saal im Erdgeschoss")));
            if (answer.statusCode() == 303) {
                return plan + "/"
                        + town.ask("select session_id from council_days where body_key = 'sbb-" + district
                                + "' and day = '" + day + "'");
            }
        }
    }

    private void add(Map<String, String> fields) {
        var answer = chair.post(path + "/agenda", form(fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private long item(String title) {
        return Long.parseLong(
                town.ask("select id from agenda_items where session_id = " + session + " and title = '" + title + "'"));
    }

    private Map<String, String> form(Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", chair.token());
        return form;
    }
}
