package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the public reads of the log, what it does not, and who gets the rest. */
@MicronautTest(transactional = false)
class AuditPagesTest extends PortalTest {

    private static final String EVIL = "<script>alert(1)</script> „Grund“ & \"mehr\"";

    @Inject
    Audit audit;

    @Inject
    Sealing sealing;

    @Inject
    PublicDeeds deeds;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Queries queries;

    @Inject
    Texts texts;

    private long chair;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        properties.put("motette.audit.key", SigningKey.fresh());
        properties.put("motette.audit.every", "1h");
        return properties;
    }

    @BeforeAll
    void act() {
        chair = number("select id from persons where demo_key = '" + Town.chair("ost") + "'");
        record(Deed.of("council.resolution", "idea:1")
                .by(chair, "chair:sbb-ost")
                .because(EVIL)
                .with("result", "granted")
                .with("cents", 200_000));
        record(Deed.of("idea.decline", "idea:999999")
                .by(chair, "coordinator:coordinator-ost-suedost")
                .because("unclear"));
        record(Deed.of("person.renaming", "person:" + chair).by(chair, ""));
        record(Deed.of("person.secret", "person:" + chair).by(chair, "").because("nicht für alle"));
        record(Deed.of("idea.reversal", "idea:2").by(chair, "inspector:nowhere"));
        sealing.seal();
    }

    @Test
    void a_deed_stands_there_in_a_sentence_with_its_office_and_reason_and_without_a_name() {
        var page = browser().page("/audit?subject=1");
        var line = page.expectFirst("tbody tr:contains(Beschluss)");
        assertThat(line.text())
                .contains("Beschluss: 2.000 € bewilligt", "Vorsitz: Stadtbezirksbeirat Ost", EVIL, "Block 1");
        assertThat(line.select("a[href=/ideas/1]").text()).isNotBlank();
        assertThat(page.select("tbody script")).isEmpty();
        assertThat(browser().get("/audit?subject=1").body())
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
        assertThat(browser().page("/audit?subject=1&lang=en").text()).contains("Resolution: €2,000 granted");
    }

    @Test
    void an_idea_that_is_not_public_is_called_by_its_number_and_a_keyed_reason_is_said_in_words() {
        var line = browser().page("/audit?kind=moderation&subject=999999").expectFirst("tbody tr");
        assertThat(line.text())
                .contains(
                        "Idee nicht angenommen",
                        "Idee 999999",
                        "Noch nicht verständlich",
                        "Koordination Ost und Südost");
        assertThat(line.select("a[href^=/ideas]")).isEmpty();
    }

    @Test
    void an_unknown_office_is_no_fault_and_what_is_not_public_does_not_stand_there() {
        assertThat(browser().page("/audit?subject=2").text()).contains("Im Auftrag der Stadt");
        var whole = all();
        assertThat(whole)
                .contains("Budget mit", "Automatisch nach den Regeln")
                .doesNotContain("person", "nicht für alle", "renaming", "Demo-");
        assertThat(browser().page("/audit?subject=person:" + chair).select("tbody tr"))
                .isEmpty();
        assertThat(browser()
                        .page("/audit?subject=x%27%3Bdrop%20table--&kind=nonsense&before=-1")
                        .select(".empty"))
                .hasSize(1);
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest_without_a_gap() {
        var page = browser().page("/audit?kind=money");
        int lines = page.select("tbody tr").size();
        for (var next = older(page); next != null; next = older(page)) {
            page = browser().page(next);
            lines += page.select("tbody tr").size();
            assertThat(next).contains("kind=money");
        }
        assertThat(lines).isGreaterThan(30).isEqualTo((int)
                number("select count(*) from audit_entries where deed = 'budget.opening'"));
    }

    @Test
    void the_page_asks_as_often_for_many_deeds_as_for_few() {
        var few = asked("/audit?subject=1");
        var many = asked("/audit");
        assertThat(few).isLessThanOrEqualTo(3);
        assertThat(many).isLessThanOrEqualTo(3);
        assertThat(asked("/audit/blocks")).isEqualTo(2);
    }

    @Test
    void every_public_deed_has_its_sentence_kind_and_office_in_every_language() {
        assertThat(deeds.names("")).isNotEmpty().allSatisfy(name -> {
            var deed = deeds.find(name).orElseThrow();
            for (Locale language : Languages.ALL) {
                assertThat(texts.find(language, "audit.deed." + name)).as(name).isPresent();
                assertThat(texts.find(language, "audit.kind." + deed.kind()))
                        .as(name)
                        .isPresent();
                assertThat(texts.find(language, "audit.by." + deed.office()))
                        .as(name)
                        .isPresent();
            }
        });
    }

    @Test
    void the_public_export_is_intact_and_holds_nothing_of_what_is_not_public() throws IOException {
        var answer = browser().get("/audit/export.ndjson");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("motette-audit-public-");
        assertThat(answer.body())
                .contains("council.resolution", "2.000".replace(".", ""))
                .doesNotContain("person", "renaming", "nicht für alle", "salt");
        var verdict = verify(answer.body());
        assertThat(verdict.intact()).as(verdict.sentence()).isTrue();
        assertThat(verdict.sentence()).contains("only as a hash");
        assertThat(answer.body()
                        .lines()
                        .filter(line -> line.startsWith("{\"row\""))
                        .count())
                .isEqualTo(number("select count(*) from audit_seals"));
    }

    @Test
    void the_whole_export_is_for_auditors_with_a_running_term_and_taking_it_is_recorded() throws IOException {
        long before = exports();
        for (var person : new String[] {Town.resident(), Town.chair("ost"), Town.administrator(), Town.officer()}) {
            var browser = browser().signIn(person);
            assertThat(browser.page("/audit").select("form[action=/audit/full.ndjson]"))
                    .isEmpty();
            assertThat(browser.post("/audit/full.ndjson", Map.of("csrf", browser.token()))
                            .statusCode())
                    .as(person)
                    .isEqualTo(403);
        }
        assertThat(exports()).isEqualTo(before);
        var auditor = browser().signIn(Town.auditor());
        var answer = auditor.submit(auditor.page("/audit"), "/audit/full.ndjson", Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("person.renaming", "nicht für alle", "\"person\":" + chair);
        var verdict = verify(answer.body());
        assertThat(verdict.intact()).as(verdict.sentence()).isTrue();
        assertThat(verdict.sentence()).doesNotContain("only as a hash");
        assertThat(exports()).isEqualTo(before + 1);
        assertThat(browser().page("/audit?kind=control").text()).contains("Ganzes Protokoll", "Rechnungsprüfung");

        run("update roles set to_date = current_date - 1, from_date = current_date - 9 where name = 'auditor'");
        try {
            assertThat(auditor.post("/audit/full.ndjson", Map.of("csrf", auditor.token()))
                            .statusCode())
                    .as("the term is over, the token still says auditor")
                    .isEqualTo(403);
            assertThat(exports()).isEqualTo(before + 1);
        } finally {
            run("update roles set to_date = null where name = 'auditor'");
        }
    }

    @Test
    void each_block_is_told_with_what_is_needed_to_check_it() {
        var page = browser().page("/audit/blocks");
        assertThat(page.select("pre").text()).contains("java -jar motette.jar verify", "--key ");
        var block = page.expectFirst("li.panel");
        assertThat(block.select("dd.code").eachText())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(text -> text.matches("[0-9a-f]{64}|[0-9a-f]{128}"));
        assertThat(browser().page("/").select("footer a[href=/audit]")).hasSize(1);
    }

    private static @org.jspecify.annotations.Nullable String older(Document page) {
        var link = page.selectFirst("a[rel=next]");
        return link == null ? null : link.attr("href");
    }

    private String all() {
        var text = new StringBuilder();
        var page = browser().page("/audit");
        text.append(page.select("table").html());
        for (var next = older(page); next != null; next = older(page)) {
            page = browser().page(next);
            text.append(page.select("table").html());
        }
        return text.toString();
    }

    private int asked(String path) {
        Browser browser = browser();
        browser.page(path);
        return queries.during(() -> browser.page(path)).size();
    }

    private long exports() {
        return number("select count(*) from audit_entries where deed = 'audit.export'");
    }

    private static Verification.Verdict verify(String export) throws IOException {
        return Verification.of(new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), Set.of());
    }

    private void record(Deed deed) {
        transactions.executeWrite(status -> {
            audit.record(deed);
            return "";
        });
    }

    private void run(String sql) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private long number(String sql) {
        return transactions.executeRead(status -> {
            try (var statement = status.getConnection().createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
