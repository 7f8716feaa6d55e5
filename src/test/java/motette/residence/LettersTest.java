package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PdfUa;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From ordering a letter to typing its code, and everything that can go wrong between. */
@MicronautTest(transactional = false)
class LettersTest extends PortalTest {

    private static final Pattern CODE =
            Pattern.compile("[" + Code.ALPHABET + "]{4} [" + Code.ALPHABET + "]{4} [" + Code.ALPHABET + "]{4}");

    @Inject
    Residences residences;

    @Inject
    Letters letters;

    @Inject
    ResidenceForgetting forgetting;

    @Inject
    EveryTable everyTable;

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
        waiting.change("update residence_rules set by_letter = true");
    }

    @Test
    void a_person_orders_a_letter_the_office_prints_it_and_the_code_shows_where_they_live() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        assertThat(person.page("/residence").text()).contains("Mein Brief", "Bestellt am");
        var pdf = print();
        assertThat(person.page("/residence").text()).contains("Unterwegs seit dem");
        var code = codes(pdf).getFirst();
        var answer = redeem(person, code.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
        assertThat(person.follow(answer).text()).contains("Geschafft", "Sie wohnen in Volkmarsdorf", "mit einem Brief");
        assertThat(residences
                        .of(residents.id(Town.resident(1)))
                        .proof()
                        .orElseThrow()
                        .way())
                .isEqualTo(Way.LETTER);
        var again = redeem(person, code);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("kein Brief mit einem gültigen Code");
    }

    @Test
    void a_character_that_no_letter_can_hold_spoils_no_batch() throws IOException {
        order(browser().signIn(Town.resident(1)), 1, "care_of", "Hof\uFFFF 3");
        order(browser().signIn(Town.resident(2)), 2);
        try (var document = Loader.loadPDF(print())) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            assertThat(new PDFTextStripper().getText(document)).contains("bei Hof 3");
        }
    }

    @Test
    void the_letter_is_a_tagged_pdf_with_the_address_in_the_window_and_words_in_plain_language() throws IOException {
        order(browser().signIn(Town.resident(1)), 1, "care_of", "Żółć & Söhne");
        order(browser().signIn(Town.resident(2)), 2);
        try (var document = Loader.loadPDF(print())) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(595f, 596f);
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("de");
            assertThat(document.getDocumentInformation().getTitle()).startsWith("Briefe mit Codes");
            var text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("Testba Person", "bei Żółć & Söhne", "Prüfstraße 2", "04315 Leipzig")
                    .contains("In Leichter Sprache", "This letter carries a code", "/residence/code")
                    .contains("Niemand sonst kann den Code benutzen");
            assertThat(codes(document)).hasSize(2).doesNotHaveDuplicates();
            var line = position(document, "Testba Person");
            // DIN 5008 form B: the address zone begins 62.7 mm below the edge and ends at 90 mm, 25 mm from the left.
            assertThat(millimetres(line.getYDirAdj())).isBetween(63f, 90f);
            assertThat(millimetres(line.getXDirAdj())).isBetween(24f, 27f);
        }
    }

    /** PDF/UA-1 (ISO 14289-1): every content in a structure that says what it is, pictures with words, the language of each part. */
    @Test
    void a_screen_reader_is_told_headings_pictures_and_languages_of_the_letter() throws IOException {
        order(browser().signIn(Town.resident(1)), 1);
        try (var document = Loader.loadPDF(print())) {
            var catalog = document.getDocumentCatalog();
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .containsPattern("pdfuaid:part[>=\"']+1");
            var parts = new ArrayList<PDStructureElement>();
            collect(catalog.getStructureTreeRoot(), parts);
            var types = parts.stream()
                    .map(PDStructureElement::getStandardStructureType)
                    .toList();
            assertThat(types).containsSubsequence("H1", "P", "Figure", "P", "H2", "P", "H2", "P");
            // A table without headers would only say where words stand.
            assertThat(types).doesNotContain("Table", "TD");
            assertThat(parts.stream().filter(part -> part.getStructureType().equals("Figure")))
                    .isNotEmpty()
                    .allSatisfy(figure ->
                            assertThat(figure.getAlternateDescription()).isNotBlank());
            assertThat(parts).anySatisfy(part -> assertThat(part.getLanguage()).isEqualTo("en"));
        }
    }

    @Test
    void another_program_finds_nothing_in_the_letter_that_is_against_the_standard() throws Exception {
        order(browser().signIn(Town.resident(1)), 1);
        order(browser().signIn(Town.resident(2)), 2);
        PdfUa.keeps(print());
    }

    private static void collect(PDStructureNode node, List<PDStructureElement> into) {
        for (var kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                into.add(element);
                collect(element, into);
            }
        }
    }

    @Test
    void neither_code_nor_name_nor_address_stands_anywhere_in_the_database() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        assertThat(everyTable.dump()).doesNotContain("Testba").doesNotContain("Prüfstraße");
        var code = codes(print()).getFirst();
        redeem(person, code);
        var dump = everyTable.dump();
        assertThat(dump).contains("residence-letter:");
        for (var secret : List.of(code, code.replace(" ", ""), "Testba", "Prüfstraße", "1980-03-07")) {
            assertThat(dump).as(secret).doesNotContain(secret);
        }
    }

    @Test
    void the_file_exists_once_and_a_second_download_tells_the_way_out() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        var office = browser().signIn(Town.officer());
        var path = batch(office);
        var first = codes(download(office, path)).getFirst();
        var voided = office.submit(office.page(path), path + "/void", Map.of("reason", "Papierstau im Drucker"));
        assertThat(voided.statusCode()).isEqualTo(303);
        assertThat(office.post(path + "/print", Map.of("csrf", office.token())).statusCode())
                .isEqualTo(409);
        assertThat(redeem(person, first).body()).contains("kein Brief mit einem gültigen Code");
        var next = batch(office);
        var fresh = codes(download(office, next)).getFirst();
        assertThat(fresh).isNotEqualTo(first);
        var twice = office.post(next + "/print", Map.of("csrf", office.token()));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.body()).contains("schon heruntergeladen", next, "ungültig");
        assertThat(redeem(person, fresh).statusCode()).isEqualTo(303);
        assertThat(waiting.ask("select reason from audit_entries where deed = 'residence.batch-void' order by id desc"
                        + " limit 1"))
                .isEqualTo("Papierstau im Drucker");
    }

    @Test
    void many_who_download_at_once_get_one_file() throws Exception {
        order(browser().signIn(Town.resident(1)), 1);
        var office = browser().signIn(Town.officer());
        var path = batch(office);
        var token = office.token();
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<Integer>) () ->
                            office.post(path + "/print", Map.of("csrf", token)).statusCode())
                    .toList();
            var answers = new ArrayList<Integer>();
            for (var answer : pool.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
        }
    }

    @Test
    void addresses_are_gone_once_the_letters_are_posted_or_a_day_later() throws IOException {
        order(browser().signIn(Town.resident(1)), 1);
        var office = browser().signIn(Town.administrator());
        var path = batch(office);
        download(office, path);
        assertThat(addresses()).isEqualTo("1");
        office.submit(office.page(path), path + "/dispatch", Map.of());
        assertThat(addresses()).isEqualTo("0");
        assertThat(office.page(path).text()).contains("Die Adressen sind gelöscht");
        order(browser().signIn(Town.resident(2)), 2);
        download(office, batch(office));
        clock.turn(Duration.ofHours(23));
        forgetting.forget();
        assertThat(addresses()).isEqualTo("1");
        clock.turn(Duration.ofHours(2));
        forgetting.forget();
        assertThat(addresses()).isEqualTo("0");
        order(browser().signIn(Town.resident(3)), 3);
        clock.turn(Duration.ofDays(31));
        forgetting.forget();
        assertThat(addresses()).isEqualTo("0");
        assertThat(waiting.ask(
                        "select closed_as from residence_letters where person_id = " + residents.id(Town.resident(3))))
                .isEqualTo("unprinted");
    }

    @Test
    void a_batch_that_is_void_after_it_was_posted_lets_people_ask_anew_without_counting() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        var office = browser().signIn(Town.officer());
        var path = batch(office);
        download(office, path);
        office.submit(office.page(path), path + "/dispatch", Map.of());
        var nothing = office.submit(office.page(path), path + "/void", Map.of("reason", " "));
        assertThat(nothing.statusCode()).isEqualTo(422);
        office.submit(office.page(path), path + "/void", Map.of("reason", "Sendung verloren"));
        assertThat(waiting.ask("select closed_as from residence_letters")).isEqualTo("void");
        for (int i = 0; i < 3; i++) {
            order(person, 1);
            person.submit(person.page("/residence"), "/residence/letter/withdrawal", Map.of());
        }
        var refused = person.get("/residence/letter");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("schon 3 Briefe", "Andere Wege ansehen");
    }

    @Test
    void a_code_ends_after_its_days_and_is_forgotten() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        var code = codes(print()).getFirst();
        clock.turn(Duration.ofDays(28).plusSeconds(5));
        person.signIn(Town.resident(1));
        assertThat(redeem(person, code).body()).contains("kein Brief mit einem gültigen Code");
        assertThat(person.page("/residence").text()).contains("gilt nicht mehr");
        forgetting.forget();
        assertThat(waiting.ask("select count(code_hash) || ' ' || count(birth_hash) from residence_letters"))
                .isEqualTo("0 0");
    }

    @Test
    void opening_the_address_of_the_qr_code_uses_nothing_up_and_the_code_works_for_nobody_else() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        var code = codes(print()).getFirst();
        assertThat(browser().page("/residence/code").text()).contains("Bitte melden Sie sich zuerst an");
        person.page("/residence/code");
        person.page("/residence/code?code=" + code.replace(" ", ""));
        var other = browser().signIn(Town.resident(2));
        assertThat(redeem(other, code).body()).contains("kein Brief mit einem gültigen Code");
        order(other, 2);
        print();
        assertThat(redeem(other, code).statusCode()).isEqualTo(422);
        assertThat(redeem(person, code).statusCode()).isEqualTo(303);
    }

    @Test
    void a_typing_error_is_told_apart_from_a_wrong_code_and_does_not_count() throws IOException {
        var person = browser().signIn(Town.resident(1));
        order(person, 1);
        var code = codes(print()).getFirst();
        var typo = (code.charAt(0) == '2' ? '3' : '2') + code.substring(1);
        for (int i = 0; i < 20; i++) {
            var answer = redeem(person, typo);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("Tippfehler", typo);
        }
        assertThat(waiting.ask("select count(*) from residence_tries")).isEqualTo("0");
        assertThat(redeem(person, code).statusCode()).isEqualTo(303);
    }

    @Test
    void ten_thousand_wrong_codes_get_nowhere_and_lock_out_nobody_else() throws Exception {
        var guesser = residents.id(Town.resident(1));
        order(browser().signIn(Town.resident(1)), 1);
        var neighbour = browser().signIn(Town.resident(2));
        order(neighbour, 2);
        var both = codes(print());
        var wrong = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            wrong.add(Code.of("%11s".formatted(Integer.toString(i, 8)).replaceAll("[01 ]", "9"))
                    .signs());
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = wrong.stream()
                    .map(code -> (Callable<Letters.Redemption>) () -> letters.redeem(guesser, code))
                    .toList();
            int told = 0;
            for (var answer : pool.invokeAll(tasks)) {
                if (answer.get() instanceof Letters.Redemption.Wrong) {
                    told++;
                }
            }
            assertThat(told).as("codes that were compared at all").isEqualTo(10);
        }
        assertThat(waiting.ask("select count(*) from residence_proofs")).isEqualTo("0");
        assertThat(redeem(neighbour, both.get(1)).statusCode()).isEqualTo(303);
        var person = browser().signIn(Town.resident(1));
        assertThat(redeem(person, both.get(0)).body()).contains("morgen wieder");
        clock.turn(Duration.ofDays(1).plusSeconds(1));
        assertThat(redeem(browser().signIn(Town.resident(1)), both.get(0)).statusCode())
                .isEqualTo(303);
    }

    @Test
    void of_twenty_who_redeem_at_once_one_code_makes_one_proof() throws Exception {
        long person = residents.id(Town.resident(1));
        order(browser().signIn(Town.resident(1)), 1);
        var code = codes(print()).getFirst();
        try (var pool = Executors.newFixedThreadPool(20)) {
            var tasks = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<Letters.Redemption>) () -> letters.redeem(person, code))
                    .toList();
            int shown = 0;
            for (var answer : pool.invokeAll(tasks)) {
                if (answer.get() instanceof Letters.Redemption.Done done && done.outcome() instanceof Outcome.Shown) {
                    shown++;
                }
            }
            assertThat(shown).isEqualTo(1);
        }
        assertThat(waiting.ask("select count(*) from residence_proofs")).isEqualTo("1");
    }

    @Test
    void a_second_letter_to_the_same_name_and_address_waits_for_staff() throws IOException {
        order(browser().signIn(Town.resident(1)), 1);
        var second = browser().signIn(Town.resident(2));
        order(second, 1, "born", "8.4.1979");
        assertThat(second.page("/residence").text()).contains("so lange wartet Ihr Brief");
        var office = browser().signIn(Town.officer());
        assertThat(office.page("/residence/letters").text()).contains("Ein Brief wartet auf den Druck");
        var number = waiting.ask("select max(id) from residence_cases");
        var path = "/residence/cases/" + number;
        office.submit(
                office.page(path),
                path + "/decision",
                Map.of("decision", "both", "reason", "Vater und Sohn, beide hier"));
        var codes = codes(print());
        assertThat(codes).hasSize(2);
        assertThat(redeem(browser().signIn(Town.resident(1)), codes.get(0)).statusCode())
                .isEqualTo(303);
        assertThat(second.follow(redeem(second, codes.get(1))).text()).contains("Sie wohnen in");
    }

    @Test
    void who_has_a_proof_at_that_name_and_address_is_asked_about_before_a_letter_goes_out() {
        residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1));
        var second = browser().signIn(Town.resident(2));
        order(second, 1);
        var office = browser().signIn(Town.officer());
        var path = "/residence/cases/" + waiting.ask("select max(id) from residence_cases");
        office.submit(
                office.page(path),
                path + "/decision",
                Map.of("decision", "first", "reason", "Zwei Konten, eine Person"));
        assertThat(waiting.ask("select closed_as from residence_letters")).isEqualTo("case");
        assertThat(addresses()).isEqualTo("0");
    }

    @Test
    void what_is_missing_or_does_not_fit_comes_back_with_what_was_typed() {
        var person = browser().signIn(Town.resident(1));
        var page = person.page("/residence/letter");
        var nothing = person.submit(page, "/residence/letter", Map.of());
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body())
                .contains(
                        "Vornamen ein",
                        "Familiennamen ein",
                        "Geburtsdatum ein",
                        "Straße und Hausnummer",
                        "fünf Ziffern");
        Map.of(
                        "street", "Ohne Nummer",
                        "postcode", "10115",
                        "quarter", "62",
                        "born", "31.2.1980")
                .forEach((field, value) -> {
                    var answer = person.submit(page, "/residence/letter", Residents.form(1, field, value));
                    assertThat(answer.statusCode()).as(field).isEqualTo(422);
                    assertThat(answer.body()).contains("id=\"" + field + "-error\"", "Testba");
                });
        assertThat(person.submit(page, "/residence/letter", Residents.form(1, "born", "1.1.2999"))
                        .body())
                .contains("kann nicht stimmen");
        assertThat(waiting.ask("select count(*) from residence_letters")).isEqualTo("0");
    }

    @Test
    void the_way_can_be_closed_by_the_city() {
        waiting.change("update residence_rules set by_letter = false");
        var person = browser().signIn(Town.resident(1));
        assertThat(person.page("/residence").select("a[href=/residence/letter]"))
                .isEmpty();
        assertThat(person.get("/residence/letter").body()).contains("zurzeit nicht offen");
    }

    @Test
    void strangers_do_not_get_near_the_letters() {
        for (var stranger : List.of(Town.resident(1), Town.coordinator("ost"), Town.chair("ost"), Town.auditor())) {
            var browser = browser().signIn(stranger);
            assertThat(browser.get("/residence/letters").statusCode())
                    .as(stranger)
                    .isEqualTo(403);
            assertThat(browser.post("/residence/letters/batches", Map.of("csrf", browser.token()))
                            .statusCode())
                    .as(stranger)
                    .isEqualTo(403);
        }
        var late = browser().signIn(Town.officer());
        waiting.change("update roles set to_date = current_date - 1 where name = 'officer'");
        var answer = late.get("/residence/letters");
        waiting.change("update roles set to_date = null where name = 'officer'");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("zu Ende gegangen");
        assertThat(browser()
                        .signIn(Town.officer())
                        .get("/residence/letters/batches/999999")
                        .statusCode())
                .isEqualTo(404);
    }

    private void order(Browser person, int number, String... other) {
        var form = other.length == 0 ? Residents.form(number) : Residents.form(number, other[0], other[1]);
        var answer = person.submit(person.page("/residence/letter"), "/residence/letter", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private static HttpResponse<String> redeem(Browser person, String code) {
        return person.submit(person.page("/residence/code"), "/residence/code", Map.of("code", code));
    }

    private byte[] print() {
        var office = browser().signIn(Town.officer());
        return download(office, batch(office));
    }

    static String batch(Browser office) {
        return Browser.location(
                office.submit(office.page("/residence/letters"), "/residence/letters/batches", Map.of()));
    }

    static byte[] download(Browser office, String path) {
        var token = office.page(path).select("[name=csrf]").attr("value");
        var answer = office.sendForBytes(HttpRequest.newBuilder(office.home().resolve(path + "/print"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + token))
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(new String(answer.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        return answer.body();
    }

    private String addresses() {
        return waiting.ask("select count(address_sealed) from residence_letters");
    }

    static List<String> codes(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return codes(document);
        }
    }

    private static List<String> codes(PDDocument document) throws IOException {
        return CODE.matcher(new PDFTextStripper().getText(document))
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static TextPosition position(PDDocument document, String text) throws IOException {
        var found = new ArrayList<TextPosition>();
        new PDFTextStripper() {
            @Override
            protected void writeString(String line, List<TextPosition> positions) {
                if (line.strip().equals(text) && found.isEmpty()) {
                    found.add(positions.getFirst());
                }
            }
        }.getText(document);
        return found.getFirst();
    }

    private static float millimetres(float points) {
        return points / 72 * 25.4f;
    }

    /** Every value of every column of every table, as text and, of bytes, as what they would be as text. */
    @Singleton
    static class EveryTable {

        private final JdbcOperations jdbc;

        EveryTable(JdbcOperations jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional(readOnly = true)
        public String dump() {
            var dump = new StringBuilder();
            for (var table : tables()) {
                jdbc.prepareStatement("select * from " + table, statement -> {
                    try (var rows = statement.executeQuery()) {
                        int columns = rows.getMetaData().getColumnCount();
                        while (rows.next()) {
                            for (int i = 1; i <= columns; i++) {
                                dump.append(rows.getString(i)).append('\n');
                                if (rows.getObject(i) instanceof byte[] bytes) {
                                    dump.append(new String(bytes, StandardCharsets.UTF_8))
                                            .append('\n');
                                }
                            }
                        }
                        return true;
                    }
                });
            }
            return dump.toString();
        }

        private List<String> tables() {
            return jdbc.prepareStatement(
                    "select tablename from pg_tables where schemaname = 'public' order by 1", statement -> {
                        var tables = new ArrayList<String>();
                        try (var rows = statement.executeQuery()) {
                            while (rows.next()) {
                                tables.add(rows.getString(1));
                            }
                        }
                        return tables;
                    });
        }
    }
}
