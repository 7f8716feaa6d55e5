package motette.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import motette.PortalTest;
import motette.shared.Languages;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** Nobody reads a code of ours under "Meine Daten". */
@MicronautTest(transactional = false)
class DataWordsTest extends PortalTest {

    private static final Pattern CODE = Pattern.compile("'([^']+)'::text");

    private static final Pattern RECORDED =
            Pattern.compile("(?:Deed\\.of\\(|audit\\.record\\([^\";]*?)\\s*\"([a-z-]+\\.[a-z.-]*[a-z])\"");

    @Inject
    Register register;

    @Inject
    DataWords words;

    @Inject
    Sql sql;

    @Test
    void every_code_that_the_database_allows_has_words_in_every_language() {
        // Codes are English, so that an English word may be its own code: "substantial".
        var checked = sql.rows(
                "select t.relname, a.attname, pg_get_constraintdef(c.oid) from pg_constraint c join pg_class t on"
                    + " t.oid = c.conrelid join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1] where"
                    + " c.contype = 'c' and cardinality(c.conkey) = 1 and pg_get_constraintdef(c.oid) like '%ANY"
                    + " (ARRAY[%'");
        var read = checked.stream()
                .filter(row -> register.holdings().stream()
                        .anyMatch(holding -> holding.table().equals(row.get(0))
                                && holding.columns().contains(row.get(1))))
                .toList();
        assertThat(read).hasSizeGreaterThan(8);
        for (var locale : Languages.ALL.stream()
                .filter(locale -> !locale.equals(Locale.ENGLISH))
                .toList()) {
            for (var row : read) {
                assertThat(CODE.matcher(row.get(2)).results().map(code -> code.group(1)))
                        .as("%s.%s in %s", row.get(0), row.get(1), Languages.tag(locale))
                        .isNotEmpty()
                        .allSatisfy(code -> assertThat(words.value(row.get(0), row.get(1), code, locale))
                                .isNotBlank()
                                .isNotEqualTo(code));
            }
        }
    }

    @Test
    void keys_become_names() {
        assertThat(words.value("persons", "home_quarter", "02", Locale.GERMAN)).isEqualTo("Zentrum-Südost");
        assertThat(words.value("roles", "scope", "sbb-ost", Locale.GERMAN)).isEqualTo("Stadtbezirksbeirat Ost");
        assertThat(words.value("audit_entries", "office", "chair:sbb-ost", Locale.GERMAN))
                .isEqualTo("Vorsitz, Stadtbezirksbeirat Ost");
        assertThat(words.value("persons", "language", "uk", Locale.GERMAN)).isEqualTo("Українська");
        assertThat(words.value("audit_entries", "subject", "idea:12", Locale.GERMAN))
                .isEqualTo("Idee 12");
        assertThat(words.value("audit_entries", "subject", "passkey:12", Locale.GERMAN))
                .isEmpty();
        assertThat(words.value("vote_roll", "age_group", "14-17", Locale.GERMAN))
                .isEqualTo("14 bis 17 Jahre");
        assertThat(words.value("personal_reads", "why", "people", Locale.GERMAN))
                .contains("Menschen und Aufgaben");
    }

    @Test
    void what_was_typed_is_told_by_the_names_of_its_fields() {
        assertThat(words.value(
                                "idea_drafts",
                                "fields",
                                Map.of("quarter", "02", "exact", "true", "title", "Bänke", "cost", ""),
                                Locale.GERMAN)
                        .split("\n"))
                .containsExactlyInAnyOrder("Ortsteil: Zentrum-Südost", "Genauer Ort: ja", "Titel: Bänke");
        assertThat(words.value("idea_versions", "said", Map.of("target_groups", List.of()), Locale.GERMAN))
                .isEmpty();
    }

    @Test
    void every_deed_that_a_class_records_has_words() throws IOException {
        var recorded = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                RECORDED.matcher(Files.readString(file)).results().forEach(deed -> recorded.add(deed.group(1)));
            }
        }
        assertThat(recorded)
                .hasSizeGreaterThan(60)
                .allSatisfy(deed -> assertThat(words.value("audit_entries", "deed", deed, Locale.GERMAN))
                        .isNotEqualTo(deed));
    }

    @Test
    void nobody_reads_a_code_or_a_timestamp() {
        for (var person : List.of(Town.resident(), Town.coordinator("ost"), Town.chair("ost"), Town.administrator())) {
            var page = browser().signIn(person).page("/me/data");
            assertThat(page.select("dd").eachText())
                    .as(person)
                    .noneMatch(told -> told.matches("[a-z-]+[.:][a-z0-9.-]+|true|false|\\d{4}-\\d\\d-\\d\\dT.*"));
        }
    }
}
