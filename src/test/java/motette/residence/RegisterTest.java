package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An extract of the register becomes hashes, and who types the same is recognised. */
@MicronautTest(transactional = false)
class RegisterTest extends PortalTest {

    private static final String HEAD = "Familienname;Vornamen;Geburtsdatum;Straße;Hausnummer;Postleitzahl;Ortsteil\n";
    private static final String FILE = HEAD
            + "Person;Testba;07.03.1980;Prüfstr.;2;04315;21\n"
            + "\"Person; von\";Testca Maria;1979-12-31;Prüfstraße;3 a;04315;21\n";

    @Inject
    Residences residences;

    @Inject
    ResidenceForgetting forgetting;

    @Inject
    LettersTest.EveryTable everyTable;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    private Residents residents;

    @BeforeEach
    void nobody() {
        residents = new Residents(waiting);
        residents.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void an_extract_is_looked_at_then_taken_over_and_a_person_is_recognised() {
        var admin = browser().signIn(Town.administrator());
        var person = browser().signIn(Town.resident(1));
        assertThat(person.get("/residence/register").statusCode()).isEqualTo(404);
        var preview = upload(admin, FILE.getBytes(StandardCharsets.UTF_8));
        var page = admin.page(preview);
        assertThat(page.select(".figures strong").eachText()).containsExactly("2", "2", "0", "0");
        assertThat(person.get("/residence/register").statusCode()).isEqualTo(404);
        admin.submit(page, preview + "/adoption", Map.of());
        assertThat(admin.page("/residence/extracts").text()).contains("2 Einträge, übernommen am");
        var answer = compare(person, Residents.form(1));
        assertThat(person.follow(answer).text())
                .contains("Geschafft", "Sie wohnen in Volkmarsdorf", "mit dem Melderegister");
        var dump = everyTable.dump();
        for (var secret : List.of("Testba", "Testca", "Prüfst", "1980-03-07", "07.03.1980", "1979-12-31")) {
            assertThat(dump).as(secret).doesNotContain(secret);
        }
    }

    @Test
    void lines_that_cannot_be_read_are_named_by_number_and_reason_and_nothing_else() {
        var admin = browser().signIn(Town.administrator());
        var file = HEAD + "Person;Testba;07.03.1980;Prüfstr.;2;04315;21\n"
                + ";Testda;07.03.1980;Prüfstr.;2;04315;21\n"
                + "Person;Testda;31.02.1980;Prüfstr.;2;04315;21\n"
                + "Person;Testda;01.01.2999;Prüfstr.;2;04315;21\n"
                + "Person;Testda;07.03.1980;;2;04315;21\n"
                + "Person;Testda;07.03.1980;Prüfstr.;2;4315;21\n"
                + "Person;Testda;07.03.1980;Prüfstr.;2;04315;XX\n"
                + "Person;Testda;07.03.1980\n";
        var page = admin.page(upload(admin, file.getBytes(StandardCharsets.UTF_8)));
        assertThat(page.select(".figures strong").eachText()).containsExactly("8", "1", "0", "7");
        assertThat(page.select("tbody th").eachText()).containsExactly("3", "4", "5", "6", "7", "8", "9");
        assertThat(page.select("tbody td").eachText().getFirst()).isEqualTo("Der Name fehlt.");
        assertThat(page.select("tbody td").eachText().getLast()).isEqualTo("Es fehlen Spalten.");
        assertThat(page.text()).doesNotContain("Testda");
    }

    @Test
    void the_same_file_twice_in_whatever_encoding_and_order_of_columns_changes_nothing() {
        var admin = browser().signIn(Town.administrator());
        take(admin, FILE.getBytes(StandardCharsets.UTF_8), Map.of());
        var other = "\uFEFFOrtsteil,Vornamen,Familienname,Geburtsdatum,Strasse,Hausnummer,Postleitzahl\r\n"
                + "21,Testba,PERSON,1980-03-07,Prüfstraße,2,04315\r\n"
                + "21,Testca,Person von,31.12.1979,Prüfstr.,3a,04315\r\n";
        var preview = upload(admin, other.getBytes(StandardCharsets.UTF_8));
        assertThat(admin.page(preview).select(".figures strong").eachText()).containsExactly("2", "0", "0", "0");
        admin.submit(admin.page(preview), preview + "/adoption", Map.of());
        take(admin, FILE.getBytes(Charset.forName("windows-1252")), Map.of());
        assertThat(waiting.ask("select count(*) || ' ' || count(distinct extract_id) from register_entries"))
                .isEqualTo("2 1");
        assertThat(waiting.ask("select count(*) from register_extracts")).isEqualTo("1");
    }

    @Test
    void a_whole_register_drops_who_is_no_longer_in_it_but_no_proof() {
        var admin = browser().signIn(Town.administrator());
        take(admin, FILE.getBytes(StandardCharsets.UTF_8), Map.of());
        compare(browser().signIn(Town.resident(1)), Residents.form(1));
        var smaller = HEAD + "Neu;Testea;01.01.1990;Prüfstr.;9;04315;21\n";
        var preview = upload(admin, smaller.getBytes(StandardCharsets.UTF_8));
        assertThat(admin.page(preview).select(".figures strong").eachText()).containsExactly("1", "1", "2", "0");
        admin.submit(admin.page(preview), preview + "/adoption", Map.of("whole", "yes"));
        assertThat(waiting.ask("select count(*) from register_entries")).isEqualTo("1");
        assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isTrue();
        assertThat(compare(browser().signIn(Town.resident(3)), Residents.form(2))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void who_guesses_has_to_wait_until_tomorrow_and_nobody_else() {
        take(browser().signIn(Town.administrator()), FILE.getBytes(StandardCharsets.UTF_8), Map.of());
        var guesser = browser().signIn(Town.resident(1));
        for (int i = 4; i >= 0; i--) {
            var wrong = compare(guesser, Residents.form(1, "born", "8.3.1980"));
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body())
                    .contains(i == 0 ? "kein weiterer Versuch" : i == 1 ? "ein Versuch" : i + " Versuche");
        }
        assertThat(compare(guesser, Residents.form(1)).statusCode()).isEqualTo(409);
        assertThat(compare(browser().signIn(Town.resident(2)), Residents.form(1))
                        .statusCode())
                .isEqualTo(303);
        clock.turn(Duration.ofDays(1).plusSeconds(1));
        assertThat(compare(browser().signIn(Town.resident(1)), Residents.form(1))
                        .statusCode())
                .as("now the other account stands in the roll: a case, no error")
                .isEqualTo(303);
        assertThat(waiting.ask("select count(*) from residence_cases")).isEqualTo("1");
    }

    @Test
    void an_extract_nobody_takes_over_is_gone_after_an_hour() {
        var admin = browser().signIn(Town.administrator());
        var preview = upload(admin, FILE.getBytes(StandardCharsets.UTF_8));
        clock.turn(Duration.ofMinutes(59));
        forgetting.forget();
        assertThat(admin.get(preview).statusCode()).isEqualTo(200);
        clock.turn(Duration.ofMinutes(2));
        forgetting.forget();
        assertThat(admin.get(preview).statusCode()).isEqualTo(404);
        assertThat(waiting.ask("select count(*) from register_entries")).isEqualTo("0");
    }

    @Test
    void a_file_that_is_none_says_so() {
        var admin = browser().signIn(Town.administrator());
        admin.page("/residence/extracts");
        assertThat(admin.postFile("/residence/extracts", "file", "leer.csv", new byte[0])
                        .statusCode())
                .isEqualTo(422);
        var columns = admin.postFile(
                "/residence/extracts", "file", "falsch.csv", "Name;Ort\na;b\n".getBytes(StandardCharsets.UTF_8));
        assertThat(columns.statusCode()).isEqualTo(422);
        assertThat(columns.body()).contains("müssen diese Spalten stehen", "geburtsdatum");
        var broken = admin.postFile(
                "/residence/extracts",
                "file",
                "kaputt.csv",
                (HEAD + "\"offen;Testba;07.03.1980\n").getBytes(StandardCharsets.UTF_8));
        assertThat(broken.statusCode()).isEqualTo(409);
        assertThat(waiting.ask("select count(*) from register_extracts")).isEqualTo("0");
    }

    @Test
    void only_administrators_read_the_register() {
        for (var stranger : List.of(Town.resident(1), Town.officer(), Town.coordinator("ost"), Town.auditor())) {
            var browser = browser().signIn(stranger);
            assertThat(browser.get("/residence/extracts").statusCode())
                    .as(stranger)
                    .isEqualTo(403);
            assertThat(browser.postFile("/residence/extracts", "file", "a.csv", FILE.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .as(stranger)
                    .isEqualTo(403);
        }
        assertThat(waiting.ask("select count(*) from register_extracts")).isEqualTo("0");
    }

    private static void take(Browser admin, byte[] file, Map<String, String> how) {
        var preview = upload(admin, file);
        assertThat(admin.submit(admin.page(preview), preview + "/adoption", how).statusCode())
                .isEqualTo(303);
    }

    private static String upload(Browser admin, byte[] file) {
        return Browser.location(admin.postFile("/residence/extracts", "file", "auszug.csv", file));
    }

    private static HttpResponse<String> compare(Browser person, Map<String, String> form) {
        return person.submit(person.page("/residence/register"), "/residence/register", form);
    }
}
