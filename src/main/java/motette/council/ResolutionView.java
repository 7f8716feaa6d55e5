package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import motette.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * A resolution as it stands, with an objection to it.
 *
 * @param sessionId   0 where it was made in writing
 * @param circulation 0 where it was made in a session
 * @param idea        0 where it is about none
 * @param application 0 where it is about none
 * @param budgetId    0 where it grants nothing
 * @param eventId     of the idea's story; 0 without
 * @param objectedAt  null without an objection
 * @param outcome     lifted or annulled; empty while the objection is open, or without one
 */
@Introspected
record ResolutionView(
        long id,
        String bodyKey,
        String bodyName,
        long sessionId,
        long circulation,
        boolean isPublic,
        String title,
        long idea,
        long application,
        long budgetId,
        long eventId,
        String kind,
        Money amount,
        String wording,
        String reason,
        int yes,
        int no,
        int abstentions,
        int seats,
        int quorum,
        LocalDate decidedOn,
        @Nullable Instant objectedAt,
        String objection,
        String outcome,
        String outcomeReason) {

    /** The last day of the week in which the mayor may object (SächsGemO § 52 (2)). */
    LocalDate lastDay() {
        return decidedOn.plusWeeks(1);
    }

    boolean isObjected() {
        return objectedAt != null && outcome.isEmpty();
    }

    String reference() {
        return application != 0 ? "application:" + application : "idea:" + idea;
    }

    String path() {
        return "/council/" + bodyKey + "/resolutions/" + id;
    }

    /** Where it was made. */
    String origin() {
        return "/council/" + bodyKey + (sessionId == 0 ? "/circulations/" + circulation : "/sessions/" + sessionId);
    }
}
