package motette;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.grants.SomeGrants;
import motette.shared.Time;
import motette.town.Town;
import motette.votes.TestRounds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every route as every kind of person, near and far, and compares with the table in src/docs/authorisation.md. */
@MicronautTest(transactional = false)
class AuthorisationTest extends PortalTest {

    private static final Path TABLE = Path.of("src/docs/authorisation.md");

    private static final String AREA = "coordinator-ost-suedost";
    private static final String BODY = "sbb-ost";
    private static final String FORMER = Town.resident(20);
    private static final String DEPUTY = Town.coordinator("nordwest");

    /** Columns of the table, and who stands for them. */
    private static final Map<String, String> PEOPLE = people();

    @Inject
    Router router;

    @Inject
    Waiting town;

    @Inject
    TestRounds rounds;

    @Inject
    SomeGrants grants;

    private final Map<String, Browser> browsers = new LinkedHashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> things = new LinkedHashMap<>();
    private int days;

    private static Map<String, String> people() {
        var people = new LinkedHashMap<String, String>();
        people.put("guest", "");
        people.put("resid", Town.resident());
        people.put("coo-own", Town.coordinator("ost"));
        people.put("coo-far", Town.coordinator("west"));
        people.put("mem-own", Town.councillor("ost", 1));
        people.put("mem-far", Town.councillor("west", 1));
        people.put("cha-own", Town.chair("ost"));
        people.put("cha-far", Town.chair("west"));
        people.put("offic", Town.officer());
        people.put("audit", Town.auditor());
        people.put("admin", Town.administrator());
        people.put("former", FORMER);
        people.put("deputy", DEPUTY);
        return people;
    }

    @BeforeAll
    void everybodySignsIn() {
        grant(FORMER, "coordinator", AREA);
        grant(FORMER, "chair", BODY);
        grant(FORMER, "administrator", "");
        town.change(
                "update roles set ended_at = now() - interval '2 days', end_reason = 'Probe' where name = 'councillor'"
                        + " and person_id = " + id(Town.councillor("ost", 11)));
        grant(DEPUTY, "councillor", BODY);
        delegate(Town.coordinator("ost"), "coordinator", "coordinator", "current_date", "current_date + 7");
        delegate(Town.chair("ost"), "chair", "councillor", "current_date", "current_date + 7");
        PEOPLE.forEach((column, person) -> {
            browsers.put(column, person.isEmpty() ? browser() : browser().signIn(person));
        });
        browsers.forEach((column, browser) -> tokens.put(column, browser.token()));
        town.change("update roles set ended_at = now(), end_reason = 'Probe' where person_id = " + id(FORMER));
        layOut();
    }

    /** What the addresses name, always in Ost. */
    private void layOut() {
        rounds.open("ost", "2");
        var year = LocalDate.now(Time.ZONE).getYear();
        var open = town.ask("select number from ideas where body_key = '" + BODY
                + "' and state = 'published' and author_id <> " + id(Town.resident()) + " order by number limit 1");
        var chair = browser().signIn(Town.chair("ost"));
        var comparison = "/allocation/" + BODY + "/" + year;
        var input = chair.page(comparison).select("input[name=input]").attr("value");
        chair.post(comparison + "/runs", Map.of("csrf", chair.token(), "rule", "votes", "input", input));
        town.change("insert into moderation_decisions (idea_number, event_id, decided_by, area_key, kind, at)"
                + " select idea_number, id, " + id(Town.coordinator("ost")) + ", '" + AREA
                + "', 'publication', now() - interval '2 days' from idea_events where idea_number = " + open
                + " and kind = 'published' limit 1");
        var decision = town.ask("select max(id) from moderation_decisions");
        town.change("insert into vote_rounds (slug, title, form, minimum_age, opens_at, closes_at, rule, prepared_at,"
                + " prepared_by) values ('in-vorbereitung', 'In Vorbereitung', 'budget', 14, now() + interval '9"
                + " days', now() + interval '20 days', 'shares', now(), " + id(Town.administrator()) + ")");
        var round = town.ask("select id from vote_rounds where slug = 'in-vorbereitung'");
        town.change("insert into vote_districts values (" + round + ", '2', 900000)");
        things.put("/votes/desk/{id}", () -> "/votes/desk/" + round);
        things.put(
                "/bodies/functions/{id}",
                () -> "/bodies/functions/"
                        + town.ask("select coalesce(max(id), 0) from declared_functions where person_id = "
                                + id(Town.councillor("ost", 1))));
        var asked = town.ask("select max(application_id) from application_completions");
        things.put("/applications/{number}", () -> "/applications/" + asked);
        things.put("/statements/{kind}", () -> "/statements/ideas");
        things.put(
                "/statements/requests/{id}",
                () -> "/statements/requests/" + town.ask("select min(request_id) from statement_open"));
        things.put(
                "/statements/offices/assignments/{id}",
                () -> "/statements/offices/assignments/" + town.ask("select max(id) from office_officers"));
        things.put("{office}", () -> "gesundheitsamt");
        var granted = grants.ownProject(Town.resident(), 1_000);
        things.put("/grants/{resolution}", () -> "/grants/" + granted);
        things.put("/changes/{version}", () -> "/changes/2");
        things.put("/{deed}", () -> "/notice");
        things.put("{step}", () -> "plan");
        things.put("{body}", () -> BODY);
        things.put("{fund}", () -> "stadtbezirksbudget");
        things.put("{year}", () -> String.valueOf(year));
        things.put("/votes/{slug}", () -> "/votes/mitte-und-ost");
        things.put("{slug}", () -> "ost");
        things.put("{number}", () -> open);
        things.put("{width}", () -> "480");
        things.put("{language}", () -> "de");
        things.put("/runs/{id}", () -> "/runs/" + town.ask("select coalesce(max(id), 1) from allocation_runs"));
        things.put(
                "/sessions/{id}",
                () -> "/sessions/" + town.ask("select session_id from council_session_cancellations limit 1"));
        things.put("{item}", () -> "1");
        things.put("{paper}", () -> "00000000-0000-0000-0000-000000000001");
        things.put("{kind}/{key}", () -> "organization/" + BODY);
        things.put("{kind}", () -> "organizations");
        things.put("{vote}", () -> "1");
        things.put("/circulations/{id}", () -> "/circulations/999999");
        things.put("/resolutions/{id}", () -> "/resolutions/1");
        things.put("/decisions/{id}", () -> "/decisions/" + decision);
        things.put(
                "/people/roles/{id}",
                () -> "/people/roles/"
                        + town.ask("select max(id) from roles where name = 'councillor' and scope = 'sbb-west'"));
        things.put("/people/delegations/{id}", () -> "/people/delegations/" + anotherDelegation());
        things.put("/people/{id}", () -> "/people/" + id(Town.resident(2)));
    }

    private static final String LAST = "POST /me/data/erasure";

    @Test
    void the_table_is_complete_and_true() throws IOException {
        var told = table();
        var found = new TreeMap<String, String>();
        var wrong = new ArrayList<String>();
        for (var route : inOrder(routes())) {
            var cells = PEOPLE.keySet().stream()
                    .map(column -> "%-8s".formatted(outcome(route, column)))
                    .collect(Collectors.joining());
            var line = "%-68s %s".formatted(route, cells).stripTrailing();
            found.put(route, line);
            if (!line.equals(told.get(route))) {
                wrong.add(line);
            }
        }
        assertThat(String.join("\n", wrong))
                .as("Check these lines, then add or mend them in " + TABLE)
                .isEmpty();
        assertThat(told.keySet())
                .as("Take these lines out of " + TABLE + ", their addresses are gone")
                .isSubsetOf(found.keySet());
    }

    /** Whoever goes comes last: nobody can be asked after that. */
    private static List<String> inOrder(Set<String> routes) {
        return Stream.concat(
                        routes.stream().filter(route -> !LAST.equals(route)),
                        routes.stream().filter(LAST::equals))
                .toList();
    }

    /** Sends the request as it is, forms with their token only. */
    private String outcome(String route, String column) {
        var answer = send(route, column, browsers.getOrDefault(column, browser()));
        if (answer.headers().allValues("Set-Cookie").stream()
                .anyMatch(cookie -> cookie.matches("(__Host-)?motette=.*") && cookie.contains("Max-Age"))) {
            signInAgain(column);
        }
        var location = answer.headers().firstValue("Location").orElse("");
        return location.startsWith("/sign-in?next=") ? "sign-in" : String.valueOf(answer.statusCode());
    }

    private HttpResponse<String> send(String route, String column, Browser browser) {
        var path = path(route.substring(5).strip());
        if (route.startsWith("GET")) {
            return browser.get(path);
        } else {
            var sent = Map.of("csrf", tokens.getOrDefault(column, ""));
            var answer = browser.post(path, sent);
            return answer.statusCode() == 415 ? browser.postParts(path, sent) : answer;
        }
    }

    /** After a request that ended or renewed the sign-in. */
    private void signInAgain(String column) {
        var person = PEOPLE.getOrDefault(column, "");
        var fresh = person.isEmpty() ? browser() : browser().signIn(person);
        browsers.put(column, fresh);
        tokens.put(column, fresh.token());
    }

    private String path(String template) {
        var path = template;
        for (var thing : things.entrySet()) {
            if (path.contains(thing.getKey())) {
                path = path.replace(thing.getKey(), thing.getValue().get());
            }
        }
        return path.replaceAll("\\{\\w+}", "1");
    }

    private TreeSet<String> routes() {
        return router.uriRoutes()
                .filter(route ->
                        route.getTargetMethod().getDeclaringType().getName().startsWith("motette."))
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(AuthorisationTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return "%-4s %s"
                .formatted(
                        route.getHttpMethodName(),
                        route.getUriMatchTemplate().toString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"));
    }

    private static Map<String, String> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.matches("(GET|POST|PUT|DELETE|PATCH) .*"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, 68).strip(),
                        String::stripTrailing,
                        (one, same) -> one,
                        TreeMap::new));
    }

    private void grant(String person, String role, String scope) {
        town.change("insert into roles (person_id, name, scope, from_date, granted_at) values (" + id(person) + ", '"
                + role + "', '" + scope + "', current_date - 1, now())");
    }

    private long delegate(String person, String role, String deputyRole, String from, String to) {
        town.change("""
            insert into delegations (role_id, person_id, role_name, deputy_role_id, deputy_id, deputy_name, from_date, to_date,
                                     named_at)
            select r.id, r.person_id, r.name, d.id, d.person_id, d.name, %s, %s, now() from roles r, roles d
             where r.person_id = %s and r.name = '%s' and d.person_id = %s and d.name = '%s'\
            """.formatted(from, to, id(person), role, id(DEPUTY), deputyRole));
        return Long.parseLong(town.ask("select max(id) from delegations"));
    }

    /** One that lies ahead, new for each request, since whoever may ends it. */
    private long anotherDelegation() {
        days += 2;
        return delegate(
                Town.coordinator("ost"),
                "coordinator",
                "coordinator",
                "current_date + " + (20 + days),
                "current_date + " + (20 + days));
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }
}
