package motette.audit;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit. Its leaf in the tree is the hash of what may be public; who did it stands there as a salted hash only. So
 * a row can be shown without its person, a row that is not public can be left out, and both stay provable.
 *
 * @param person who did it; null for the application itself
 */
record Entry(
        long id,
        Instant at,
        @Nullable Long person,
        String office,
        String deed,
        String subject,
        String reason,
        Map<String, @Nullable Object> details,
        byte[] salt) {

    /** The row without its person. */
    Map<String, Object> told() {
        var told = new TreeMap<String, Object>();
        told.put("id", id);
        told.put("at", at.toString());
        told.put("office", office);
        told.put("deed", deed);
        told.put("subject", subject);
        told.put("reason", reason);
        told.put("details", details);
        told.put("who", HexFormat.of().formatHex(Hashes.commitment(Canonical.bytes(who()))));
        return told;
    }

    /** Who did it, with the salt. */
    Map<String, @Nullable Object> who() {
        var who = new TreeMap<String, @Nullable Object>();
        who.put("person", person);
        who.put("salt", HexFormat.of().formatHex(salt));
        return who;
    }

    byte[] leaf() {
        return Hashes.leaf(Canonical.bytes(told()));
    }
}
