package motette.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import motette.PortalTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class PlacesImportTest extends PortalTest {

    @Inject
    PlacesImport places;

    @Inject
    CityPack pack;

    @Inject
    TransactionOperations<Connection> transactions;

    @Test
    void what_the_pack_no_longer_names_is_taken_out_and_what_was_lost_comes_back() {
        var areas = rows("select area_key || ' ' || quarter_key from area_quarters order by 1");
        var communities = rows("select community_key || ' ' || quarter_key from community_quarters order by 1");
        assertThat(areas).isNotEmpty();
        assertThat(communities).isNotEmpty();
        run("insert into area_quarters select a.key, q.key from areas a, quarters q on conflict do nothing");
        run("insert into community_quarters select c.key, q.key from communities c, quarters q on conflict do nothing");
        run("delete from area_quarters where area_key || ' ' || quarter_key = '" + areas.getFirst() + "'");
        transactions.executeWrite(status -> {
            places.importFrom(pack);
            return true;
        });
        assertThat(rows("select area_key || ' ' || quarter_key from area_quarters order by 1"))
                .isEqualTo(areas);
        assertThat(rows("select community_key || ' ' || quarter_key from community_quarters order by 1"))
                .isEqualTo(communities);
    }

    @Test
    void a_pack_that_lost_a_key_is_refused_with_its_name_and_changes_nothing() {
        var other = new CityPack(pack.key(), JsonMapper.createDefault()) {
            @Override
            public byte[] bytes(String file) {
                return file.equals("quarters.json")
                        ? new String(super.bytes(file), StandardCharsets.UTF_8)
                                .replace("\"75\"", "\"175\"")
                                .getBytes(StandardCharsets.UTF_8)
                        : super.bytes(file);
            }
        };
        assertThatThrownBy(() -> transactions.executeWrite(status -> {
                    places.importFrom(other);
                    return true;
                }))
                .hasStackTraceContaining("The file quarters.json of the city pack 'leipzig' no longer names '75'");
        assertThat(rows("select key from quarters where key in ('75', '175')")).containsExactly("75");
    }

    @ParameterizedTest
    @ValueSource(strings = {"areas.json", "demo/ideas.json"})
    void a_change_in_any_file_is_a_new_pack(String changed) {
        var other = new CityPack(pack.key(), JsonMapper.createDefault()) {
            @Override
            public byte[] bytes(String file) {
                return file.equals(changed) ? "{}".getBytes(StandardCharsets.UTF_8) : super.bytes(file);
            }
        };
        assertThat(other.hash()).isNotEqualTo(pack.hash());
    }

    private void run(String sql) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private List<String> rows(String sql) {
        return transactions.executeRead(status -> {
            try (var statement = status.getConnection().createStatement();
                    var row = statement.executeQuery(sql)) {
                var found = new ArrayList<String>();
                while (row.next()) {
                    found.add(row.getString(1));
                }
                return found;
            }
        });
    }
}
