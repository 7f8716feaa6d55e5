package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
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

    /** A page that a role works with, and the text that names it. */
    @Introspected
    record Tool(String href, String name) {}

    private static final Tool ON_SITE = new Tool("/votes/paper", "votes.paper.on-site");
    private static final Tool FUNCTIONS = new Tool("/bodies/functions", "bodies.functions");
    private static final Tool APPLICATIONS = new Tool("/applications/desk", "applications.desk");
    private static final Tool STATEMENTS = new Tool("/statements/desk", "statements.desk");
    private static final Tool GRANTS = new Tool("/grants/desk", "grants.desk");
    private static final Tool VOTES = new Tool("/votes/desk", "votes.desk.title");

    /** What this role works with besides its desk; nothing while it does not run. */
    List<Tool> tools() {
        return switch (running ? role : "") {
            case "coordinator" ->
                List.of(
                        APPLICATIONS,
                        ON_SITE,
                        new Tool("/votes/kiosk", "votes.kiosk.title"),
                        VOTES,
                        new Tool("/residence/desk", "residence.desk.title"));
            case "officer" ->
                List.of(
                        APPLICATIONS,
                        STATEMENTS,
                        GRANTS,
                        VOTES,
                        ON_SITE,
                        new Tool("/residence/letters", "residence.letters.title"),
                        new Tool("/residence/cases", "residence.cases.title"),
                        new Tool("/accessibility/reports", "barrier.list.title"));
            case "administrator" ->
                List.of(
                        GRANTS,
                        VOTES,
                        ON_SITE,
                        new Tool("/residence/letters", "residence.letters.title"),
                        new Tool("/residence/cases", "residence.cases.title"),
                        new Tool("/residence/extracts", "residence.extracts.title"),
                        new Tool("/bodies", "bodies.title"),
                        new Tool("/statements/offices", "statements.offices"),
                        new Tool("/limits/blocked", "blocked.title"),
                        new Tool("/accessibility/reports", "barrier.list.title"),
                        new Tool("/privacy/retention", "privacy.retention.title"),
                        new Tool("/audit", "nav.audit"));
            case "auditor" -> List.of(new Tool("/audit", "nav.audit"), GRANTS, VOTES);
            case "chair" -> List.of(APPLICATIONS, FUNCTIONS);
            case "councillor", "fund-partner" -> List.of(FUNCTIONS);
            default -> List.of();
        };
    }

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
