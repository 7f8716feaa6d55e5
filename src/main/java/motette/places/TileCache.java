package motette.places;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.util.Optional;

/** Tiles that all copies of the application share; the oldest go when there are too many or too many bytes. */
@Singleton
class TileCache {

    /** Of the advisory lock under which the oldest go: one copy at a time is enough. */
    private static final long BROOM = 0x74696c6573L;

    private final JdbcOperations jdbc;

    TileCache(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Connectable
    Optional<Tiles.Image> find(Tile tile) {
        return jdbc.prepareStatement(
                "select type, image, fetched_at from tiles where zoom = ? and x = ? and y = ?", statement -> {
                    statement.setInt(1, tile.zoom());
                    statement.setInt(2, tile.x());
                    statement.setInt(3, tile.y());
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(new Tiles.Image(
                                        row.getString(1),
                                        row.getBytes(2),
                                        row.getTimestamp(3).toInstant()))
                                : Optional.empty();
                    }
                });
    }

    @Transactional
    public void keep(Tile tile, Tiles.Image image, TileSettings settings) {
        jdbc.prepareStatement(
                "insert into tiles (zoom, x, y, type, image, fetched_at) values (?, ?, ?, ?, ?, ?) on conflict (zoom,"
                        + " x, y) do update set type = excluded.type, image = excluded.image, fetched_at ="
                        + " excluded.fetched_at",
                statement -> {
                    statement.setInt(1, tile.zoom());
                    statement.setInt(2, tile.x());
                    statement.setInt(3, tile.y());
                    statement.setString(4, image.type());
                    statement.setBytes(5, image.bytes());
                    statement.setTimestamp(6, Timestamp.from(image.fetchedAt()));
                    return statement.executeUpdate();
                });
        jdbc.prepareStatement("""
            delete from tiles t using (
                select zoom, x, y, row_number() over newest as place, sum(octet_length(image)) over newest as bytes
                  from tiles window newest as (order by fetched_at desc, zoom, x, y)) ranked
             where (select pg_try_advisory_xact_lock(?)) and (ranked.place > ? or ranked.bytes > ?)
               and (t.zoom, t.x, t.y) = (ranked.zoom, ranked.x, ranked.y)\
            """, statement -> {
            statement.setLong(1, BROOM);
            statement.setInt(2, settings.most());
            statement.setLong(3, settings.mostBytes());
            return statement.executeUpdate();
        });
    }
}
