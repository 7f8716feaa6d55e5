package motette.grants;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.grants.ProofForm.Line;
import motette.grants.ProofForm.Voucher;
import motette.grants.ProofPhotos.Photo;
import motette.shared.Problems;

/**
 * The page on which a proof of use is written.
 *
 * @param costs    what the project cost, line by line; none where the proof is simple
 * @param sources  where the money came from beside the grant
 * @param kind     interim or final
 */
@Introspected
record ProofPage(
        GrantFile it,
        List<Line> costs,
        List<Line> sources,
        List<Voucher> receipts,
        ProofSums sums,
        String kind,
        String spent,
        String report,
        List<Photo> photos,
        LocalDate today,
        Problems problems) {

    boolean takesPhotos() {
        return photos.size() < ProofPhotos.MOST;
    }
}
