package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * One line of the ledger as the public reads it: who recorded it stays inside.
 *
 * @param kind       from and to, as "available-reserved"
 * @param ideaNumber the idea it pays for; 0 where the reference is none
 */
@Introspected
record Movement(Instant at, String kind, long amountCents, String reason, String reference, long ideaNumber) {}
