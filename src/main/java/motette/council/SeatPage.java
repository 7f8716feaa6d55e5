package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;

/** The room, for a member on their phone. */
@Introspected
record SeatPage(Room room, RoomMember me, List<AgendaPaper> papers, Problems problems) {

    List<String> grounds() {
        return RoomForm.GROUNDS;
    }

    List<String> choices() {
        return RoomForm.CHOICES;
    }

    /** Whether they can vote now. */
    boolean votes() {
        var vote = room.vote();
        return vote != null && vote.runs() && vote.isOnDevices() && me.voter() && me.present();
    }
}
