package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of a session, as somebody may read them.
 *
 * @param content  null while there is nothing to read
 * @param open     whether this is what the public reads
 * @param insider  whether the reader may change between this and the whole
 * @param version  0 before the first
 * @param hash     SHA-256 of what is read, hexadecimal; empty before the first version
 * @param due      the last day on which they are to be shown to the body
 * @param versions newest first; empty for the public
 * @param desk     what the reader may do; null for who only reads
 * @param said     what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record MinutesPage(
        CouncilSession session,
        @Nullable MinutesContent content,
        boolean open,
        boolean insider,
        int version,
        @Nullable Instant writtenAt,
        String hash,
        LocalDate due,
        List<MinutesRepository.Version> versions,
        List<MinutesRepository.Signature> signatures,
        MinutesRepository.@Nullable Approval approval,
        List<MinutesRepository.Correction> corrections,
        @Nullable Desk desk,
        Problems problems,
        String said) {

    /** So many sign. */
    static final int SIGNATURES = 3;

    /**
     * @param writes   whether they may write a version
     * @param roles    in which they may sign
     * @param later    sessions that can have approved
     * @param approves whether they may record an approval
     * @param corrects whether they may write a correction
     * @param request  for a correction
     * @param words    of a correction that came back
     */
    @Introspected
    record Desk(
            boolean writes,
            List<String> roles,
            boolean approves,
            List<MinutesRepository.LaterSession> later,
            boolean corrects,
            String request,
            String words) {}

    boolean isSigned() {
        return signatures.size() == SIGNATURES;
    }

    boolean writes() {
        return desk != null && desk.writes() && !open;
    }

    String path() {
        return session.path() + "/minutes";
    }
}
