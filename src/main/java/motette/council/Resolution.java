package motette.council;

import java.time.LocalDate;
import java.util.UUID;
import motette.shared.Money;

/**
 * What a body has resolved on an idea, with the rules it was made under.
 *
 * @param amount nothing unless it grants
 */
record Resolution(
        UUID request,
        long ideaNumber,
        long budgetId,
        long eventId,
        Decision decision,
        Money amount,
        Vote vote,
        Procedure procedure,
        boolean statementGiven,
        LocalDate decidedOn,
        String reason,
        long recordedBy) {}
