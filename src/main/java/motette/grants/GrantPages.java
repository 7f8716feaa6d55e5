package motette.grants;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import motette.budgets.Accounts;
import motette.grants.ChangeRepository.AskedChange;
import motette.grants.ChangeRepository.Change;
import motette.grants.GrantRepository.Bank;
import motette.grants.ProofForm.Proof;
import motette.grants.ProofPhotos.Photo;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/** What the templates of grants print. */
final class GrantPages {

    private GrantPages() {}

    /** @param state texts grants.state.* */
    @Introspected
    record Row(GrantFile it, String state) {}

    /**
     * The desk of a year.
     *
     * @param lapsing what would fall back at the end of this year
     * @param acts    whether the reader may book
     */
    @Introspected
    record Desk(
            int year,
            List<Integer> years,
            List<Row> rows,
            Accounts sums,
            List<GrantFile> lapsing,
            boolean acts,
            int said) {

        long lapsingCents() {
            return lapsing.stream()
                    .mapToLong(file -> file.reserved() + file.granted())
                    .sum();
        }
    }

    @Introspected
    record Mine(List<Row> rows) {}

    /** What everybody may know. */
    @Introspected
    record Open(GrantFile it, String state) {}

    /**
     * A file for whoever works on it.
     *
     * @param owns    whether the reader acts as whoever asked
     * @param decides whether the reader is an officer
     * @param staff   whether the reader may release
     * @param bank    null where there is none or the reader may not see it
     * @param preview of the notice while it is not issued; null else
     * @param payable euro cents that may be asked for now
     * @param proof   the latest; empty before the first
     * @param photos  that a proof has
     * @param changes of the notice, oldest first
     * @param asked   a change that somebody asks for; null where nobody does
     * @param declined why the latest request was declined; empty where it was not
     * @param refused why the office did not pay what was asked for last; empty where it did, or nothing was asked for
     * @param releases whether the reader may release the payout that waits
     * @param said    what was done just now, as the end of a message's key; empty otherwise
     * @param request a fresh number for the form
     * @param came    the deed whose form is shown again
     */
    @Introspected
    record File(
            GrantFile it,
            String state,
            boolean isFinal,
            boolean owns,
            boolean decides,
            boolean staff,
            @Nullable Bank bank,
            @Nullable Notice preview,
            long payable,
            Proof proof,
            List<Photo> photos,
            List<Change> changes,
            @Nullable AskedChange asked,
            String declined,
            String refused,
            boolean releases,
            String said,
            String request,
            LocalDate today,
            String came,
            Map<String, String> typed,
            Problems problems) {

        /** Whether the reader came from the desk and not from what is theirs. */
        boolean desk() {
            return staff || !owns;
        }

        /** The office reads at once what it asks back; who has to pay reads it once the notice that says so was made known. */
        boolean asksBack() {
            return staff || changes.stream().noneMatch(change -> change.servedOn() == null);
        }

        String typed(String deed, String field, String otherwise) {
            return came.equals(deed) ? typed.getOrDefault(field, otherwise) : otherwise;
        }

        Problems problems(String deed) {
            return came.equals(deed) ? problems : Problems.none();
        }

        /** May whoever reads this ask for a change now? */
        boolean asksForChange() {
            return owns
                    && it.issuedAt() != null
                    && it.changeId() == 0
                    && it.repaymentId() == 0
                    && !it.proofWaits()
                    && !it.isProven()
                    && !it.ended()
                    && !it.rests();
        }

        /** May whoever reads this revoke? */
        boolean revokes() {
            return decides
                    && it.issuedAt() != null
                    && it.repaymentId() == 0
                    && !it.proofWaits()
                    && !it.isProven()
                    && !it.ended()
                    && !it.rests();
        }

        boolean asksForProof() {
            return owns && it.takesProof();
        }
    }
}
