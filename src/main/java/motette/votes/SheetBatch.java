package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;

/**
 * A stack of ballot papers and what became of it: the control totals.
 *
 * @param sheets     printed
 * @param first      lowest number in it
 * @param last       highest number in it
 * @param handedOut  against an entry in the roll
 * @param box        counted by hand in the box; empty while nobody did
 * @param once       typed by one person so far
 * @param different  typed differently by two, not settled yet
 * @param valid      settled, with ticks that count
 * @param empty      settled, nothing ticked
 * @param invalid    settled, against the rules
 * @param unreadable settled, cannot be read
 */
@Introspected
record SheetBatch(
        long id,
        String districtKey,
        String district,
        int sheets,
        String first,
        String last,
        String by,
        Instant madeAt,
        Optional<Instant> printedAt,
        int handedOut,
        Optional<Integer> box,
        int once,
        int different,
        int valid,
        int empty,
        int invalid,
        int unreadable) {

    int left() {
        return sheets - handedOut;
    }

    int twice() {
        return different + settled();
    }

    int settled() {
        return valid + empty + invalid + unreadable;
    }

    int accepted() {
        return valid + empty;
    }

    /** Sheets that somebody typed at least once. */
    int typed() {
        return once + twice();
    }

    boolean agrees() {
        return once == 0
                && different == 0
                && box.filter(counted -> counted == settled()).isPresent();
    }
}
