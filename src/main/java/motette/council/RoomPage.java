package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The room, for who runs the session.
 *
 * @param came   which form came back: "motion", "count", "void", "decline", "end", "bias"; empty otherwise
 * @param refused why it cannot be opened now; null where it can, or is
 * @param planned what the list of motions says of the item that is open; null without
 * @param papers  on the item that is open
 * @param hints  names of members who declared a function in the organisation that asks
 */
@Introspected
record RoomPage(
        Room room,
        String came,
        MotionForm motion,
        RoomForm form,
        Problems problems,
        @Nullable Refusal refused,
        Selection.@Nullable Line planned,
        List<AgendaPaper> papers,
        List<String> hints) {

    Problems problems(String form) {
        return form.equals(came) ? problems : Problems.none();
    }

    List<String> kinds() {
        return room.matter() == null ? MotionForm.ON_OTHERS : MotionForm.ON_MATTERS;
    }

    List<String> grounds() {
        return RoomForm.GROUNDS;
    }

    List<String> modes() {
        return RoomForm.MODES;
    }
}
