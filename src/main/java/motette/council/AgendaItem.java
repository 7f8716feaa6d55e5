package motette.council;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * One item of an agenda (Tagesordnungspunkt).
 *
 * @param idea    number of the idea it is about; null for anything else
 * @param application number of the application it is about; null for anything else
 * @param secrecy why it is not public; empty where it is
 * @param urgency why it was added after the invitation; empty where it was there before
 * @param removed why it was taken off after the invitation; empty while it is on
 */
@Introspected
record AgendaItem(
        long id,
        int position,
        @Nullable Long idea,
        @Nullable Long application,
        String title,
        String secrecy,
        String urgency,
        String removed) {

    boolean isPublic() {
        return secrecy.isEmpty();
    }

    boolean isRemoved() {
        return !removed.isEmpty();
    }

    boolean isLate() {
        return !urgency.isEmpty();
    }
}
