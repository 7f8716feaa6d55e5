package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A role of somebody, with its term.
 *
 * @param scope   key of the body or area; empty for the whole city
 * @param where   name of the body or area; empty for the whole city
 * @param to      last day; null while open
 * @param running today
 */
@Introspected
record Term(
        String role,
        String scope,
        String where,
        LocalDate from,
        @Nullable LocalDate to,
        boolean running) {

    /** Where this role works; empty where it has no place of its own. */
    String desk() {
        return switch (running ? role : "") {
            case "coordinator" -> "/moderation";
            case "chair", "councillor", "fund-partner" -> "/council/" + scope;
            case "officer", "auditor" -> "/budgets";
            case "administrator" -> "/limits/blocked";
            default -> "";
        };
    }
}
