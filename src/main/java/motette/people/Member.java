package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a role in a body; public.
 *
 * @param seat    number of the seat with a vote; 0 where they hold none
 * @param from    first day
 * @param lastDay null while open
 * @param ahead   the role has not begun
 */
@Introspected
public record Member(
        long roleId,
        long personId,
        String pseudonym,
        RoleName role,
        int seat,
        LocalDate from,
        @Nullable LocalDate lastDay,
        boolean ahead) {

    public boolean isChair() {
        return role == RoleName.CHAIR;
    }
}
