package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import motette.ideas.SimilarIdeas;
import motette.ideas.Translations;
import motette.people.Standin;
import motette.places.Quarter;
import motette.shared.Message;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the desk prints.
 *
 * @param view       waiting or decided: which list
 * @param shows      list or detail: which of both a phone shows
 * @param deadline   working days within which an idea should be decided
 * @param category   of the idea on the desk
 * @param groups     its target groups
 * @param idea       the one on the desk; null when there is none
 * @param marks      keys of what is odd about it: {@code mark.<key>}
 * @param closed     public reason why it is closed; empty while it is open
 * @param closing    the reason as it was typed
 * @param undoable   decision about this idea that can be taken back; null when there is none
 * @param done       what was just decided and can be taken back; null otherwise
 * @param undecided  why they may look but not decide; null where they may
 * @param translations wordings in other languages that wait for a second look
 * @param standins   for whom they stand in at this moment
 * @param correcting the form that corrects its place; null while it is closed
 */
@Introspected
record DeskPage(
        String view,
        String shows,
        long total,
        int deadline,
        List<Waiting> waiting,
        List<DecidedRow> decided,
        @Nullable IdeaRow idea,
        String category,
        List<String> groups,
        @Nullable Message waits,
        boolean overdue,
        List<PhotoRow> photos,
        List<String> marks,
        String closed,
        String closing,
        List<HistoryRow> history,
        List<SimilarIdeas.Similar> similar,
        List<String> returnReasons,
        List<String> declineReasons,
        @Nullable DecidedRow undoable,
        @Nullable DecidedRow done,
        DecisionForm form,
        Problems problems,
        @Nullable PlaceForm correcting,
        List<Quarter> quarters,
        String bounds,
        String attribution,
        @Nullable Refusal undecided,
        List<Standin> standins,
        List<Translations.Waiting> translations) {

    @Introspected
    record Waiting(
            long number,
            String title,
            String quarter,
            String category,
            Instant since,
            Message waits,
            boolean overdue,
            boolean odd,
            boolean current) {}
}
