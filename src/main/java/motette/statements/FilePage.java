package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the administration says on an idea or an application.
 *
 * @param state      of its badge
 * @param blocks     offices that were asked, the first first
 * @param skipReason why no statement is needed; empty where nobody said so
 * @param appeal     null where nobody appealed
 * @param author     the reader wrote the idea or asks for the money
 * @param until      the reader may appeal until this day; null where they may not
 * @param officer    the reader is of the administration and sees questions and comments
 * @param ask        the form to ask offices; null where the reader cannot
 * @param skippable  the office may say that no statement is needed
 * @param threshold  in cents, up to which the body decides without one
 * @param decides    the reader may decide on the appeal
 * @param hindered   why they may not, where they are of the administration; null otherwise
 * @param answerDays working days that offices have unless said otherwise
 * @param isDefault  no source settles the deadlines
 */
@Introspected
record FilePage(
        Matter matter,
        Given given,
        String state,
        LocalDate today,
        List<Block> blocks,
        String skipReason,
        @Nullable Appeal appeal,
        boolean author,
        @Nullable LocalDate until,
        boolean officer,
        @Nullable AskForm ask,
        List<Office> offices,
        boolean skippable,
        long threshold,
        boolean decides,
        @Nullable Refusal hindered,
        int answerDays,
        boolean isDefault,
        String typedSkip,
        String typedAppeal,
        String typedOutcome,
        String typedDecision,
        String said,
        Problems problems) {

    /**
     * An office and what it said.
     *
     * @param answer null before the first
     * @param before earlier versions, the newest first
     * @param works  the reader works for this office and may answer
     */
    @Introspected
    record Block(Request request, @Nullable Answer answer, List<Answer> before, boolean overdue, boolean works) {

        /** Badge of the request. */
        String badge() {
            return overdue ? "overdue" : request.state();
        }
    }

    String tone() {
        return Badges.tone(state);
    }

    String icon() {
        return Badges.icon(state);
    }

    String path() {
        return matter.subject().path();
    }
}
