package motette.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import motette.PortalTest;
import motette.shared.Languages;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;

/** The register knows every column of the database, and every word it needs is there. */
@MicronautTest(transactional = false)
class PersonalColumnsTest extends PortalTest {

    @Inject
    Register register;

    @Inject
    Texts texts;

    @Inject
    Sql sql;

    @Test
    void every_column_stands_in_the_register_as_personal_or_as_not() {
        var unknown = sql.columns().stream()
                .filter(column -> !register.knows(column.get(0), column.get(1)))
                .map(column -> "  - %s.%s (%s)".formatted(column.get(0), column.get(1), column.get(2)))
                .collect(Collectors.joining("\n"));
        assertThat(unknown).as("""
            Say in src/main/resources/privacy/register.yml what these columns are. Personal: a holding, as
              - table: <table>
                kind: <one of kinds>
                rows: person_id = :person
                columns: [<column>]
                erase: delete
            Not personal: under not-personal, as a whole table or as
              columns:
                <table>: [<column>]\
            """).isEmpty();
    }

    @Test
    void the_register_names_nothing_that_is_not_there() {
        var there = sql.columns().stream()
                .map(column -> column.get(0) + "." + column.get(1))
                .collect(Collectors.toSet());
        var named = register.holdings().stream()
                .flatMap(holding -> holding.all().stream().map(column -> holding.table() + "." + column))
                .toList();
        assertThat(there).containsAll(named);
        assertThat(sql.columns().stream().map(List::getFirst).collect(Collectors.toSet()))
                .containsAll(register.tables());
    }

    @Test
    void no_table_is_personal_and_not() {
        var personal = register.holdings().stream().map(Holding::table).collect(Collectors.toSet());
        for (var table : personal) {
            assertThat(register.knows(table, "no such column"))
                    .as("%s stands under not-personal and has a holding", table)
                    .isFalse();
        }
    }

    /** Otherwise an erasure would stop at a foreign key. */
    @Test
    void rows_that_go_stand_before_the_rows_they_refer_to() {
        var order = register.holdings().stream().map(Holding::table).toList();
        for (var key : sql.rows("select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
                + " where contype = 'f' and conrelid <> confrelid and confdeltype not in ('c', 'n')")) {
            var parent = order.lastIndexOf(key.get(1));
            if (register.holdings().stream()
                    .anyMatch(holding -> holding.table().equals(key.get(1)) && holding.erasure() == Change.DELETE)) {
                assertThat(order.indexOf(key.get(0)))
                        .as("%s refers to %s, whose rows are deleted", key.get(0), key.get(1))
                        .isLessThan(parent);
            }
        }
    }

    /** What refers to a person and can be personal data stands with a rule that finds it. */
    @Test
    void every_number_of_a_person_is_looked_for() {
        for (var key : sql.rows("select c.conrelid::regclass::text, a.attname from pg_constraint c join pg_attribute a"
                + " on a.attrelid = c.conrelid and a.attnum = any (c.conkey) where c.contype = 'f' and"
                + " c.confrelid = 'persons'::regclass")) {
            assertThat(register.holdings())
                    .as("No holding of %s looks for %s = :person", key.get(0), key.get(1))
                    .anyMatch(holding ->
                            holding.table().equals(key.get(0)) && holding.rows().contains(key.get(1) + " = :person"));
        }
    }

    @Test
    void whatever_people_read_has_words_in_every_language() {
        var keys = new ArrayList<String>();
        for (var kind : register.kinds()) {
            var key = "privacy.kind." + kind.key();
            keys.addAll(List.of(key, key + ".what", key + ".long", "privacy.basis." + kind.basis()));
        }
        register.retention().forEach(rule -> keys.add("privacy.rule." + rule.key()));
        register.holdings().stream()
                .filter(holding -> holding.erasure() == Change.KEEP)
                .forEach(holding -> keys.add("privacy.keep." + holding.why()));
        for (var holding : register.holdings()) {
            for (var column : holding.columns()) {
                var word = column.replace('_', '-');
                var own = "privacy.column." + holding.table().replace('_', '-') + "." + word;
                keys.add(texts.has(own) ? own : "privacy.column." + word);
            }
        }
        for (Locale language : Languages.ALL) {
            assertThat(keys)
                    .as(Languages.tag(language))
                    .allSatisfy(key -> assertThat(texts.find(language, key, "x", "y"))
                            .as(key)
                            .isPresent());
        }
    }
}
