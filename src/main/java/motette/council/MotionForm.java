package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Money;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/** A motion as it is typed in the room. */
@Introspected
record MotionForm(String requestId, String kind, String amount, String wording, String reason) {

    /** What can be moved on an idea or application. */
    static final List<String> ON_MATTERS = List.of("granted", "granted-in-part", "recommended", "postponed");

    /** What can be moved on anything else. */
    static final List<String> ON_OTHERS = List.of("agreed", "recommended", "postponed");

    private static final int SHORTEST = 10;
    private static final int LONGEST = 2000;

    static MotionForm of(Map<String, String> fields) {
        return new MotionForm(
                RoomForm.text(fields, "request_id", 40),
                RoomForm.text(fields, "kind", 20),
                RoomForm.text(fields, "amount", 20),
                RoomForm.text(fields, "wording", 2 * LONGEST),
                RoomForm.text(fields, "reason", 2 * LONGEST));
    }

    /** The motion as it stands, to be changed; or a new one. */
    static MotionForm fresh(@Nullable Motion motion, @Nullable Matter matter) {
        var id = UUID.randomUUID().toString();
        if (motion != null) {
            return new MotionForm(
                    id,
                    motion.kind(),
                    motion.grants() ? motion.amount().typed() : "",
                    motion.wording(),
                    motion.reason());
        } else if (matter != null) {
            return new MotionForm(
                    id, "granted", matter.asked().isZero() ? "" : matter.asked().typed(), "", "");
        } else {
            return new MotionForm(id, "agreed", "", "", "");
        }
    }

    Optional<UUID> request() {
        return RoomForm.uuid(requestId);
    }

    boolean grants() {
        return kind.startsWith("granted");
    }

    /** What the motion grants: the cost in full where it is known, else what was typed. */
    Money sum(@Nullable Matter matter) {
        if (!grants()) {
            return Money.ZERO;
        } else if (kind.equals("granted") && matter != null && !matter.asked().isZero()) {
            return matter.asked();
        } else {
            return Money.parse(amount).orElse(Money.ZERO);
        }
    }

    /** @param stated whether a statement of the administration stands */
    Problems problems(@Nullable Matter matter, Optional<Procedure> procedure, boolean stated) {
        var problems = Problems.none();
        if (!(matter == null ? ON_OTHERS : ON_MATTERS).contains(kind)) {
            problems.add("kind", "council.problem.kind");
        } else if (grants() && matter != null) {
            amount(problems, matter.asked());
        }
        words(problems, "wording", wording, SHORTEST, "room.problem.wording");
        words(problems, "reason", reason, matter == null ? 0 : SHORTEST, "council.problem.reason-short");
        if (procedure.filter(rules -> rules.needsStatement(sum(matter))).isPresent() && !stated) {
            problems.add("amount", "room.problem.statement", procedure.get().withoutStatement());
        }
        return problems;
    }

    private void amount(Problems problems, Money asked) {
        var typed = Money.parse(amount).filter(sum -> !sum.isZero());
        if (kind.equals("granted") && !asked.isZero()) {
            if (!amount.isEmpty() && Money.parse(amount).isEmpty()) {
                problems.add("amount", "council.problem.amount");
            } else if (!amount.isEmpty() && !typed.equals(Optional.of(asked))) {
                problems.add("amount", "council.problem.amount-full", asked);
            }
        } else if (typed.isEmpty()) {
            problems.add("amount", "council.problem.amount");
        } else if (!asked.isZero() && typed.get().compareTo(asked) >= 0) {
            problems.add("amount", "council.problem.amount-part", asked);
        }
    }

    private static void words(Problems problems, String field, String words, int shortest, String missing) {
        int length = SessionForm.length(words);
        if (length < shortest) {
            problems.add(field, missing);
        } else if (length > LONGEST) {
            problems.add(field, "council.problem.reason-long", length - LONGEST);
        }
    }
}
