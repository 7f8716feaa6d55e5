package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;

/**
 * The form with name, birth and address.
 *
 * @param kind   what it is for: letter, card, register or entry; names the texts
 * @param action where it is sent
 * @param back   where one comes from
 * @param groups the quarters to choose from; none where the quarter is not asked
 */
@Introspected
record IdentityPage(
        String kind,
        String action,
        String back,
        IdentityForm form,
        Problems problems,
        List<QuarterGroup> groups,
        String city) {

    /** On a coordinator's tablet no browser fills in the coordinator's own name. */
    String complete(String field) {
        return kind.equals("entry") ? "off" : field;
    }

    boolean asksQuarter() {
        return !groups.isEmpty();
    }

    boolean asksCareOf() {
        return kind.equals("letter");
    }
}
