package motette.places;

import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between browsers and an outer map service, so that nobody's address and path of looking reach it. Only the configured
 * host is asked, only for the city, without following redirects; what it gave is kept ({@link TileCache}). When it fails it is
 * left alone for a while, an old tile is better than none, and maps go on with our own outlines.
 */
@Singleton
public class Tiles {

    private static final Logger LOG = LoggerFactory.getLogger(Tiles.class);

    private static final int MOST_BYTES = 512 * 1024;
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/webp", "image/avif");

    /** Around the city's box in degrees, so that its edge is not the edge of the map. */
    private static final double AROUND = .08;

    private final TileSettings settings;
    private final TileCache cache;
    private final Clock clock;
    private final List<Double> box;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ConcurrentHashMap<Tile, CompletableFuture<Optional<Image>>> underWay = new ConcurrentHashMap<>();
    private volatile Instant leftAloneUntil = Instant.EPOCH;

    Tiles(TileSettings settings, TileCache cache, CityPack city, Clock clock) {
        this.settings = settings;
        this.cache = cache;
        this.clock = clock;
        var bounds = city.bounds();
        this.box =
                List.of(bounds.get(0) - AROUND, bounds.get(1) - AROUND, bounds.get(2) + AROUND, bounds.get(3) + AROUND);
    }

    /** A tile as its service gave it. */
    record Image(String type, byte[] bytes, Instant fetchedAt) {}

    /** Empty when maps stand on our own outlines alone. */
    public String address() {
        return settings.isOn() ? "/tiles/{z}/{x}/{y}" : "";
    }

    public String attribution() {
        return settings.isOn() ? settings.attribution() : "";
    }

    /** First and last zoom at which there are tiles, as "10-17". */
    public String zooms() {
        return settings.fromZoom() + "-" + settings.toZoom();
    }

    boolean isOurs(Tile tile) {
        return settings.isOn()
                && tile.zoom() >= settings.fromZoom()
                && tile.zoom() <= settings.toZoom()
                && tile.touches(box);
    }

    /** What is kept and not too old. */
    Optional<Image> fresh(Tile tile) {
        return cache.find(tile)
                .filter(image -> image.fetchedAt().plus(settings.kept()).isAfter(clock.instant()));
    }

    /** Whoever asks for a tile that is under way waits for that one. Empty when the service gives none. */
    Optional<Image> fetched(Tile tile) {
        var mine = new CompletableFuture<Optional<Image>>();
        var first = underWay.putIfAbsent(tile, mine);
        if (first != null) {
            return within(settings.patience().multipliedBy(2), first).orElseGet(() -> cache.find(tile));
        } else {
            try {
                mine.complete(fresh(tile).or(() -> fetch(tile)).or(() -> cache.find(tile)));
            } finally {
                mine.complete(Optional.empty());
                underWay.remove(tile);
            }
            return mine.join();
        }
    }

    private Optional<Image> fetch(Tile tile) {
        if (clock.instant().isBefore(leftAloneUntil)) {
            return Optional.empty();
        } else {
            var asked = client.sendAsync(
                    HttpRequest.newBuilder(settings.address(tile))
                            .header("User-Agent", "Motette (tile proxy)")
                            .header("Accept", String.join(",", TYPES))
                            .build(),
                    onlyTiles());
            var answer = within(settings.patience(), asked);
            asked.cancel(true);
            var image = answer.flatMap(this::read);
            image.ifPresentOrElse(
                    found -> cache.keep(tile, found, settings),
                    () -> answer.ifPresentOrElse(
                            said -> complain(said.statusCode()), () -> leaveAlone("silent or broken off")));
            return image;
        }
    }

    /** Waits for the last byte, not for the first; empty when it did not come in time. */
    private static <T> Optional<T> within(Duration most, CompletableFuture<T> coming) {
        try {
            return Optional.of(coming.get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException noAnswer) {
            return Optional.empty();
        }
    }

    private static BodyHandler<byte[]> onlyTiles() {
        return info -> info.statusCode() == 200 && TYPES.contains(type(info.headers()))
                ? BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES).apply(info)
                : BodySubscribers.replacing(new byte[0]);
    }

    private Optional<Image> read(HttpResponse<byte[]> answer) {
        return answer.body().length == 0
                ? Optional.empty()
                : Optional.of(new Image(type(answer.headers()), answer.body(), clock.instant()));
    }

    private static String type(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .orElse("")
                .replaceFirst(";.*", "")
                .strip();
    }

    /** A tile that is not there says nothing about the others; everything else about the service. */
    private void complain(int status) {
        if (status != 404 && status != 204) {
            leaveAlone("status " + status);
        }
    }

    private void leaveAlone(String reason) {
        leftAloneUntil = clock.instant().plus(settings.pause());
        LOG.warn("map service gives no tiles, left alone for {}: {}", settings.pause(), reason);
    }
}
