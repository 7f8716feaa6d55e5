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
 * @param running at this moment
 * @param deputy  in somebody else's place
 */
@Introspected
record Term(
        String role,
        String scope,
        String where,
        LocalDate from,
        @Nullable LocalDate to,
        boolean running,
        boolean deputy) {

    /** Where this role works; empty where it has no place of its own. */
    String desk() {
        return switch (running ? role : "") {
            case "coordinator" -> "/moderation";
            case "chair", "councillor", "fund-partner" -> "/council/" + scope;
            case "officer" -> "/budgets";
            case "administrator", "auditor" -> "/people";
            default -> "";
        };
    }
}
