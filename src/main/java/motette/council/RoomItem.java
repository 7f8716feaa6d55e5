package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * An item of the agenda as it stands in the room.
 *
 * @param label       its number, as "3" or "N 1"
 * @param idea        null where it is about none
 * @param application null where it is about none
 * @param called      whether it was called
 * @param outcome     resolved, noted, no-quorum; empty while it is open or was not called
 * @param resolution  what was resolved; null where nothing was
 */
@Introspected
record RoomItem(
        long id,
        String label,
        @Nullable Long idea,
        @Nullable Long application,
        String title,
        boolean isPublic,
        boolean late,
        boolean removed,
        boolean called,
        String outcome,
        String note,
        @Nullable Resolved resolution) {

    boolean isOpen() {
        return called && outcome.isEmpty();
    }

    boolean isWaiting() {
        return !called && !removed;
    }

    /** Whether it is about an idea or an application, so that money can be granted. */
    boolean isMatter() {
        return idea != null || application != null;
    }

    @Introspected
    record Resolved(long id, String kind, Money amount, String wording, int yes, int no, int abstentions) {}
}
