package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.util.Set;
import motette.PortalTest;
import org.junit.jupiter.api.Test;

/** Keys follow one another without a break that nobody sees. */
@MicronautTest(transactional = false)
class KeysTest extends PortalTest {

    @Inject
    Audit audit;

    @Inject
    Blocks blocks;

    @Inject
    Export export;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    ApplicationContext context;

    @Test
    void a_key_announces_the_next_and_a_lost_one_is_missed_by_who_checks() throws IOException {
        var first = SigningKey.fresh();
        var second = SigningKey.fresh();
        var third = SigningKey.fresh();
        var old = new SigningKeys(first, "", false);
        start(old);
        record();
        assertThat(seal(old)).isPositive();

        var unannounced = new SigningKeys(second, "", false);
        assertThatThrownBy(() -> start(unannounced))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MOTETTE_AUDIT_PREVIOUS_KEY");
        record();
        assertThat(blocks.seal(unannounced.current().orElseThrow(), unannounced).turn())
                .isEqualTo(Turn.STRANGER);

        var rotated = new SigningKeys(second, first, false);
        start(rotated);
        assertThat(blocks.seal(rotated.current().orElseThrow(), rotated).turn()).isEqualTo(Turn.HANDS_OVER);
        var announcing = last();
        assertThat(announcing.key()).isEqualTo(id(first));
        assertThat(announcing.next()).isEqualTo(id(second));
        record();
        assertThat(blocks.seal(old.current().orElseThrow(), old).turn())
                .as("a copy that still has the old key leaves it to the others")
                .isEqualTo(Turn.SUCCEEDED);
        assertThatThrownBy(() -> start(old))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("succeeded");
        assertThat(seal(rotated)).isPositive();
        assertThat(last().key()).isEqualTo(id(second));
        assertThat(seal(rotated)).as("hands over once").isZero();
        start(new SigningKeys(second, "", false));
        assertThat(verify(Set.of()).intact()).isTrue();
        assertThat(verify(Set.of(id(first))).intact()).isTrue();

        var lost = new SigningKeys(third, "", true);
        start(lost);
        record();
        assertThat(seal(lost)).isPositive();
        assertThat(verify(Set.of()).sentence())
                .contains("Block " + last().number() + " is signed with the key " + id(third), "give it with --key");
        assertThat(verify(Set.of(id(first), id(third))).intact()).isTrue();
        assertThat(blocks.keys())
                .extracting(dated -> dated.key().id())
                .containsExactly(id(first), id(second), id(third));
    }

    @Test
    void a_key_that_is_none_is_named_by_its_variable() {
        assertThatThrownBy(() -> new SigningKeys("changeme", "", false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MOTETTE_AUDIT_KEY is no Ed25519 key")
                .hasMessageNotContaining("changeme");
        assertThatThrownBy(() -> new SigningKeys("", "00".repeat(32), false))
                .hasMessageContaining("MOTETTE_AUDIT_PREVIOUS_KEY is no random key");
    }

    private void start(SigningKeys keys) {
        new Sealing(keys, blocks).onApplicationEvent(new StartupEvent(context));
    }

    private long seal(SigningKeys keys) {
        return blocks.seal(keys.current().orElseThrow(), keys).number();
    }

    private Block last() {
        return blocks.newest(Long.MAX_VALUE, 1).getFirst();
    }

    private void record() {
        transactions.executeWrite(status -> {
            audit.record(5, "test.keys", "test:1", "");
            return "";
        });
    }

    private Verification.Verdict verify(Set<String> pinned) throws IOException {
        try (var in = export.publicPart().getInputStream()) {
            return Verification.of(in, pinned);
        }
    }

    private static String id(String key) {
        return SigningKey.of(key).published().id();
    }
}
