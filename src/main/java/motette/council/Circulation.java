package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * A motion on which the members of a body are asked in writing (Umlaufverfahren, SächsGemO § 39 (1)).
 *
 * @param idea        0 where it is about none
 * @param application 0 where it is about none
 * @param kind        granted or granted-in-part
 * @param simple      why the matter is of a simple kind
 * @param endsOn      the last day on which a member may object
 * @param needed      how many have to take part, as in a session
 * @param outcome     adopted, failed or stopped; empty while it runs
 * @param endedAt     null while it runs
 * @param resolution  0 where none was made
 */
@Introspected
record Circulation(
        long id,
        String bodyKey,
        String bodyName,
        long budgetId,
        long idea,
        long application,
        int version,
        String title,
        String kind,
        Money amount,
        String wording,
        String reason,
        String simple,
        boolean statement,
        Instant startedAt,
        LocalDate endsOn,
        int seats,
        int needed,
        String outcome,
        String outcomeReason,
        @Nullable Instant endedAt,
        long resolution,
        List<Asked> members) {

    /** @param answer agree, object or biased; empty where nothing was said */
    @Introspected
    record Asked(long personId, String name, String answer) {}

    boolean isRunning() {
        return outcome.isEmpty();
    }

    boolean isOver(LocalDate today) {
        return today.isAfter(endsOn);
    }

    long agreed() {
        return count("agree");
    }

    long biased() {
        return count("biased");
    }

    /** Those who take part: whoever was asked and is not biased. */
    long taking() {
        return members.size() - biased();
    }

    private long count(String answer) {
        return members.stream().filter(each -> each.answer().equals(answer)).count();
    }

    /** Whether as many take part as a session needs. */
    boolean isQuorate() {
        return taking() >= needed;
    }

    /** Whether it can be adopted on a day; the database reckons the same. */
    boolean isRipe(LocalDate today) {
        return isRunning() && isQuorate() && (isOver(today) || agreed() == taking());
    }

    Optional<Asked> member(long personId) {
        return members.stream().filter(each -> each.personId() == personId).findFirst();
    }

    String reference() {
        return application != 0 ? "application:" + application : "idea:" + idea;
    }

    String path() {
        return "/council/" + bodyKey + "/circulations/" + id;
    }
}
