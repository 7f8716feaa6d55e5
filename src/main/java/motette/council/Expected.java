package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.bodies.Quorum;
import org.jspecify.annotations.Nullable;

/**
 * Who is expected in a session that has not begun.
 *
 * @param members whoever acts in the body when it begins
 * @param quorum  as it will be if all others come; null where no rules hold
 */
@Introspected
record Expected(List<Invited> members, @Nullable Quorum quorum) {

    /** @param excused whether they said that they cannot come */
    @Introspected
    record Invited(long personId, String name, boolean votes, boolean chairs, boolean excused) {}

    List<Invited> excused() {
        return members.stream().filter(Invited::excused).toList();
    }

    /** The member that a person is; null where they are none. */
    @Nullable
    Invited member(long personId) {
        return members.stream()
                .filter(each -> each.personId() == personId)
                .findFirst()
                .orElse(null);
    }

    /** Whether nobody who comes could chair. */
    boolean lacksChair() {
        return members.stream().noneMatch(each -> each.chairs() && !each.excused());
    }

    /** "missed" where too few will be there, "tight" where nobody else may be missing; empty otherwise. */
    String danger() {
        if (quorum == null) {
            return "";
        } else if (!quorum.isReached()) {
            return "missed";
        } else {
            return quorum.counted() == quorum.needed() ? "tight" : "";
        }
    }
}
