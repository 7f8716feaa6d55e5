package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import motette.shared.Problems;

/**
 * The ballot papers of a round.
 *
 * @param districts whose papers are this visitor's
 * @param until     end of typing papers that were handed in before the close
 * @param hands     whether this visitor hands out papers
 * @param times     whether this visitor says until when papers are typed
 * @param prints    whether this visitor makes stacks, and they are still made
 * @param types     whether papers are still typed
 * @param said      made, counted, undone, window; or empty
 * @param stack     what it was said of
 */
@Introspected
record PaperPage(
        String slug,
        String title,
        String phase,
        Instant closesAt,
        Instant until,
        long minutes,
        List<Round.RoundDistrict> districts,
        List<SheetBatch> batches,
        List<PaperMatter> matters,
        List<String> differing,
        boolean hands,
        boolean times,
        boolean prints,
        boolean types,
        Problems problems,
        String sheets,
        String district,
        String said,
        long stack) {

    boolean isOpen() {
        return phase.equals("open");
    }

    boolean isBoxWrong(long batch) {
        return problems.has("box-" + batch);
    }
}
