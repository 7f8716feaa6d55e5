package motette.grants;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One granting resolution and how far it is carried out. Amounts are euro cents.
 *
 * @param id            of the resolution
 * @param kind          notice to whoever asked, or order to an office
 * @param applicantId   0 without an application, on paper, and once the account is erased
 * @param organisation  empty where a person asked
 * @param isPublic      whether the item of the agenda was
 * @param rests         the mayor objects, or the resolution fell
 * @param noticeVersion 1 while nothing changed
 * @param current       euro cents that the grant has after all changes
 * @param purpose       as a change says; empty while it is the one of the application
 * @param changeId      that is asked for and not decided; 0 where none is
 * @param fallen        the resolution was annulled after the notice or the order
 * @param spendingId    that an office entered and nobody released; 0 where none is
 * @param payoutId      that waits for its releases; 0 where none does
 * @param repaymentId   that is open; 0 where none is
 * @param step          of an order; empty before the first
 */
@Introspected
record GrantFile(
        long id,
        String kind,
        String title,
        String bodyName,
        String fundKey,
        String fundName,
        int year,
        long budgetId,
        String reference,
        long amountCents,
        LocalDate decidedOn,
        long applicationId,
        int version,
        long applicantId,
        String organisation,
        boolean isPublic,
        boolean rests,
        boolean opened,
        boolean ended,
        long reserved,
        long granted,
        long paid,
        @Nullable Instant issuedAt,
        @Nullable LocalDate projectTo,
        @Nullable LocalDate proofDue,
        boolean simple,
        int noticeVersion,
        long current,
        String purpose,
        long changeId,
        long changeAskedBy,
        boolean fallen,
        long spendingId,
        long spendingCents,
        String spendingPurpose,
        long spendingBy,
        @Nullable LocalDate servedOn,
        @Nullable LocalDate objectionTo,
        boolean waived,
        boolean hasAccount,
        long payoutId,
        long payoutCents,
        long askedBy,
        int releases,
        long releasedBy,
        int proofVersion,
        String proofKind,
        long spent,
        String report,
        String outcome,
        String answer,
        boolean proven,
        long repaymentId,
        long repaymentCents,
        @Nullable LocalDate repayBy,
        String step,
        String office,
        String note) {

    boolean isNotice() {
        return kind.equals("notice");
    }

    /** What of the grant went back into the budget. */
    long returned() {
        return amountCents - reserved - granted - paid;
    }

    boolean isFinal(LocalDate today) {
        return waived || objectionTo != null && objectionTo.isBefore(today);
    }

    boolean proofWaits() {
        return proofVersion > 0 && outcome.isEmpty();
    }

    /** Whether a proof can be sent now. */
    boolean takesProof() {
        return issuedAt != null && paid > 0 && !proofWaits() && !isProven() && !ended && !rests;
    }

    /** Whether somebody still has to say what became of the money. */
    boolean owesProof() {
        return proofDue != null && current > 0 && !proofWaits() && !isProven() && !ended && !rests;
    }

    boolean isProven() {
        return proofKind.equals("final") && outcome.equals("accepted");
    }

    /** One word for where it is; texts grants.state.*. */
    String state(LocalDate today) {
        if (rests && !fallen) {
            return "rests";
        } else if (fallen) {
            return repaymentId != 0 ? "repayment" : "annulled";
        } else if (ended) {
            return current == 0 ? "revoked" : "settled";
        } else if (!opened) {
            return reserved == 0 ? "lapsed" : "waiting";
        } else if (repaymentId != 0) {
            return "repayment";
        } else if (payoutId != 0 || spendingId != 0) {
            return "asked";
        } else if (isNotice() && proofWaits()) {
            return "proof";
        } else if (changeId != 0) {
            return "change";
        } else if (!isNotice()) {
            return step;
        } else if (paid > 0) {
            return granted > 0 ? "partly" : "paid";
        } else if (servedOn == null) {
            return "issued";
        } else {
            return isFinal(today) ? "final" : "served";
        }
    }

    String path() {
        return "/grants/" + id;
    }
}
