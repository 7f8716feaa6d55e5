package motette.council;

import java.time.LocalDate;
import java.util.UUID;
import motette.shared.Money;

/**
 * What a body has resolved, with the rules it was made under.
 *
 * @param idea        0 where it is about none
 * @param application 0 where it is about none
 * @param version     of the application; 0 without
 * @param item        of the agenda, 0 where it was recorded afterwards
 * @param ballot      the vote in the session; 0 with it
 * @param circulation in which nobody objected; 0 without
 * @param budgetId    0 where no money is granted and no budget is known
 * @param eventId     its line in the story of the idea; 0 without an idea
 * @param kind        granted, granted-in-part, not-granted, postponed, recommended, agreed, rejected
 * @param amount      nothing unless it grants
 */
record Resolution(
        UUID request,
        long idea,
        long application,
        int version,
        long item,
        long ballot,
        long circulation,
        long budgetId,
        long eventId,
        String kind,
        Money amount,
        Vote vote,
        int seats,
        int quorum,
        Money withoutStatement,
        boolean statementGiven,
        LocalDate decidedOn,
        String wording,
        String reason,
        long recordedBy) {}
