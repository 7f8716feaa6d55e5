package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/**
 * What an office says, in a version.
 *
 * @param runningCents   a year afterwards, gross
 * @param estimateCents  once, gross
 */
@Introspected
record Answer(
        long requestId,
        int version,
        String feasibility,
        String competence,
        String ownership,
        long runningCents,
        long estimateCents,
        String estimateReason,
        String said,
        long by,
        Instant at) {

    List<String> paragraphs() {
        return said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    String tone() {
        return switch (feasibility) {
            case "yes" -> "leaf";
            case "no" -> "clay";
            default -> "sun";
        };
    }

    String icon() {
        return switch (feasibility) {
            case "yes" -> "check";
            case "no" -> "x";
            default -> "warning";
        };
    }
}
