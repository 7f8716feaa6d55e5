package motette.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.web.router.Router;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import motette.PortalTest;
import motette.town.Town;
import motette.votes.TestRounds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

@MicronautTest(transactional = false)
class ApiTest extends PortalTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    JdbcOperations jdbc;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Router router;

    @Inject
    TestRounds rounds;

    private long published;
    private long hidden;
    private long granted;

    @BeforeAll
    void hand_in_some_ideas() {
        transactions.executeWrite(status -> {
            for (int i = 1; i <= 25; i++) {
                long number = idea("Bank Nummer " + i, Town.resident(1 + i % 20));
                tell(number, "handed-in", "", "");
                tell(number, "published", "", "");
                published = number;
            }
            hidden = idea("Noch geheime Idee", Town.resident());
            tell(hidden, "handed-in", "", "");
            var withdrawn = idea("Zurückgezogene Idee", Town.resident());
            tell(withdrawn, "published", "", "");
            tell(withdrawn, "withdrawn", "", "");

            granted = idea("Trinkbrunnen Quellenglück am Spielplatz", Town.resident());
            tell(granted, "handed-in", "", "");
            tell(granted, "published", "", "");
            var body = text("select body_key from ideas where number = " + granted);
            var taken = tell(granted, "not-granted", body, "Ein Irrtum");
            run("insert into idea_events (idea_number, kind, at, office, undoes) values (%d, 'undone', now(), '%s', %d)"
                    .formatted(granted, body, taken));
            var event = tell(granted, "granted", body, "Alle waren dafür");
            var budget = number("insert into budgets (fund_key, body_key, year) values "
                    + "((select key from funds where body_kind = 'districtCouncil' limit 1), '" + body
                    + "', 2031) returning id");
            run("insert into ledger_entries (budget_id, from_account, to_account, amount_cents, reason, reference,"
                    + " at) values ("
                    + budget
                    + ", 'appropriation', 'available', 5500000, 'Haushalt', 'test', now()), (" + budget
                    + ", 'available', 'reserved', 120000, 'Beschluss', 'test', now())");
            run("""
                insert into resolutions (request_id, idea_number, budget_id, event_id, kind, amount_cents, reason, votes_yes, votes_no,
                                         abstentions, decided_on, recorded_by, recorded_at, seats, quorum, without_statement_cents,
                                         statement_given)
                values (gen_random_uuid(), %d, %d, %d, 'granted', 120000, 'Wasser für alle, die hier spielen', 9, 1, 1, '2031-03-04',
                        (select min(id) from persons), now(), 11, 6, 100000, true)\
                """.formatted(granted, budget, event));
            run("insert into supports select " + granted + ", id, now() from persons where demo_key like 'resident-%'");
            run("insert into idea_target_groups select " + granted
                    + ", key from target_groups order by position limit 2");
            run("insert into photos values ('00000000-0000-4000-8000-000000000001', null, " + granted
                    + ", 0, 'Der Spielplatz', 900, 600, now())");
            return true;
        });
    }

    @Test
    void a_list_has_public_ideas_only_newest_first_and_leads_on() throws IOException {
        var first = read("/api/v1/ideas?size=10");
        assertThat(first.at("/total").asLong()).isEqualTo(26 + demoIdeas());
        assertThat(first.at("/items")).hasSize(10);
        assertThat(first.at("/items/0/number").asLong()).isEqualTo(granted);
        assertThat(first.at("/links/prev").isNull()).isTrue();
        var seen = new LinkedHashSet<Long>();
        var page = first;
        while (true) {
            page.at("/items")
                    .forEach(item ->
                            assertThat(seen.add(item.at("/number").asLong())).isTrue());
            if (page.at("/links/next").isNull()) {
                break;
            }
            page = read(path(page.at("/links/next").asText()));
            assertThat(page.at("/links/prev").isTextual()).isTrue();
        }
        assertThat(seen)
                .hasSize(first.at("/total").asInt())
                .contains(published, granted)
                .doesNotContain(hidden);
        assertThat(read("/api/v1/ideas?page=999").at("/items")).isEmpty();
    }

    @Test
    void filters_keep_what_fits() throws IOException {
        var idea = read("/api/v1/ideas/" + granted);
        for (var filter : List.of(
                "district=" + idea.at("/district/slug").asText(),
                "quarter=" + idea.at("/quarter/key").asText(),
                "category=" + idea.at("/category/key").asText(),
                "state=granted",
                "q=Quellengl%C3%BCck",
                "q=quellengl%C3%BCk")) {
            var found = read("/api/v1/ideas?size=100&" + filter);
            assertThat(found.at("/items").findValuesAsText("number")).as(filter).contains(String.valueOf(granted));
        }
        assertThat(read("/api/v1/ideas?state=granted&q=Quellengl%C3%BCck")
                        .at("/total")
                        .asInt())
                .isEqualTo(1);
        for (var words : List.of(
                "Quellengl%C3%BCk!!", "b%C3%A4nke+-park", "%22der+Park%22", "brunnen/trink", "Spielplazt_Schatten")) {
            var shown = browser()
                    .page("/ideas?sort=newest&q=" + words)
                    .select("[data-idea]")
                    .eachAttr("data-idea");
            var answered = read("/api/v1/ideas?size=50&q=" + words).at("/items").findValuesAsText("number");
            assertThat(answered).as(words).hasSameElementsAs(shown);
        }
        assertThat(read("/api/v1/ideas?state=not-granted&q=Quellengl%C3%BCck")
                        .at("/total")
                        .asInt())
                .isZero();
        assertThat(read("/api/v1/ideas?q=%25%27%3B--").at("/total").asInt()).isZero();
        assertThat(read("/api/v1/ideas?district=&q=").at("/total").asLong()).isEqualTo(26 + demoIdeas());
    }

    @Test
    void an_idea_tells_its_story_its_money_and_its_pictures() throws IOException {
        var idea = read("/api/v1/ideas/" + granted);
        assertThat(idea.at("/supports").asInt()).isEqualTo(20);
        assertThat(idea.at("/targetGroups")).hasSize(2);
        assertThat(idea.at("/decision/amount/cents").asInt()).isEqualTo(120000);
        assertThat(idea.at("/decision/votes/inFavour").asInt()).isEqualTo(9);
        assertThat(idea.at("/decision/decidedOn").asText()).isEqualTo("2031-03-04");
        assertThat(idea.at("/decision/reason").asText()).isEqualTo("Wasser für alle, die hier spielen");
        assertThat(idea.at("/timeline").findValuesAsText("kind"))
                .containsExactly("handed-in", "published", "not-granted", "undone", "granted");
        assertThat(idea.at("/timeline").findValuesAsText("takenBack"))
                .containsExactly("false", "false", "true", "false", "false");
        assertThat(idea.at("/timeline/4/office/name").asText())
                .isEqualTo(idea.at("/body/name").asText());
        assertThat(idea.at("/photos/0/pictures/0/url").asText())
                .endsWith("/photos/00000000-0000-4000-8000-000000000001/480.jpg");
        assertThat(idea.at("/publishedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0[12]:00");
        assertThat(idea.at("/cost").isNull()).isTrue();
    }

    @Test
    void nobody_is_known_but_by_the_pseudonym() {
        var pseudonym = text("select pseudonym from persons where demo_key = '" + Town.resident() + "'");
        for (var path : List.of("/api/v1/ideas?size=100", "/api/v1/ideas/" + granted, "/api/v1/ideas.geojson")) {
            assertThat(get(path).body())
                    .doesNotContain(
                            "@motette.example",
                            Town.resident(),
                            "author_id",
                            "authorId",
                            "personId",
                            "person_id",
                            "geheime");
        }
        assertThat(get("/api/v1/ideas/" + granted).body()).contains(pseudonym);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "999999999", "99999999999999999999999", "1%20or%201=1"})
    void an_unknown_number_is_a_problem_with_a_sentence(String number) throws IOException {
        problem(get("/api/v1/ideas/" + number), 404, "There is no public idea");
    }

    @Test
    void an_idea_that_is_not_public_is_not_there() throws IOException {
        problem(get("/api/v1/ideas/" + hidden), 404, "There is no public idea with the number '" + hidden + "'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ideas; size=1000; 'size' is '1000', but it must be a whole number from 1 to 100",
                "ideas; size=0; 'size' is '0'",
                "ideas; page=-1; 'page' is '-1'",
                "ideas; page=one; 'page' is 'one'",
                "ideas; page=99999999999; 'page' is '99999999999'",
                "ideas; page=1&page=2; 'page' is '1,2', but it can be given only once",
                "ideas; district=atlantis; 'district' is 'atlantis'",
                "ideas; quarter=4711; 'quarter' is '4711'",
                "ideas; category=nothing; 'category' is 'nothing'",
                "ideas; state=handed-in; 'state' is 'handed-in', but it must be one of granted",
                "ideas; q=x; 'q' is 'x'",
                "ideas; distrikt=mitte; 'distrikt' is 'mitte', but this address only knows",
                "ideas.geojson; bbox=1,2,3; 'bbox' is '1,2,3'",
                "ideas.geojson; bbox=12.5,51,12.3,52; 'bbox' is",
                "ideas.geojson; bbox=12,52,13,51; 'bbox' is",
                "ideas.geojson; bbox=12,51,13,91; 'bbox' is",
                "ideas.geojson; bbox=NaN,51,13,52; 'bbox' is",
                "ideas.geojson; limit=5001; 'limit' is '5001'",
                "budgets; year=1999; 'year' is '1999', but it must be a whole number from 2000 to 2200",
                "budgets; year=this; 'year' is 'this'",
                "districts; page=1; 'page' is '1', but this address takes no parameters",
            })
    void a_parameter_that_cannot_be_is_named_with_its_value(String noun, String query, String sentence)
            throws IOException {
        problem(get("/api/v1/" + noun + "?" + query), 400, sentence);
    }

    @Test
    void a_map_gets_points_that_lie_in_its_box() throws IOException {
        var all = read("/api/v1/ideas.geojson");
        assertThat(all.at("/type").asText()).isEqualTo("FeatureCollection");
        assertThat(all.at("/numberMatched").asLong())
                .isEqualTo(26 + demoIdeas())
                .isEqualTo(all.at("/numberReturned").asLong());
        var some = read("/api/v1/ideas.geojson?limit=3");
        assertThat(some.at("/numberMatched").asLong()).isEqualTo(26 + demoIdeas());
        assertThat(some.at("/numberReturned").asInt()).isEqualTo(3);
        assertThat(some.at("/features")).hasSize(3);
        var point = some.at("/features/0/geometry/coordinates");
        double lon = point.get(0).asDouble();
        double lat = point.get(1).asDouble();
        var near = read("/api/v1/ideas.geojson?bbox=%s,%s,%s,%s"
                .formatted(lon - 0.00001, lat - 0.00001, lon + 0.00001, lat + 0.00001));
        assertThat(near.at("/features").findValuesAsText("id"))
                .contains(some.at("/features/0/id").asText());
        assertThat(near.at("/numberMatched").asLong()).isLessThan(26 + demoIdeas());
        assertThat(read("/api/v1/ideas.geojson?bbox=-10,-10,-9,-9").at("/features"))
                .isEmpty();
        assertThat(get("/api/v1/ideas.geojson").headers().firstValue("Content-Type"))
                .contains("application/geo+json");
    }

    @Test
    void the_city_has_its_districts_quarters_and_bodies() throws IOException {
        var districts = read("/api/v1/districts").at("/items");
        assertThat(districts).hasSize((int) number("select count(*) from districts"));
        var quarters = 0;
        for (var district : districts) {
            assertThat(district.at("/body/seats").asInt()).isPositive();
            quarters += district.at("/quarters").size();
        }
        assertThat(quarters).isEqualTo((int) number("select count(*) from quarters"));
        assertThat(districts.findValuesAsText("shared")).contains("true", "false");
    }

    @Test
    void a_voting_round_that_runs_tells_its_facts_and_no_interim_result() throws IOException {
        rounds.open("herbst", "0", "2");
        var items = read("/api/v1/votes").at("/items");
        var round = new java.util.ArrayList<JsonNode>();
        items.forEach(item -> {
            if (item.at("/slug").asText().equals("herbst")) {
                round.add(item);
            }
        });
        assertThat(round).hasSize(1);
        assertThat(round.getFirst().at("/phase").asText()).isEqualTo("open");
        assertThat(round.getFirst().at("/districts").size()).isEqualTo(2);
        assertThat(round.getFirst().at("/voters").isNull()).isTrue();
        assertThat(round.getFirst().at("/files").isNull()).isTrue();
    }

    @Test
    void the_accounts_of_a_budget_add_up_to_what_the_city_gave() throws IOException {
        var budgets = read("/api/v1/budgets?year=2031").at("/items");
        assertThat(budgets).hasSize(1);
        assertThat(budgets.at("/0/total/cents").asLong()).isEqualTo(5_500_000);
        assertThat(budgets.at("/0/accounts/available/cents").asLong()).isEqualTo(5_380_000);
        assertThat(budgets.at("/0/accounts/reserved/cents").asLong()).isEqualTo(120_000);
        var placed = read("/api/v1/money?year=2031").at("/items");
        assertThat(placed).hasSize(1);
        assertThat(placed.at("/0/decided/cents").asLong()).isEqualTo(120_000);
        assertThat(placed.at("/0/accounts/reserved/cents").asLong()).isEqualTo(120_000);
        assertThat(placed.at("/0/quarter").isNull())
                .as("its reference is no idea")
                .isTrue();
        assertThat(read("/api/v1/budgets?year=2200").at("/items")).isEmpty();
        assertThat(read("/api/v1/budgets").at("/items").size()).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideas", "ideas.geojson", "districts", "budgets", "money", "votes", "openapi.yml"})
    void what_has_not_changed_is_not_sent_twice_and_what_is_sent_is_packed(String noun) throws Exception {
        var path = "/api/v1/" + noun;
        var answer = get(path);
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(get(path).headers().firstValue("ETag")).contains(tag);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=60");
        for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            var again = get(path, "If-None-Match", known);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).contains(tag);
        }
        assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        if (answer.body().length() > 1024) {
            var packed = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.getURI().resolve(path))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(packed.headers().firstValue("Vary"))
                    .hasValueSatisfying(vary -> assertThat(vary).containsIgnoringCase("accept-encoding"));
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(answer.body());
            }
        }
    }

    @Test
    void a_support_changes_the_tag_of_what_counts_it() {
        var path = "/api/v1/ideas/" + published;
        var before = get(path).headers().firstValue("ETag").orElseThrow();
        transactions.executeWrite(status -> {
            run("insert into supports select " + published + ", min(id), now() from persons");
            return true;
        });
        assertThat(get(path, "If-None-Match", before).statusCode()).isEqualTo(200);
    }

    @Test
    void other_sites_may_read_the_api_and_nothing_else() {
        for (var path : List.of("/api/v1/ideas", "/api/v1/ideas/0", "/api/v1/ideas?size=0", "/api/v1/openapi.yml")) {
            assertThat(get(path, "Origin", "https://elsewhere.example")
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .contains("*");
            assertThat(get(path, "Origin", "https://elsewhere.example")
                            .headers()
                            .firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        for (var path : List.of("/", "/sign-in", "/health", "/nowhere")) {
            assertThat(get(path, "Origin", "https://elsewhere.example")
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void the_health_says_little() {
        var answer = get("/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void the_description_names_every_address_and_no_other() throws IOException {
        var routes = router.uriRoutes()
                .filter(route -> route.getHttpMethod() == HttpMethod.GET)
                .map(route -> route.getUriMatchTemplate().toString())
                .filter(path -> path.startsWith("/api") || path.startsWith("/health"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described().at("/openapi").asText()).startsWith("3.1");
        var paths = new TreeSet<String>();
        described().at("/paths").fieldNames().forEachRemaining(paths::add);
        assertThat(routes).isEqualTo(paths);
    }

    @Test
    void the_api_only_reads() {
        assertThat(router.uriRoutes()
                        .filter(route -> route.getUriMatchTemplate().toString().startsWith("/api/v1"))
                        .map(route -> route.getHttpMethod().name()))
                .isNotEmpty()
                .allMatch(Set.of("GET", "HEAD")::contains);
    }

    @Test
    void every_answer_is_as_described_field_by_field() throws IOException {
        conforms("/api/v1/ideas?size=100", "/api/v1/ideas", 200);
        conforms("/api/v1/ideas/" + granted, "/api/v1/ideas/{number}", 200);
        conforms("/api/v1/ideas/" + published, "/api/v1/ideas/{number}", 200);
        conforms("/api/v1/ideas/0", "/api/v1/ideas/{number}", 404);
        conforms("/api/v1/ideas.geojson", "/api/v1/ideas.geojson", 200);
        conforms("/api/v1/ideas.geojson?bbox=1", "/api/v1/ideas.geojson", 400);
        conforms("/api/v1/ideas?size=0", "/api/v1/ideas", 400);
        conforms("/api/v1/districts", "/api/v1/districts", 200);
        conforms("/api/v1/districts?x=1", "/api/v1/districts", 400);
        conforms("/api/v1/budgets", "/api/v1/budgets", 200);
        conforms("/api/v1/budgets?year=1", "/api/v1/budgets", 400);
        conforms("/api/v1/money?year=2031", "/api/v1/money", 200);
        conforms("/api/v1/money?year=1", "/api/v1/money", 400);
        conforms("/health", "/health", 200);
        conforms("/health/liveness", "/health/{selector}", 200);
        conforms("/health/readiness", "/health/{selector}", 200);
    }

    @Test
    void a_field_that_is_not_described_would_be_noticed() throws IOException {
        var answer = (ObjectNode) read("/api/v1/ideas/" + granted);
        answer.put("authorEmail", "somebody@motette.example");
        assertThat(schema("/api/v1/ideas/{number}", 200, "application/json").validate(answer))
                .isNotEmpty();
        answer.remove("authorEmail");
        answer.remove("author");
        assertThat(schema("/api/v1/ideas/{number}", 200, "application/json").validate(answer))
                .isNotEmpty();
    }

    /** Every parameter that is described is taken: its name is known to the address. */
    @Test
    void every_parameter_that_is_described_is_known() throws IOException {
        for (var paths = described().at("/paths").fields(); paths.hasNext(); ) {
            var path = paths.next();
            for (var parameter : path.getValue().at("/get/parameters")) {
                var known = parameter.has("$ref")
                        ? described().at(parameter.get("$ref").asText().substring(1))
                        : parameter;
                if (known.get("in").asText().equals("query")) {
                    assertThat(get(path.getKey() + "?" + known.get("name").asText() + "=")
                                    .statusCode())
                            .as("%s %s", path.getKey(), known.get("name"))
                            .isEqualTo(200);
                }
            }
        }
    }

    private void conforms(String path, String described, int status) throws IOException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        var type = answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
        assertThat(schema(described, status, type).validate(JSON.readTree(answer.body())))
                .as(path)
                .isEmpty();
    }

    /** The schema of an answer, closed: in the test every field must be described. */
    private static JsonSchema schema(String path, int status, String type) throws IOException {
        var api = described();
        var answer = api.at("/paths").get(path).get("get").get("responses").get(String.valueOf(status));
        if (answer.has("$ref")) {
            answer = api.at(answer.get("$ref").asText().substring(1));
        }
        assertThat(answer.get("content").has(type))
                .as("%s %d as %s", path, status, type)
                .isTrue();
        var schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.set("$ref", answer.get("content").get(type).get("schema").get("$ref"));
        schema.set("components", close(api.get("components").deepCopy()));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    private static JsonNode close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("type").asText().equals("object")
                    && object.path("properties").isObject()) {
                object.put("additionalProperties", false);
            }
            object.forEach(ApiTest::close);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ApiTest::close);
        }
        return node;
    }

    private static JsonNode described() throws IOException {
        Map<String, Object> yaml = new Yaml().load(Files.readString(Path.of("src/main/resources/openapi.yml")));
        return JSON.valueToTree(yaml);
    }

    private JsonNode read(String path) throws IOException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status, String sentence) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/detail").asText()).contains(sentence).endsWith(".");
    }

    private HttpResponse<String> get(String path, String... headers) {
        return browser().get(path, headers);
    }

    private static String path(String address) {
        var uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private long demoIdeas() {
        return number("select count(*) from ideas where example and state in "
                + "('published', 'granted', 'granted-in-part', 'not-granted', 'postponed')");
    }

    private long idea(String title, String author) {
        return number("""
            insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place,
                               language, handed_in_at, state_since)
            select p.id, '%s', 'Eine Beschreibung, die lang genug ist.', 'proposal',
                   (select key from categories where not forwarded order by position limit 1), q.key, b.key, q.label_lon,
                   q.label_lat, true, 'de', now(), now()
            from persons p join quarters q on q.key = p.home_quarter join bodies b on b.district_key = q.district_key
            where p.demo_key = '%s' returning number\
            """.formatted(title, author));
    }

    private long tell(long idea, String kind, String office, String note) {
        return number(
                "insert into idea_events (idea_number, kind, at, office, note) values (%d, '%s', now(), '%s', '%s') returning id"
                        .formatted(idea, kind, office, note));
    }

    private long number(String sql) {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) {
        return transactions.executeWrite(status -> jdbc.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }));
    }

    private void run(String sql) {
        jdbc.prepareStatement(sql, statement -> statement.executeUpdate());
    }
}
