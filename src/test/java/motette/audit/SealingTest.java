package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import motette.PortalTest;
import org.junit.jupiter.api.Test;

/** Every row that is committed is in exactly one block, whoever writes and seals at the same time. */
@MicronautTest(transactional = false)
class SealingTest extends PortalTest {

    private static final SigningKeys KEYS = new SigningKeys(SigningKey.fresh(), "", false);

    @Inject
    Audit audit;

    @Inject
    Blocks blocks;

    @Inject
    Export export;

    @Inject
    TransactionOperations<Connection> transactions;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("datasources.default.maximum-pool-size", "26");
        properties.put("datasources.default.connection-timeout", "60000");
        return properties;
    }

    @Test
    void each_committed_row_is_in_exactly_one_block_while_twenty_write_and_two_seal() throws Exception {
        var committed = new ConcurrentLinkedQueue<String>();
        var rolledBack = new ConcurrentLinkedQueue<String>();
        var writing = new AtomicBoolean(true);
        try (var pool = Executors.newFixedThreadPool(22)) {
            var sealers = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (int i = 0; i < 2; i++) {
                sealers.add(pool.submit(() -> {
                    int sealed = 0;
                    while (writing.get()) {
                        sealed += seal(KEYS) > 0 ? 1 : 0;
                    }
                    return sealed;
                }));
            }
            var writers = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 20; i++) {
                int writer = i;
                writers.add(() -> {
                    write(writer, committed, rolledBack);
                    return null;
                });
            }
            for (var done : pool.invokeAll(writers)) {
                done.get();
            }
            writing.set(false);
            int sealed = 0;
            for (var sealer : sealers) {
                sealed += sealer.get();
            }
            assertThat(sealed).as("blocks while writing went on").isGreaterThan(3);
        }
        sealAll(KEYS);
        var inBlocks = strings("select e.subject from audit_seals s join audit_entries e on e.id = s.entry_id"
                + " where e.deed = 'test.hammer'");
        assertThat(inBlocks).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(rolledBack).isNotEmpty().doesNotContainAnyElementsOf(inBlocks);
        assertThat(number("select count(*) from audit_entries e where not exists"
                        + " (select from audit_seals s where s.entry_id = e.id)"))
                .isZero();
        assertThat(number("select count(*) from audit_blocks b where entries <>"
                        + " (select count(*) from audit_seals s where s.block = b.number)"))
                .isZero();
        assertThat(seal(KEYS)).as("nothing is new").isZero();
        assertIntact();
    }

    /** Deeds of one to four rows that take between nothing and some milliseconds; every fourth is given up. */
    private void write(int writer, ConcurrentLinkedQueue<String> committed, ConcurrentLinkedQueue<String> rolledBack) {
        var random = new Random(writer);
        for (int deed = 0; deed < 25; deed++) {
            var subjects = new ArrayList<String>();
            for (int row = 0; row <= random.nextInt(4); row++) {
                subjects.add("test:" + writer + "-" + deed + "-" + row);
            }
            boolean given = random.nextInt(4) == 0;
            transactions.executeWrite(status -> {
                for (var subject : subjects) {
                    audit.record(writer + 1, "test.hammer", subject, "");
                    pause(random.nextInt(8));
                }
                if (given) {
                    status.setRollbackOnly();
                }
                return subjects;
            });
            (given ? rolledBack : committed).addAll(subjects);
        }
    }

    @Test
    void a_row_with_a_smaller_id_that_becomes_visible_later_goes_to_a_later_block() throws Exception {
        sealAll(KEYS);
        try (var late = connection()) {
            late.setAutoCommit(false);
            long id = insert(late, "test.late");
            record("test.early");
            long early = number("select max(id) from audit_entries");
            assertThat(early).isGreaterThan(id);
            seal(KEYS);
            record("test.early");
            seal(KEYS);
            assertThat(blockOf(early)).isPositive();
            assertThat(blockOf(id)).isZero();
            late.commit();
            seal(KEYS);
            assertThat(blockOf(id)).isGreaterThan(blockOf(early) + 1);
        }
        assertIntact();
    }

    @Test
    void a_copy_restored_into_another_installation_seals_on_though_transactions_are_counted_anew() throws Exception {
        record("test.before");
        sealAll(KEYS);
        withoutTriggers("update audit_blocks set horizon = '999999999999', cluster = 1"
                + " where number = (select max(number) from audit_blocks)");
        record("test.restored");
        long id = number("select max(id) from audit_entries");
        seal(KEYS);
        assertThat(blockOf(id)).isPositive();
        record("test.restored");
        seal(KEYS);
        assertThat(number("select count(*) from audit_entries e where not exists"
                        + " (select from audit_seals s where s.entry_id = e.id)"))
                .isZero();
        assertIntact();
    }

    @Test
    void a_long_backlog_becomes_several_blocks_and_is_exported_whole() throws Exception {
        sealAll(KEYS);
        long before = export.lastBlock();
        run("insert into audit_entries (at, person_id, deed, subject, reason) select now(), 7, 'idea.publication',"
                + " 'idea:' || n, repeat('ü', 50) from generate_series(1, 20001) n");
        sealAll(KEYS);
        assertThat(export.lastBlock()).isEqualTo(before + 3);
        assertIntact();
    }

    @Test
    void what_somebody_changes_in_the_database_itself_is_named() throws Exception {
        record("test.victim");
        record("test.victim");
        record("test.victim");
        sealAll(KEYS);
        long id = number("select max(id) - 1 from audit_entries where deed = 'test.victim'");
        assertIntact();
        withoutTriggers("update audit_entries set reason = 'geändert' where id = " + id);
        assertBroken("Row " + id + ", at place ");
        withoutTriggers("update audit_entries set reason = '' where id = " + id);
        assertIntact();
        withoutTriggers("update audit_entries set person_id = 77 where id = " + id);
        assertBroken("Row " + id + ", at place ");
        withoutTriggers("update audit_entries set person_id = 5 where id = " + id);
        assertIntact();
        withoutTriggers("create table gone as select * from audit_seals where entry_id = " + id);
        withoutTriggers("delete from audit_seals where entry_id = " + id);
        assertBroken("The row at place ");
        withoutTriggers("insert into audit_seals select * from gone");
        withoutTriggers("drop table gone");
        assertIntact();
    }

    @Test
    void nobody_changes_or_removes_a_row_not_even_the_owner() throws Exception {
        record("test.kept");
        sealAll(KEYS);
        for (var table : List.of("audit_entries", "audit_keys", "audit_blocks", "audit_seals")) {
            for (var sql : List.of("delete from " + table, "truncate " + table + " cascade")) {
                assertThatThrownBy(() -> run(sql)).as(sql).hasMessageContaining("append-only");
            }
        }
        assertThatThrownBy(() -> run("update audit_entries set reason = ''")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> run("update audit_blocks set entries = 1")).hasMessageContaining("append-only");
    }

    @Test
    void the_database_itself_refuses_a_gap_a_fork_and_a_row_in_two_blocks() throws Exception {
        record("test.chain");
        sealAll(KEYS);
        record("test.chain");
        sealAll(KEYS);
        var columns =
                "previous, root, entries, first_entry, last_entry, sealed_at, key_id, next_key_id, hash, signature,"
                        + " horizon, cluster";
        for (var wrong : List.of(
                "select number + 2, hash, root, entries, first_entry, last_entry, sealed_at, key_id, next_key_id,"
                        + " sha256('gap'), signature, horizon, cluster from audit_blocks order by number desc limit 1",
                "select number + 1, previous, root, entries, first_entry, last_entry, sealed_at, key_id, next_key_id,"
                        + " sha256('fork'), signature, horizon, cluster from audit_blocks order by number desc limit 1",
                "select number + 1, null, root, entries, first_entry, last_entry, sealed_at, key_id, next_key_id,"
                        + " sha256('start'), signature, horizon, cluster from audit_blocks order by number desc limit"
                        + " 1")) {
            assertThatThrownBy(() -> run("insert into audit_blocks (number, " + columns + ") " + wrong))
                    .as(wrong)
                    .isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> run("insert into audit_seals select entry_id, block, position + 50000, leaf"
                        + " from audit_seals limit 1"))
                .hasMessageContaining("audit_seals_pkey");
        assertThatThrownBy(() -> run("insert into audit_entries (at, deed, subject, details)"
                        + " values (now(), 'test.chain', 'test:1', '{\"a\":1.5}')"))
                .hasMessageContaining("details_are_plain");
    }

    private long seal(SigningKeys keys) {
        return blocks.seal(keys.current().orElseThrow(), keys).number();
    }

    private void sealAll(SigningKeys keys) {
        Blocks.Sealed sealed;
        do {
            sealed = blocks.seal(keys.current().orElseThrow(), keys);
        } while (sealed.more());
    }

    private long blockOf(long id) throws SQLException {
        return number("select coalesce((select block from audit_seals where entry_id = " + id + "), 0)");
    }

    private static long insert(Connection connection, String deed) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "insert into audit_entries (at, person_id, deed, subject) values (now(), 5, '" + deed
                                + "', 'test:1') returning id")) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private void run(String... statements) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As somebody who rules the whole database server. */
    private void withoutTriggers(String sql) throws SQLException {
        run("set session_replication_role = replica", sql);
    }

    private List<String> strings(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(strings(sql).getFirst());
    }

    private void record(String deed) {
        transactions.executeWrite(status -> {
            audit.record(5, deed, "test:1", "");
            return "";
        });
    }

    private void assertIntact() throws IOException {
        var verdict = verify(export.full(), Set.of());
        assertThat(verdict.intact()).as(verdict.sentence()).isTrue();
        assertThat(verify(export.publicPart(), Set.of()).intact()).isTrue();
    }

    private void assertBroken(String sentence) throws IOException {
        var verdict = verify(export.full(), Set.of());
        assertThat(verdict.intact()).isFalse();
        assertThat(verdict.sentence()).startsWith(sentence);
    }

    private static Verification.Verdict verify(StreamedFile file, Set<String> pinned) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return Verification.of(in, pinned);
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return server.getApplicationContext().getRequiredProperty("datasources.default.url", String.class);
    }
}
