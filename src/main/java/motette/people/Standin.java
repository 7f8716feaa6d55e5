package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import motette.shared.Message;

/**
 * Somebody who stands in for somebody who is away; public.
 *
 * @param role   key of the role
 * @param scope  key of the body or area; empty for the whole city
 * @param where  its name
 * @param person pseudonym of who is away
 * @param to     last day, an earlier end included
 * @param runs   at this moment
 */
@Introspected
public record Standin(
        long id,
        String role,
        String scope,
        String where,
        long personId,
        String person,
        long deputyId,
        String deputy,
        LocalDate from,
        LocalDate to,
        boolean runs) {

    /** Name of the role in a sentence. */
    Message title() {
        return Message.of("people.role." + role);
    }
}
