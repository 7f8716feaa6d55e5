package motette.signin;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key pair that somebody signs in with.
 *
 * @param credential attested credential data, with the AAGUID zeroed
 * @param maker      who keeps it, as "iCloud Keychain"; may be empty
 * @param lastUsedOn null while it was never used
 * @param clonedAt   when its counter went back; null while it is good
 */
@MappedEntity("passkeys")
record Passkey(
        @Id @GeneratedValue long id,
        long personId,
        byte[] credentialId,
        byte[] credential,
        byte[] userHandle,
        long signCount,
        boolean backupEligible,
        boolean backedUp,
        String maker,
        String label,
        Instant addedAt,
        @Nullable LocalDate lastUsedOn,
        @Nullable Instant clonedAt) {

    boolean isCloned() {
        return clonedAt != null;
    }
}
