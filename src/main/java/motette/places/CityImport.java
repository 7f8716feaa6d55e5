package motette.places;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database in step with the city pack at every start, once for all copies that start together. */
@Singleton
class CityImport {

    private static final Logger LOG = LoggerFactory.getLogger(CityImport.class);

    private final CityPack pack;
    private final List<PackImport> parts;
    private final JdbcOperations jdbc;
    private final Clock clock;

    CityImport(CityPack pack, List<PackImport> parts, JdbcOperations jdbc, Clock clock) {
        this.pack = pack;
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(PackImport::storey))
                .toList();
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    void onStart(StartupEvent start) {
        run();
    }

    void run() {
        jdbc.execute(connection -> {
            try (var lock = connection.createStatement()) {
                return lock.execute("select pg_advisory_xact_lock(hashtext('motette city import'))");
            }
        });
        if (!pack.hash().equals(imported())) {
            parts.forEach(part -> part.importFrom(pack));
            jdbc.prepareStatement(
                    "insert into city (key, name, pack_hash, imported_at) values (?, ?, ?, ?) on conflict (only_row)"
                            + " do update set key = excluded.key, name = excluded.name, pack_hash = excluded.pack_hash,"
                            + " imported_at = excluded.imported_at",
                    statement -> {
                        statement.setString(1, pack.key());
                        statement.setString(2, pack.name());
                        statement.setString(3, pack.hash());
                        statement.setTimestamp(4, Timestamp.from(clock.instant()));
                        return statement.executeUpdate();
                    });
            LOG.info("city imported key={} hash={}", pack.key(), pack.hash().substring(0, 12));
        }
    }

    private String imported() {
        return jdbc.prepareStatement("select pack_hash from city", statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
    }
}
