package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * A role of somebody that others can stand in for, and who can.
 *
 * @param roleId   the row
 * @param role     key of the role
 * @param where    name of the body or area; empty for the whole city
 * @param mostDays longest time one absence lasts
 */
@Introspected
record DeputyChoice(long roleId, String role, String where, int mostDays, List<Deputy> deputies) {

    /**
     * @param roleId the row on whose strength they stand in
     * @param where  name of the body or area of their own role
     */
    @Introspected
    record Deputy(long roleId, long personId, String pseudonym, String role, String where) {}
}
