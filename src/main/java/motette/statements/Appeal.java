package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one appeal of an author.
 *
 * @param personId  0 once the account is erased
 * @param reason    their words, for the administration and themselves; empty once the account is erased
 * @param outcome   upheld or rejected; empty while nobody decided
 * @param decision  why, for everybody
 * @param ended     nobody decides it any more
 * @param withdrawn whether that is because the author took it back
 */
@Introspected
record Appeal(
        long personId,
        String reason,
        Instant at,
        String outcome,
        String decision,
        @Nullable Instant decidedAt,
        boolean ended,
        boolean withdrawn) {

    boolean isOpen() {
        return outcome.isEmpty() && !ended;
    }

    List<String> paragraphs() {
        return lines(reason);
    }

    List<String> why() {
        return lines(decision);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
