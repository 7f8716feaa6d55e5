package motette.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The new term of a council, from a list. */
@MicronautTest(transactional = false)
class TermsImportTest extends PortalTest {

    private static final String HEAD = "E-Mail;Name;Aufgabe;Gremium;Von;Bis\n";

    @Inject
    Waiting town;

    private final LocalDate begins = LocalDate.now(Time.ZONE).plusMonths(2);

    @AfterEach
    void asBefore() {
        town.change("delete from roles where reason = 'Wahl der Probe'");
        town.change("update roles set ended_at = null, ended_by = null, end_reason = '' where end_reason = 'Wahl der"
                + " Probe'");
        town.change("delete from persons where email like '%@neu.example'");
    }

    @Test
    void a_preview_says_who_begins_stays_and_leaves_and_changes_nothing() {
        var page = Jsoup.parse(preview(admin(), list(1, 8) + newcomers(2)).body());
        assertThat(page.select(".figures strong").eachText()).containsExactly("2", "8", "3");
        assertThat(page.select("[aria-labelledby=ends] tbody th").eachText())
                .containsExactly(
                        "Demo-Beiratsmitglied Nord 9", "Demo-Beiratsmitglied Nord 10", "Demo-Beiratsmitglied Nord 11");
        assertThat(page.select("[aria-labelledby=begins]").text()).contains("Neue Nachbarin 1", "neu im Portal");
        assertThat(town.ask("select count(*) from persons where email like '%@neu.example'"))
                .isEqualTo("0");
    }

    @Test
    void taken_over_it_holds_from_the_first_day_of_the_term_and_repeating_it_changes_nothing() {
        var admin = admin();
        var list = list(1, 8) + newcomers(2);
        assertThat(takeOver(admin, Jsoup.parse(preview(admin, list).body())).statusCode())
                .isEqualTo(303);
        assertThat(members("now()")).as("until then the old term").isEqualTo("11");
        var midnight = "'" + begins + "'::timestamp at time zone 'Europe/Berlin'";
        assertThat(members(midnight + " - interval '1 millisecond'")).isEqualTo("11");
        assertThat(members(midnight)).isEqualTo("10");
        assertThat(town.ask(
                        "select count(*) from audit_entries where reason = 'Wahl der Probe' and deed = 'role.grant'"))
                .isEqualTo("10");
        assertThat(town.ask(
                        "select count(*) from audit_entries where reason = 'Wahl der Probe' and deed = 'role.ending'"))
                .isEqualTo("11");
        assertThat(town.ask("select count(*) from mails where recipient like '%@neu.example'"))
                .as("no mail until they sign in")
                .isEqualTo("0");
        assertThat(town.ask("select pseudonym from persons where email = 'neu-1@neu.example'"))
                .isEqualTo("Neue Nachbarin 1");

        var again = Jsoup.parse(preview(admin, list).body());
        assertThat(again.select(".figures strong").eachText()).containsExactly("0", "10", "0");
        assertThat(again.text()).contains("Alles ist schon so");
    }

    @Test
    void what_was_seen_is_what_happens_or_nothing() {
        var admin = admin();
        var seen = Jsoup.parse(preview(admin, list(1, 8)).body());
        var other = town.ask("select id from roles where scope = 'sbb-nord' and name = 'councillor' and person_id = "
                + id(Town.councillor("nord", 9)));
        admin.post("/people/roles/" + other + "/ending", Map.of("csrf", admin.token(), "reason", "Wahl der Probe"));
        var answer = takeOver(admin, seen);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("sehen Sie sich die Vorschau noch einmal an");
        assertThat(members("now() + interval '1 year'")).isEqualTo("10");
        assertThat(takeOver(admin, Jsoup.parse(answer.body())).statusCode()).isEqualTo(303);
    }

    @Test
    void lines_that_do_not_fit_are_named_with_number_and_reason_and_nothing_is_taken_over() {
        var lines = List.of(
                "kein-punkt@beispiel;Name;König;sbb-nord;01.08.2029;",
                "a@neu.example;Anna;Mitglied;sbb-mond;01.08.2029;",
                "a@neu.example;Anna;Mitglied;sbb-nord;31.02.2029;",
                "a@neu.example;Anna;Mitglied;sbb-nord;01.08.2029;31.07.2029",
                "a@neu.example;Anna;Mitglied;sbb-nord;01.08.2019;31.07.2024",
                "ohne at;Anna;Mitglied;sbb-nord;01.08.2029;",
                ";Anna;Mitglied;sbb-nord;01.08.2029;",
                "a@neu.example;A;Mitglied;sbb-nord;01.08.2029;",
                "b@neu.example;Berta;Mitglied;sbb-nord;01.08.2029;",
                "b@neu.example;Berta;Mitglied;Stadtbezirksbeirat Nord;1.8.2029;",
                "b@neu.example;Bertha;Vorsitz;sbb-nord;01.08.2029;",
                "admin@motette.example;Ich;Vorsitz;sbb-nord;01.08.2029;",
                "office@motette.example;Amt;Mitglied;sbb-nord;01.08.2029;",
                "c@neu.example;Clara;Krankenkasse;sbb-nord;01.08.2029;");
        var answer = preview(admin(), HEAD + String.join("\n", lines));
        assertThat(answer.statusCode()).isEqualTo(422);
        var refused = Jsoup.parse(answer.body())
                .select("[aria-labelledby=refused] li")
                .eachText();
        assertThat(refused).hasSize(13);
        assertThat(refused.get(0)).startsWith("Zeile 2:").contains("„König“ ist keine Aufgabe");
        assertThat(refused.get(1)).startsWith("Zeile 3:").contains("„sbb-mond“");
        assertThat(refused.get(2)).startsWith("Zeile 4:").contains("„31.02.2029“ ist kein Tag");
        assertThat(refused.get(3)).startsWith("Zeile 5:").contains("liegt vor dem ersten");
        assertThat(refused.get(4)).startsWith("Zeile 6:").contains("schon vorbei");
        assertThat(refused.get(5)).startsWith("Zeile 7:").contains("nicht vollständig");
        assertThat(refused.get(6)).startsWith("Zeile 8:").contains("fehlt die E-Mail-Adresse");
        assertThat(refused.get(7)).startsWith("Zeile 9:");
        assertThat(refused.get(8)).startsWith("Zeile 11:").contains("zweimal");
        assertThat(refused.get(9)).startsWith("Zeile 12:").contains("zwei Namen");
        assertThat(refused.get(10)).startsWith("Zeile 13:").contains("Sich selbst");
        assertThat(refused.get(11)).startsWith("Zeile 14:").contains("hat niemand zugleich");
        assertThat(refused.get(12)).startsWith("Zeile 15:");
        assertThat(Jsoup.parse(answer.body()).select("form[action=/people/terms]"))
                .isEmpty();
        assertThat(town.ask("select count(*) from persons where email like '%@neu.example'"))
                .isEqualTo("0");
    }

    @Test
    void lists_that_are_none_are_answered_with_a_sentence() {
        var admin = admin();
        for (var list : List.of(
                "",
                "   ",
                HEAD,
                "Name;Rolle\nAnna;Mitglied\n",
                "irgendetwas",
                HEAD + "a@neu.example;\"Anna;Mitglied;sbb-nord;01.08.2029;\n",
                "\u0000\u0001\u0002",
                HEAD + "x;".repeat(200),
                HEAD + "a@neu.example;Anna;Mitglied;sbb-nord;01.08.2029;\n".repeat(1_200),
                "x".repeat(70_000))) {
            assertThat(preview(admin, list).statusCode())
                    .as(list.substring(0, Math.min(40, list.length())))
                    .isEqualTo(422);
        }
    }

    @Test
    void comma_english_words_and_the_mark_of_a_spreadsheet_are_read_as_well() {
        var content = TermsFile.read(
                "\uFEFFemail,name,role,body,from,to\r\na@b.example,\"Anna, die\",councillor,sbb-ost,2029-08-01,\r\n");
        assertThat(content.faults()).isEmpty();
        assertThat(content.lines())
                .containsExactly(
                        new TermsFile.Line(2, "a@b.example", "Anna, die", "councillor", "sbb-ost", "2029-08-01", ""));
        assertThat(TermsFile.text("Käthe".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo("Käthe");
        assertThat(TermsFile.day("1.8.2029")).contains(LocalDate.of(2029, 8, 1));
        assertThat(TermsFile.day("99.99.2029")).isEmpty();
    }

    @Test
    void somebody_without_an_address_is_known_by_the_name_under_which_they_sit_there() {
        var page = Jsoup.parse(preview(admin(), HEAD + ";Demo-Vorsitz Nord;Vorsitz;sbb-nord;" + begins + ";\n")
                .body());
        assertThat(page.select(".figures strong").eachText()).containsExactly("0", "1", "0");
    }

    /** The members of Nord from seat to seat, for a new term. */
    private String list(int first, int last) {
        return HEAD
                + IntStream.rangeClosed(first, last)
                        .mapToObj(seat -> Town.councillor("nord", seat) + "@motette.example;egal;Mitglied;sbb-nord;"
                                + begins + ";" + begins.plusYears(5) + "\n")
                        .collect(Collectors.joining());
    }

    private String newcomers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "Neu-" + i + "@neu.example;Neue Nachbarin " + i + ";Mitglied;Stadtbezirksbeirat Nord;"
                        + begins + ";" + begins.plusYears(5) + "\n")
                .collect(Collectors.joining());
    }

    private Browser admin() {
        return browser().signIn(Town.administrator());
    }

    private static HttpResponse<String> preview(Browser browser, String list) {
        return browser.postParts(
                "/people/terms/preview", Map.of("csrf", browser.token(), "list", list, "reason", "Wahl der Probe"));
    }

    private static HttpResponse<String> takeOver(Browser browser, Document page) {
        return browser.submit(page, "/people/terms", Map.of());
    }

    private String members(String moment) {
        return town.ask(
                "select count(*) from acting_roles(" + moment + ") where name = 'councillor' and scope = 'sbb-nord'");
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }
}
