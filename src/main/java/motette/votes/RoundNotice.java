package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A round that other pages point to.
 *
 * @param phase     open, held or announced
 * @param opens     Berlin time
 * @param closes    Berlin time, first moment at which no ballot is taken
 * @param districts names
 */
@Introspected
public record RoundNotice(
        String slug, String title, String phase, LocalDateTime opens, LocalDateTime closes, List<String> districts) {}
