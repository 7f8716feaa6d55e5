package motette.places;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;

/**
 * The outer map service, {@code motette.tiles.*}; without an address there is none, and maps stand on our own outlines alone.
 *
 * @param template address of a tile with {z}, {x} and {y}
 * @param patience how long a tile may take, its last byte included
 */
@Singleton
record TileSettings(
        @Value("${motette.tiles.url}") String template,
        @Value("${motette.tiles.attribution}") String attribution,
        @Value("${motette.tiles.from-zoom}") int fromZoom,
        @Value("${motette.tiles.to-zoom}") int toZoom,
        @Value("${motette.tiles.kept}") Duration kept,
        @Value("${motette.tiles.most}") int most,
        @Value("${motette.tiles.most-bytes}") long mostBytes,
        @Value("${motette.tiles.pause}") Duration pause,
        @Value("${motette.tiles.patience}") Duration patience) {

    TileSettings {
        if (!template.isBlank()) {
            check(template, attribution);
        }
    }

    boolean isOn() {
        return !template.isBlank();
    }

    URI address(Tile tile) {
        return URI.create(filled(template, tile));
    }

    private static String filled(String template, Tile tile) {
        return template.replace("{z}", String.valueOf(tile.zoom()))
                .replace("{x}", String.valueOf(tile.x()))
                .replace("{y}", String.valueOf(tile.y()));
    }

    /** Nothing but numbers goes into the address, and none of them into its host. */
    private static void check(String template, String attribution) {
        try {
            var first = URI.create(filled(template, new Tile(1, 2, 3)));
            var other = URI.create(filled(template, new Tile(4, 5, 6)));
            var sound = template.matches("https?://.*")
                    && template.contains("{z}")
                    && template.contains("{x}")
                    && template.contains("{y}")
                    && first.getHost() != null
                    && first.getUserInfo() == null
                    && first.getAuthority().equals(other.getAuthority());
            if (!sound) {
                throw new IllegalArgumentException();
            }
        } catch (IllegalArgumentException unsound) {
            throw new ConfigurationException("motette.tiles.url is '" + template
                    + "', but a service of tiles is written as https://tiles.example/{z}/{x}/{y}.png.");
        }
        if (attribution.isBlank()) {
            throw new ConfigurationException(
                    "motette.tiles.url is set, but motette.tiles.attribution does not say whose map it is.");
        }
    }
}
