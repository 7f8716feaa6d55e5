package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A request at the desk of an office.
 *
 * @param answer   what was said last; null before
 * @param hindered why the reader may not answer; null where they may
 * @param answers  the answer can be given or corrected now
 */
@Introspected
record RequestPage(
        Request request,
        Matter matter,
        boolean overdue,
        @Nullable Answer answer,
        boolean answers,
        @Nullable Refusal hindered,
        AnswerForm form,
        List<Office> others,
        String typedTo,
        String typedForward,
        String typedReturn,
        Problems problems) {

    String badge() {
        return overdue ? "overdue" : request.state();
    }

    String tone() {
        return Badges.tone(badge());
    }

    String icon() {
        return Badges.icon(badge());
    }

    List<String> feasibilities() {
        return AnswerForm.FEASIBILITIES;
    }

    List<String> competences() {
        return AnswerForm.COMPETENCES;
    }

    List<String> ownerships() {
        return AnswerForm.OWNERSHIPS;
    }
}
