package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Absences and deputies of somebody.
 *
 * @param mine    who stands in for them
 * @param taken   for whom they stand in
 * @param choices roles that can be handed on, each with who can take it
 * @param unnamed why no deputy can be named; null where one can
 * @param said    what was just done: named, ended or nothing
 */
@Introspected
record DelegationsPage(
        List<Line> mine,
        List<Line> taken,
        List<DeputyChoice> choices,
        @Nullable Refusal unnamed,
        DelegationForm form,
        Problems problems,
        String said) {

    /** @param state runs, ahead or over */
    @Introspected
    record Line(Standin standin, String state) {

        boolean endable() {
            return !state.equals("over");
        }
    }
}
