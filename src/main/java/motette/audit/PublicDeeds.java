package motette.audit;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which deeds the public reads: those in {@code audit/public-deeds.csv} and no others. */
@Singleton
final class PublicDeeds {

    private final Map<String, PublicDeed> deeds;

    PublicDeeds() {
        this.deeds = read();
    }

    /**
     * A deed that the public reads.
     *
     * @param kind     what it is filtered by
     * @param office   which role does it, where the row names none
     * @param keyed    whether its reason is the key of a text
     */
    record PublicDeed(String name, String kind, String office, boolean keyed) {}

    Optional<PublicDeed> find(String name) {
        return Optional.ofNullable(deeds.get(name));
    }

    boolean has(String name) {
        return deeds.containsKey(name);
    }

    /** In the order of the list, without repetition. */
    List<String> kinds() {
        return deeds.values().stream().map(PublicDeed::kind).distinct().toList();
    }

    /** Names of the deeds of a kind; of all kinds where it is empty. */
    List<String> names(String kind) {
        return deeds.values().stream()
                .filter(deed -> kind.isEmpty() || deed.kind().equals(kind))
                .map(PublicDeed::name)
                .toList();
    }

    private static Map<String, PublicDeed> read() {
        var deeds = new LinkedHashMap<String, PublicDeed>();
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PublicDeeds.class.getResourceAsStream("/audit/public-deeds.csv")),
                StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                var cells = line.split(",", -1);
                deeds.put(cells[0], new PublicDeed(cells[0], cells[1], cells[2], cells[3].equals("key")));
            });
            return deeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
