package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import motette.shared.Problems;

/**
 * A return or decline as it was typed.
 *
 * @param deed   publication, return or decline; empty while nothing was sent
 * @param reason key of a reason category, as sent
 */
@Introspected
record DecisionForm(String deed, String reason, String note) {

    static final int LONGEST_NOTE = 1000;

    static final DecisionForm EMPTY = new DecisionForm("", "", "");

    static DecisionForm of(DecisionKind kind, Map<String, String> sent) {
        return new DecisionForm(
                kind.key(),
                sent.getOrDefault("reason", ""),
                sent.getOrDefault("note", "").replace("\r\n", "\n").strip());
    }

    Problems problems(DecisionKind kind) {
        var problems = Problems.none();
        if (!kind.accepts(reason)) {
            problems.add(kind.key() + "-reason", "moderation.problem.reason");
        }
        if (note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            problems.add(kind.key() + "-note", "moderation.problem.note", LONGEST_NOTE);
        }
        return problems;
    }
}
