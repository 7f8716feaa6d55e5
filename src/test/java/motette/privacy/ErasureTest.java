package motette.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.people.Leaving;
import motette.people.Reads;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody lives a whole life on the platform and leaves: what they take along is everything, what stays leads to nobody. */
@MicronautTest(transactional = false)
class ErasureTest extends PortalTest {

    /** Large enough that its digits are found nowhere else. */
    private static final long FIRST = 987_654_301L;

    private static final String SECRET_WORDS = "Nur für die Koordination geschrieben, niemand sonst: ";

    @Inject
    Sql sql;

    @Inject
    Waiting waiting;

    @Inject
    Reads reads;

    @Inject
    Erasure erasure;

    @Inject
    Retention retention;

    @Inject
    JsonMapper json;

    @Inject
    TestClock clock;

    @Inject
    TransactionOperations<Connection> transactions;

    /** Somebody with an address, signed in by link. */
    private record Life(Browser browser, String email, String pseudonym, long id) {}

    @BeforeAll
    void number_new_people_from_far_away() {
        sql.run("alter table persons alter column id restart with " + FIRST);
    }

    @AfterEach
    void real_time() {
        clock.reset();
    }

    @Test
    void nothing_of_an_erased_resident_is_left_in_the_database_but_tallies() throws SQLException {
        var life = live("spur.eins", "Spürnase Siebenschön");
        var published = sql.number("select number from ideas where title = 'Bank von spur.eins'");
        var supported = sql.number("select count(*) from supports where idea_number = 1");
        var page = life.browser().page("/me/data/erasure");
        assertThat(page.text()).contains("Was geht und was bleibt", "Warum etwas bleibt");
        var answer = life.browser().submit(page, "/me/data/erasure", Map.of("ideas", "stay"));
        assertThat(life.browser().follow(answer).text()).contains("Ihr Konto ist gelöscht.");
        assertThat(life.browser().page("/").select(".nav a[href=/me]")).isEmpty();

        assertThat(tablesWith(life.email())).as("the goodbye waits").containsExactly("mails");
        assertThat(sql.ask("select string_agg(subject, ',') from mails where recipient = '" + life.email() + "'"))
                .isEqualTo("Ihr Konto ist gelöscht");
        clock.turn(Duration.ofDays(1).plusMinutes(1));
        forget();
        assertThat(tablesWith(life.email())).isEmpty();
        assertThat(tablesWith("spur.eins@")).isEmpty();
        assertThat(tablesWith(life.pseudonym())).isEmpty();
        assertThat(tablesWith(SECRET_WORDS + "spur.eins")).isEmpty();
        assertThat(tablesWith("Früher hieß sie anders spur.eins")).isEmpty();
        assertThat(tablesWith("Ich habe es mir anders überlegt spur.eins")).isEmpty();
        assertThat(tablesWith(String.valueOf(life.id()))).containsExactly("audit_entries");

        assertThat(sql.number("select count(*) from supports where idea_number = 1"))
                .as("the support counts on")
                .isEqualTo(supported);
        assertThat(sql.ask("select string_agg(distinct at::text, ',') from supports where person_id is null"))
                .as("supports of the gone have nothing in common but the year")
                .matches("\\d{4}-01-01 00:00:00\\S*");
        assertThat(browser().page("/ideas/" + published).text())
                .contains("Bank von spur.eins", "Vorgeschlagen von gelöschtes Konto");
    }

    @Test
    void of_whoever_held_an_office_only_a_number_is_left_that_leads_nowhere() throws SQLException {
        var life = live("spur.amt", "Amtmann Adlerauge");
        var idea = waiting.idea(Town.resident(2), "00", "Eine Idee, über die ein Amt entschied", Instant.now());
        sql.run("insert into roles (person_id, name, scope, from_date, to_date, granted_by, granted_at) select "
                + life.id() + ", 'coordinator', scope, '2025-01-01', '2025-12-31', " + life.id()
                + ", now() from roles where name = 'coordinator' limit 1");
        sql.run("with told as (insert into idea_events (idea_number, kind, at, person_id, office) select " + idea
                + ", 'published', now(), " + life.id() + ", scope from roles where name = 'coordinator' limit 1"
                + " returning id, office) insert into moderation_decisions (idea_number, event_id, decided_by,"
                + " area_key, kind, at) select " + idea + ", id, " + life.id()
                + ", office, 'publication', now() from told");
        assertThat(erasure.erase(new Leaving(life.id(), false, ""), Locale.GERMAN))
                .isTrue();
        clock.turn(Duration.ofDays(2));
        forget();
        assertThat(tablesWith(life.email())).isEmpty();
        assertThat(tablesWith(life.pseudonym())).isEmpty();
        assertThat(tablesWith(String.valueOf(life.id())))
                .containsExactlyInAnyOrder("audit_entries", "moderation_decisions", "persons");
        assertThat(sql.ask("select concat_ws(' ', pseudonym, email, demo_key, home_quarter) from persons where id = "
                        + life.id()))
                .isEqualTo("–");
        assertThat(browser().signIn(Town.coordinator("mitte")).page("/moderation?view=decided"))
                .isNotNull();
        assertThat(erasure.erase(new Leaving(life.id(), false, ""), Locale.GERMAN))
                .as("a second time")
                .isFalse();
    }

    @Test
    void whoever_wishes_takes_open_ideas_along_and_decided_ones_stay() {
        var life = live("spur.zwei", "Wanda Weitweg");
        var open = sql.number("select number from ideas where title = 'Bank von spur.zwei'");
        var decided = sql.number("select number from ideas where title = 'Baum von spur.zwei'");
        life.browser().post("/me/data/erasure", Map.of("csrf", life.browser().token(), "ideas", "withdraw"));
        assertThat(sql.ask("select state || ' ' || title || ' ' || cardinality(array(select id from photos where"
                        + " idea_number = number)) from ideas where number = " + open))
                .isEqualTo("withdrawn Gelöschte Idee 0");
        assertThat(browser().page("/ideas/" + open).text()).doesNotContain("spur.zwei");
        assertThat(sql.ask("select state || ' ' || title from ideas where number = " + decided))
                .isEqualTo("granted Baum von spur.zwei");
        assertThat(browser().page("/ideas/" + decided).text()).contains("gelöschtes Konto");
    }

    @Test
    void whoever_acts_for_the_city_hands_that_over_first() {
        var chair = browser().signIn(Town.chair("ost"));
        var page = chair.page("/me/data/erasure");
        assertThat(page.select("form[action=/me/data/erasure]")).isEmpty();
        assertThat(page.select("main .notice a").attr("href")).isEqualTo("/me");
        assertThat(chair.post("/me/data/erasure", Map.of("csrf", chair.token())).statusCode())
                .isEqualTo(409);
        assertThat(sql.number("select count(*) from persons where demo_key = '" + Town.chair("ost") + "'"))
                .isEqualTo(1);
    }

    @Test
    void the_download_holds_everything_that_the_database_knows_of_the_person() throws Exception {
        var life = live("spur.drei", "Dora Downloadowa");
        var answer = download(life);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;")
                .contains("motette-");
        var files = unzip(answer.body());
        assertThat(files.keySet()).contains("data.json", "index.html").anyMatch(name -> name.startsWith("photos/"));
        var data = json.readValue(
                files.getOrDefault("data.json", new byte[0]),
                Argument.mapOf(
                        Argument.STRING,
                        Argument.mapOf(Argument.STRING, Argument.listOf(Argument.mapOf(String.class, Object.class)))));
        var byTable = new HashMap<String, List<Map<String, Object>>>();
        data.values()
                .forEach(tables ->
                        tables.forEach((table, rows) -> byTable.computeIfAbsent(table, absent -> new ArrayList<>())
                                .addAll(rows)));
        int checked = 0;
        for (var row : rowsAbout(life)) {
            var told = byTable.getOrDefault(row.table(), List.of());
            assertThat(told)
                    .as("%s: %s", row.table(), row.values())
                    .anyMatch(one -> one.entrySet().containsAll(row.values().entrySet()));
            checked++;
        }
        assertThat(checked).isGreaterThan(49);
        assertThat(byTable.get("photo_renditions"))
                .as("pictures come as files, not as text")
                .isNotEmpty()
                .noneMatch(row -> row.containsKey("webp") || row.containsKey("jpeg"));
        assertThat(byTable.keySet())
                .contains(
                        "persons",
                        "sign_ins",
                        "sign_in_links",
                        "mails",
                        "ideas",
                        "idea_versions",
                        "idea_events",
                        "idea_guests",
                        "photos",
                        "supports",
                        "watches",
                        "audit_entries",
                        "personal_reads");

        var html = new String(files.getOrDefault("index.html", new byte[0]), StandardCharsets.UTF_8);
        assertThat(html)
                .contains("lang=\"de\"", "Dora Downloadowa", life.email(), SECRET_WORDS, "Zeit")
                .doesNotContain("<script", "src=", "href=", "/assets/", "th:each", "token_hash");
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).doesNotContain("code_hash");
    }

    @Test
    void the_page_shows_the_same_in_plain_words_and_what_staff_looked_at() {
        var life = live("spur.vier", "Vera Vierauge");
        var page = life.browser().page("/me/data");
        assertThat(page.select("h2").eachText())
                .contains("Konto", "Ideen", "Unterstützung", "Wer Ihre Daten angesehen hat");
        assertThat(page.text())
                .contains(
                        "Vera Vierauge",
                        life.email(),
                        "Koordination",
                        "Ihre E-Mail-Adresse",
                        "case:17",
                        "Link in einer E-Mail")
                .doesNotContain("code_hash", "token");
        assertThat(life.browser().get("/me/data").headers().firstValue("Cache-Control"))
                .contains("no-store");
        var other = browser().signIn(Town.resident(3)).page("/me/data");
        assertThat(other.text()).doesNotContain("Vera Vierauge", life.email());
    }

    @Test
    void looking_at_oneself_is_no_reading_and_nobody_changes_what_was_noted() {
        var before = sql.number("select count(*) from personal_reads");
        transactions.executeWrite(status -> {
            reads.record(visitor(1), 1, "address", "myself");
            return true;
        });
        assertThat(sql.number("select count(*) from personal_reads")).isEqualTo(before);
        transactions.executeWrite(status -> {
            reads.record(visitor(1), 2, "address", "case:1");
            return true;
        });
        assertThatThrownBy(() -> sql.run("update personal_reads set why = 'x'")).hasMessageContaining("never changed");
    }

    @Test
    void supports_under_way_while_the_person_goes_leave_nothing_of_them() throws Exception {
        var life = join("spur.renner", "Rita Rennschnell");
        var csrf = life.browser().token();
        var ideas = sql.rows("select number from ideas where state = 'published' order by number limit 20");
        try (var threads = Executors.newFixedThreadPool(22)) {
            var deeds = new ArrayList<Callable<Integer>>();
            ideas.forEach(idea -> deeds.add(() -> life.browser()
                    .post("/ideas/" + idea.getFirst() + "/support", Map.of("csrf", csrf))
                    .statusCode()));
            for (int i = 0; i < 2; i++) {
                deeds.add(10, () -> erasure.erase(new Leaving(life.id(), false, ""), Locale.GERMAN) ? 1 : 0);
            }
            var results = new ArrayList<Integer>();
            for (var deed : threads.invokeAll(deeds)) {
                results.add(deed.get());
            }
            assertThat(results).as("one erasure").containsOnlyOnce(1);
            assertThat(results).as("no deed breaks").isSubsetOf(0, 1, 303, 409);
        }
        assertThat(Browser.location(life.browser().post("/ideas/1/support", Map.of("csrf", csrf))))
                .as("whoever is gone and still holds a token")
                .startsWith("/sign-in");
        assertThat(sql.number("select count(*) from supports where person_id = " + life.id()))
                .isZero();
        assertThat(sql.number("select count(*) from persons where id = " + life.id()))
                .isZero();
    }

    @Test
    void twenty_erasures_at_once_say_goodbye_once() throws Exception {
        var life = join("spur.zwanzig", "Zwanzig Mal Weg");
        try (var threads = Executors.newFixedThreadPool(20)) {
            var done = threads.invokeAll(IntStream.range(0, 20)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> erasure.erase(new Leaving(life.id(), true, ""), Locale.GERMAN))
                    .toList());
            int erased = 0;
            for (var one : done) {
                erased += one.get() ? 1 : 0;
            }
            assertThat(erased).isEqualTo(1);
        }
        assertThat(sql.number("select count(*) from mails where recipient = '" + life.email() + "'"))
                .isEqualTo(1);
        assertThat(sql.number("select count(*) from audit_entries where deed = 'person.erasure' and person_id = "
                        + life.id()))
                .isEqualTo(1);
    }

    private void forget() {
        sql.run("delete from retention_rounds");
        retention.forget();
    }

    // A life

    private Life join(String name, String pseudonym) {
        var browser = browser();
        var email = name + "@stadt.example";
        browser.post("/sign-in/link", Map.of("email", email, "next", "/"));
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+")
                .matcher(sql.ask("select body from mails where recipient = '" + email + "' order by id desc limit 1"));
        assertThat(link.find()).isTrue();
        browser.submit(browser.page(link.group()), link.group(), Map.of());
        browser.post("/me/pseudonym", Map.of("csrf", browser.token(), "pseudonym", pseudonym));
        return new Life(browser, email, pseudonym, sql.number("select id from persons where email = '" + email + "'"));
    }

    /** Everything a resident can do. */
    private Life live(String name, String pseudonym) {
        var life = join(name, pseudonym);
        var browser = life.browser();
        var csrf = browser.token();
        browser.post("/me/place", Map.of("csrf", csrf, "quarter", "00"));
        handIn(browser, "Wiese von " + name, SECRET_WORDS + name);
        var published = handIn(browser, "Bank von " + name, "Damit alle sich ausruhen können, die hier gehen.");
        tell(published, "published");
        var decided = handIn(browser, "Baum von " + name, "Damit es im Sommer Schatten gibt, auch mittags.");
        tell(decided, "published");
        tell(decided, "granted");
        var returned = handIn(browser, "Früher hieß sie anders " + name, "Das war die erste Fassung, die zurückkam.");
        tell(returned, "returned");
        browser.post("/ideas/new/revision/" + returned, Map.of("csrf", csrf));
        browser.submit(
                browser.page("/ideas/new/topic"),
                "/ideas/new/topic",
                Map.of("title", "Jetzt heißt sie so " + name, "category", "sitzen_rasten"));
        browser.submit(browser.page("/ideas/new/check"), "/ideas/new/submission", Map.of());
        var withdrawn = handIn(browser, "Doch nicht von " + name, "Das soll am Ende doch niemand mehr lesen.");
        browser.post(
                "/ideas/" + withdrawn + "/withdrawal",
                Map.of("csrf", csrf, "note", "Ich habe es mir anders überlegt " + name));
        for (var idea : List.of(published, decided, returned)) {
            photo(idea);
        }
        for (var idea : List.of(1, 2, 3)) {
            browser.post("/ideas/" + idea + "/support", Map.of("csrf", csrf));
        }
        browser.post("/watches", Map.of("csrf", csrf, "place", "q:00"));
        var guest = browser();
        write(guest, "Als Gast von " + name, "Das kam von derselben Adresse ohne Anmeldung.");
        guest.submit(guest.page("/ideas/new/check"), "/ideas/new/guest-submission", Map.of("email", life.email()));
        guest.post("/watches", Map.of("place", "q:01", "email", life.email()));
        transactions.executeWrite(status -> {
            reads.record(visitor(1), life.id(), "address", "case:17");
            return true;
        });
        write(browser, "Angefangen von " + name, "Das liegt noch als Entwurf auf diesem Gerät.");
        factors(life);
        residence(life);
        return life;
    }

    private void factors(Life life) {
        var bytes = "decode(lpad(to_hex(" + life.id() + "), 64, '0'), 'hex')";
        sql.run("insert into passkeys (person_id, credential_id, credential, user_handle, sign_count, backup_eligible,"
                + " backed_up, maker, label, added_at)"
                + " values"
                + " (" + life.id() + ", " + bytes + ", " + bytes + ", " + bytes
                + ", 0, true, true, 'Schlüsselbund', 'Telefon von " + life.pseudonym() + "', now())");
        sql.run("insert into authenticator_apps (person_id, sealed, last_step, added_at, last_used_on) values ("
                + life.id() + ", '\\x01', 1, now(), current_date)");
        sql.run("insert into recovery_codes (person_id, code_hash, added_at) values (" + life.id() + ", " + bytes
                + ", now())");
        sql.run("insert into wrong_factor_codes (person_id, at) values (" + life.id() + ", now())");
        sql.run("insert into identities (provider, subject, person_id, level, acr, first_seen, last_seen) values"
                + " ('rathaus', 'bei "
                + life.email() + "', " + life.id() + ", 'low', '', current_date, current_date)");
    }

    private void residence(Life life) {
        var hash = "sha256('" + life.email() + "')";
        sql.run("insert into residence_proofs (person_id, quarter_key, way, birth_year, shown_at, valid_until) values ("
                + life.id() + ", '00', 'desk', 1999, now(), now() + interval '1 year')");
        sql.run("insert into residence_desk_codes (person_id, code_hash, nonce, quarter_key, birth_year, birth_hash,"
                + " address_hash, card_sealed, made_at, expires_at) values (" + life.id() + ", " + hash + ", '\\x"
                + "00".repeat(16) + "', '00', 1999, " + hash + ", " + hash
                + ", '\\x01', now(), now() + interval '1 hour')");
        sql.run("insert into residence_tries (person_id, kind, at) values (" + life.id() + ", 'letter', now())");
        sql.run("insert into residence_letters (person_id, quarter_key, birth_year, asked_at, address_sealed,"
                + " birth_hash, address_hash)"
                + " values"
                + " (" + life.id() + ", '00', 1999, now(), '\\x01', " + hash + ", " + hash
                + ")");
    }

    private static Visitor visitor(long id) {
        return new Visitor(id, "x", Set.of(RoleName.COORDINATOR), 1, Instant.EPOCH);
    }

    private void write(Browser browser, String title, String text) {
        browser.submit(browser.page("/ideas/new/place"), "/ideas/new/place", Map.of("lon", 12.3727, "lat", 51.3402));
        browser.submit(
                browser.page("/ideas/new/topic"),
                "/ideas/new/topic",
                Map.of("title", title, "category", "sitzen_rasten"));
        browser.submit(
                browser.page("/ideas/new/text"),
                "/ideas/new/text",
                Map.of("description", text, "kind", "proposal", "cost", "", "deed", "next"));
        browser.submit(browser.page("/ideas/new/groups"), "/ideas/new/groups", Map.of("groups", "alle"));
    }

    private long handIn(Browser browser, String title, String text) {
        write(browser, title, text);
        var answer = browser.submit(browser.page("/ideas/new/check"), "/ideas/new/submission", Map.of());
        return Long.parseLong(Browser.location(answer).replaceAll("/ideas/(\\d+).*", "$1"));
    }

    private void tell(long idea, String kind) {
        sql.run("insert into idea_events (idea_number, kind, at, office, reason_key, amount_cents) values (" + idea
                + ", '" + kind + "', now(), 'sbb-mitte', '" + (kind.equals("returned") ? "unclear" : "") + "', "
                + (kind.equals("granted") ? "100000" : "null") + ")");
    }

    private void photo(long idea) {
        sql.run("with photo as (insert into photos (id, idea_number, position, alt, width, height, added_at) values"
                + " (gen_random_uuid(), " + idea + ", 0, 'Ein Bild', 4, 3, now()) returning id) insert into"
                + " photo_renditions (photo_id, width, height, jpeg, webp)"
                + " select id, 4, 3, '\\xffd8ffd9', '\\x52494646' from"
                + " photo");
    }

    // What the database knows, found without the register

    private List<String> tablesWith(String text) throws SQLException {
        return sql.dump().entrySet().stream()
                .filter(table -> table.getValue().stream().anyMatch(row -> row.contains(text)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private record Known(String table, Map<String, Object> values) {}

    private List<Known> rowsAbout(Life life) throws IOException {
        var known = new ArrayList<Known>();
        var ideas = "(select number from ideas where author_id = " + life.id() + ")";
        for (var table : sql.rows("select tablename from pg_tables where schemaname = 'public' order by 1")) {
            var name = table.getFirst();
            var conditions = new ArrayList<String>();
            conditions.add("t::text like '%" + life.email() + "%'");
            for (var column : sql.columns()) {
                if (column.get(0).equals(name)) {
                    if (column.get(2).equals("bigint")) {
                        conditions.add("t.\"" + column.get(1) + "\" = " + life.id());
                    }
                    if (column.get(1).equals("idea_number")
                            && !Set.of("supports", "idea_events").contains(name)) {
                        conditions.add("t.idea_number in " + ideas);
                    }
                }
            }
            for (var row : sql.rows(
                    "select to_jsonb(t)::text from \"" + name + "\" t where " + String.join(" or ", conditions))) {
                var values = new HashMap<>(json.readValue(row.getFirst(), Argument.mapOf(String.class, Object.class)));
                values.values().removeIf(Objects::isNull);
                values.keySet()
                        .removeIf(column -> column.endsWith("_hash")
                                || column.endsWith("sealed")
                                || Set.of(
                                                "unsubscribe",
                                                "salt",
                                                "nonce",
                                                "webp",
                                                "credential",
                                                "credential_id",
                                                "user_handle")
                                        .contains(column));
                known.add(new Known(name, values));
            }
        }
        return known;
    }

    private HttpResponse<byte[]> download(Life life) throws IOException, InterruptedException {
        var cookies = new CookieManager();
        var client = HttpClient.newBuilder().cookieHandler(cookies).build();
        var link = life.browser();
        var answer = link.get("/me/data/download");
        assertThat(answer.statusCode()).isEqualTo(200);
        var home = link.home();
        signInAgain(client, home, life.email());
        return client.send(
                HttpRequest.newBuilder(home.resolve("/me/data/download"))
                        .header("Accept-Language", "de")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private void signInAgain(HttpClient client, URI home, String email) throws IOException, InterruptedException {
        browser().post("/sign-in/link", Map.of("email", email, "next", "/"));
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+")
                .matcher(sql.ask("select body from mails where recipient = '" + email
                        + "' and body like '%/sign-in/link/%' order by id desc limit 1"));
        assertThat(link.find()).isTrue();
        client.send(
                HttpRequest.newBuilder(home.resolve(link.group()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("x=y"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static Map<String, byte[]> unzip(byte[] zip) throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
