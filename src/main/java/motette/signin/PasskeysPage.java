package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the page of somebody's passkeys prints.
 *
 * @param refusals why none can be added now; empty when one can
 * @param said     what was just done: added, renamed, removed or nothing
 * @param editing  the passkey whose name came back with problems; 0 for none
 */
@Introspected
record PasskeysPage(List<Row> passkeys, List<Refusal> refusals, String said, long editing, Problems problems) {

    /**
     * @param maker      who keeps it; may be empty
     * @param synced     whether it is copied to the person's other devices
     * @param lastUsedOn null while it was never used
     * @param copied     whether it is refused because a copy of it was used
     */
    @Introspected
    record Row(
            long id,
            String label,
            String maker,
            Instant addedAt,
            @Nullable LocalDate lastUsedOn,
            boolean synced,
            boolean copied) {

        static Row of(Passkey passkey, String label) {
            return new Row(
                    passkey.id(),
                    label,
                    passkey.maker(),
                    passkey.addedAt(),
                    passkey.lastUsedOn(),
                    passkey.backedUp(),
                    passkey.isCloned());
        }
    }
}
