package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;

/**
 * Where a body meets and how its office is reached, from a day on.
 *
 * @param accessibility what people need to know who come with a wheelchair, a pram, a hearing aid; empty where nobody has said it
 * @param email         of the office; empty where it has not given one
 */
@Introspected
record MeetingPlace(
        LocalDate validFrom,
        String venue,
        String address,
        String accessibility,
        String email,
        String phone,
        String source) {}
