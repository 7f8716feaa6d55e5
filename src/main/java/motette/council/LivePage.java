package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session as everybody sees it: on the wall of the room and at home. Of what is not public it knows only that it is dealt with.
 *
 * @param items   the public ones
 * @param closed  whether an item that is not public is open now
 * @param lastResolved the public item that was resolved last; null before
 * @param current the public item that is open; null without
 * @param papers  on it, those everybody reads
 */
@Introspected
record LivePage(
        Room room,
        List<RoomItem> items,
        boolean closed,
        @Nullable RoomItem lastResolved,
        @Nullable RoomItem current,
        List<AgendaPaper> papers,
        boolean runs) {

    static LivePage of(Room room, List<AgendaPaper> papers, boolean runs) {
        var current = room.current();
        var closed = current != null && !current.isPublic();
        return new LivePage(
                room,
                room.items().stream().filter(RoomItem::isPublic).toList(),
                closed,
                room.items().stream()
                        .filter(RoomItem::isPublic)
                        .filter(item -> number(item) > 0)
                        .max(Comparator.comparingLong(LivePage::number))
                        .orElse(null),
                closed ? null : current,
                papers,
                runs);
    }

    private static long number(RoomItem item) {
        var resolution = item.resolution();
        return resolution == null ? 0 : resolution.id();
    }

    /** Names are read only where the vote was by name, and only once it has ended. */
    boolean showsNames() {
        var vote = room.vote();
        return current != null
                && vote != null
                && vote.isByName()
                && !vote.runs()
                && !vote.outcome().equals("void");
    }
}
