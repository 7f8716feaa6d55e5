package motette.shared;

import io.micronaut.context.env.Environment;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys for what outlives a secret: a guest's code, a block, the electoral roll. They are drawn by chance, once, and rows that the
 * secrets of the installation seal. Who changes a secret seals them anew with the next start, and nothing made with them is lost.
 */
@Singleton
public class KeptSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSecrets.class);

    private static final String PURPOSE = "kept key ";
    private static final int KEY_BYTES = 32;

    private final Sql sql;
    private final TransactionOperations<Connection> transactions;
    private final Secrets secrets;
    private final Clock clock;
    private final boolean production;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Secrets> known = new ConcurrentHashMap<>();

    KeptSecrets(
            Sql sql,
            TransactionOperations<Connection> transactions,
            Secrets secrets,
            Clock clock,
            Environment environment) {
        this.sql = sql;
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
        this.production = environment.getActiveNames().contains("production");
    }

    private record Row(long id, byte[] sealed) {}

    /** Hashes and seals with the kept key of this name, which {@code motette.secret} keeps. */
    public Secrets of(String name) {
        return of(name, secrets);
    }

    /** @param under seals the key; opens it, too, where it was sealed by another one of them */
    public Secrets of(String name, Secrets under) {
        return known.computeIfAbsent(
                name,
                fresh -> new Secrets(List.of(
                        HexFormat.of().formatHex(transactions.execute(OWN, status -> key(name, under))))));
    }

    private static final TransactionDefinition OWN = TransactionDefinition.of(Propagation.REQUIRES_NEW);

    /** Under a lock, so that of many copies that start for the first time one makes the key. */
    private byte[] key(String name, Secrets under) {
        lock();
        var rows = rows(name);
        for (var row : rows) {
            var key = under.open(PURPOSE + name, row.sealed());
            if (key.isPresent()) {
                sealAnew(row, name, key.get(), under);
                return key.get();
            }
        }
        if (rows.isEmpty() || !production) {
            return make(name, under, rows.size());
        } else {
            throw new IllegalStateException("No secret given opens the key '" + name
                    + "' that the database keeps; give the former one as MOTETTE_SECOND_SECRET or"
                    + " MOTETTE_SECOND_RESIDENCE_SECRET.");
        }
    }

    private void lock() {
        sql.list("select pg_advisory_xact_lock(hashtextextended('kept keys', 0))", row -> true);
    }

    private List<Row> rows(String name) {
        return sql.list(
                "select id, sealed from kept_keys where name = ? order by id desc",
                row -> new Row(row.getLong(1), row.getBytes(2)),
                name);
    }

    private void sealAnew(Row row, String name, byte[] key, Secrets under) {
        if (!under.isOfFirst(PURPOSE + name, row.sealed())) {
            sql.change("update kept_keys set sealed = ? where id = ?", under.seal(PURPOSE + name, key), row.id());
            LOG.info("kept key sealed under the first secret name={}", name);
        }
    }

    private byte[] make(String name, Secrets under, int lost) {
        if (lost > 0) {
            LOG.warn("no secret given opens the kept key, a new one is made name={}", name);
        }
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        sql.change(
                "insert into kept_keys (name, sealed, made_at) values (?, ?, ?)",
                name,
                under.seal(PURPOSE + name, key),
                clock.instant());
        return key;
    }
}
