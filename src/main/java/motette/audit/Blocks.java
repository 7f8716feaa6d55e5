package motette.audit;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The chain of blocks and the rows in them.
 *
 * <p>Ids are handed out before a transaction commits, so a row with a smaller id may become visible later than others. A block
 * therefore takes every row that is visible and in no block yet, whatever its id. So that this need not look at all rows of all
 * years, each block keeps a horizon: the oldest transaction that still ran when its rows were read. What transactions before the
 * horizon wrote was visible then, and is sealed; only rows of that one and later ones can be new.
 */
@Singleton
class Blocks {

    /** Rows a block takes at most, so that neither memory nor a transaction grows with a backlog. */
    static final int LARGEST = 10_000;

    /** "audit" on a telephone's keys: the lock of the one copy that seals. */
    private static final long LOCK = 28_348;

    private static final String COLUMNS = "number, coalesce(encode(previous, 'hex'), ''), encode(root, 'hex'), entries,"
            + " first_entry, last_entry, sealed_at, key_id, coalesce(next_key_id, ''), encode(signature, 'hex')";

    private static final String FRESH = """
        with fresh as materialized (
            select id from audit_entries e
             where written_in >= ?::xid8 and not exists (select from audit_seals s where s.entry_id = e.id))
        select e.id, e.at, e.person_id, e.office, e.deed, e.subject, e.reason, e.details::text, e.salt
          from audit_entries e join (select id from fresh order by id limit ?) f on f.id = e.id
         order by e.id\
        """;

    private final JdbcOperations jdbc;
    private final Clock clock;

    Blocks(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a turn at sealing brought.
     *
     * @param number of the new block; 0 where there is none
     * @param more   whether there is something left to do at once
     */
    record Sealed(Turn turn, long number, int rows, boolean more) {}

    /**
     * How far the last block has looked.
     *
     * @param cluster the database installation that counts the transactions; after a restore into another one the count begins anew
     */
    private record Reach(String horizon, long cluster) {}

    @Transactional(readOnly = true)
    Turn turn(SigningKey key, SigningKeys keys) {
        return Turn.of(last().map(Blocks::due), key, keys, this::isKnown);
    }

    /** Seals at most {@link #LARGEST} rows in a block; does nothing where nothing is new or another copy is at it. */
    @Transactional
    Sealed seal(SigningKey key, SigningKeys keys) {
        if (!takeTheLock()) {
            return new Sealed(Turn.OURS, 0, 0, false);
        }
        var last = last();
        var turn = Turn.of(last.map(Blocks::due), key, keys, this::isKnown);
        if (!turn.seals()) {
            return new Sealed(turn, 0, 0, false);
        }
        // Read before the rows: whatever ended before this is visible when they are read.
        var now = reach();
        var from = since(last, now);
        var rows = fresh(from, LARGEST);
        if (rows.isEmpty() && turn != Turn.HANDS_OVER) {
            return new Sealed(turn, 0, 0, false);
        }
        boolean all = rows.size() < LARGEST;
        boolean handsOver = turn == Turn.HANDS_OVER && all;
        var signer = turn == Turn.HANDS_OVER ? keys.before().orElseThrow() : key;
        var block = block(last, rows, signer, handsOver ? key.published().id() : "");
        keep(signer.published(), block.sealedAt());
        if (handsOver) {
            keep(key.published(), block.sealedAt());
        }
        insert(block, all ? now : new Reach(from, now.cluster()));
        insert(block, rows);
        return new Sealed(turn, block.number(), rows.size(), !all);
    }

    /** The newest first, at most so many, all with a number below the given one. */
    @Connectable
    List<Block> newest(long below, int most) {
        return blocks(
                "select " + COLUMNS + " from audit_blocks where number < ? order by number desc limit ?", below, most);
    }

    /** In their order, at most so many, all with a number above the given one and up to the other. */
    @Connectable
    List<Block> following(long above, long upTo, int most) {
        return blocks(
                "select " + COLUMNS + " from audit_blocks where number > ? and number <= ? order by number limit ?",
                above,
                upTo,
                most);
    }

    /**
     * A row in its place.
     *
     * @param leaf its hash when it was sealed
     */
    record Placed(int position, byte[] leaf, Entry entry) {}

    /** Rows of a block in their order, at most so many, all behind the given position. */
    @Connectable
    List<Placed> rows(long block, int behind, int most) {
        return jdbc.prepareStatement(
                "select e.id, e.at, e.person_id, e.office, e.deed, e.subject, e.reason, e.details::text, e.salt,"
                        + " s.position, s.leaf from audit_seals s join audit_entries e on e.id = s.entry_id"
                        + " where s.block = ? and s.position > ? order by s.position limit ?",
                statement -> {
                    statement.setLong(1, block);
                    statement.setInt(2, behind);
                    statement.setInt(3, most);
                    var rows = new ArrayList<Placed>();
                    try (var row = statement.executeQuery()) {
                        while (row.next()) {
                            rows.add(new Placed(row.getInt(10), row.getBytes(11), entry(row)));
                        }
                    }
                    return rows;
                });
    }

    /** Every key that signed or was announced, the oldest first, with the day from which it is known. */
    @Connectable
    List<Dated> keys() {
        return jdbc.prepareStatement(
                "select public_key, valid_from from audit_keys order by valid_from, id", statement -> {
                    var keys = new ArrayList<Dated>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            keys.add(new Dated(PublishedKey.of(rows.getBytes(1)), instant(rows, 2)));
                        }
                    }
                    return keys;
                });
    }

    record Dated(PublishedKey key, Instant from) {}

    private boolean takeTheLock() {
        return jdbc.prepareStatement("select pg_try_advisory_xact_lock(?)", statement -> {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    private Optional<Block> last() {
        return newest(Long.MAX_VALUE, 1).stream().findFirst();
    }

    private static String due(Block last) {
        return last.next().isEmpty() ? last.key() : last.next();
    }

    private boolean isKnown(String key) {
        return jdbc.prepareStatement("select from audit_keys where id = ?", statement -> {
            statement.setString(1, key);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private Reach reach() {
        return reach(
                "select pg_snapshot_xmin(pg_current_snapshot())::text, system_identifier from pg_control_system()");
    }

    /** Where to look for new rows: from the beginning when the transactions are counted by another installation. */
    private String since(Optional<Block> last, Reach now) {
        if (last.isEmpty()) {
            return "0";
        } else {
            var before = reach("select horizon::text, cluster from audit_blocks order by number desc limit 1");
            return before.cluster() == now.cluster() ? before.horizon() : "0";
        }
    }

    private Reach reach(String sql) {
        return jdbc.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return new Reach(row.getString(1), row.getLong(2));
            }
        });
    }

    private List<Entry> fresh(String from, int most) {
        return jdbc.prepareStatement(FRESH, statement -> {
            statement.setString(1, from);
            statement.setInt(2, most);
            var entries = new ArrayList<Entry>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                }
            }
            return entries;
        });
    }

    private Block block(Optional<Block> last, List<Entry> rows, SigningKey signer, String next) {
        var tree = new Hashes.Tree();
        rows.forEach(row -> tree.add(row.leaf()));
        return Block.sealed(
                last.map(Block::number).orElse(0L) + 1,
                last.map(Block::hash).orElse(""),
                tree,
                rows.isEmpty() ? 0 : rows.getFirst().id(),
                rows.isEmpty() ? 0 : rows.getLast().id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                signer,
                next);
    }

    private void keep(PublishedKey key, Instant from) {
        jdbc.prepareStatement(
                "insert into audit_keys (id, public_key, valid_from) values (?, ?, ?) on conflict do nothing",
                statement -> {
                    statement.setString(1, key.id());
                    statement.setBytes(2, key.encoded());
                    statement.setTimestamp(3, Timestamp.from(from));
                    return statement.executeUpdate();
                });
    }

    private void insert(Block block, Reach reach) {
        jdbc.prepareStatement(
                "insert into audit_blocks (number, previous, root, entries, first_entry, last_entry, sealed_at, key_id,"
                        + " next_key_id, hash, signature, horizon, cluster)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::xid8, ?)",
                statement -> {
                    var hex = HexFormat.of();
                    statement.setLong(1, block.number());
                    setOrNull(statement, 2, block.previous(), hex);
                    statement.setBytes(3, hex.parseHex(block.root()));
                    statement.setLong(4, block.entries());
                    statement.setLong(5, block.first());
                    statement.setLong(6, block.last());
                    statement.setTimestamp(7, Timestamp.from(block.sealedAt()));
                    statement.setString(8, block.key());
                    statement.setString(9, block.next().isEmpty() ? null : block.next());
                    statement.setBytes(10, hex.parseHex(block.hash()));
                    statement.setBytes(11, hex.parseHex(block.signature()));
                    statement.setString(12, reach.horizon());
                    statement.setLong(13, reach.cluster());
                    return statement.executeUpdate();
                });
    }

    private static void setOrNull(PreparedStatement statement, int at, String bytes, HexFormat hex)
            throws SQLException {
        if (bytes.isEmpty()) {
            statement.setNull(at, Types.BINARY);
        } else {
            statement.setBytes(at, hex.parseHex(bytes));
        }
    }

    private void insert(Block block, List<Entry> rows) {
        if (!rows.isEmpty()) {
            jdbc.prepareStatement(
                    "insert into audit_seals (entry_id, block, position, leaf) values (?, ?, ?, ?)", statement -> {
                        for (int i = 0; i < rows.size(); i++) {
                            statement.setLong(1, rows.get(i).id());
                            statement.setLong(2, block.number());
                            statement.setInt(3, i);
                            statement.setBytes(4, rows.get(i).leaf());
                            statement.addBatch();
                        }
                        return statement.executeBatch();
                    });
        }
    }

    private List<Block> blocks(String sql, long... numbers) {
        return jdbc.prepareStatement(sql, statement -> {
            for (int i = 0; i < numbers.length; i++) {
                statement.setLong(i + 1, numbers[i]);
            }
            var blocks = new ArrayList<Block>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    blocks.add(block(rows));
                }
            }
            return blocks;
        });
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                instant(row, 7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                instant(row, 2),
                row.getObject(3, Long.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                Canonical.read(row.getString(8)),
                row.getBytes(9));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
