package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.applications.ApplicationRepository.Item;
import motette.applications.ApplicationRepository.Sent;
import motette.applications.ApplicationRepository.SentLine;
import motette.ideas.OnAgenda;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * An application as whoever asks, the office and the body read it.
 *
 * @param sight    own, office, chair or member
 * @param fields   of the version that is shown
 * @param changes  against the version before; empty for the first
 * @param checks   the reader ticks the list
 * @param promise  by when the office answers; null once it has
 * @param outlook  the session it comes to
 * @param agenda   the session in which the body deals with it in public
 * @param given    typed gaps that come back
 */
@Introspected
record FilePage(
        long number,
        String state,
        String sight,
        boolean paper,
        long idea,
        String bodyName,
        String bodyPath,
        String fundName,
        String quarterName,
        Sent sent,
        Map<String, String> fields,
        List<SentLine> costs,
        List<SentLine> finance,
        List<Documents.Document> documents,
        List<Sent> versions,
        List<Differences.Difference> changes,
        List<Item> items,
        boolean checks,
        boolean writes,
        boolean withdraws,
        Deadlines.@Nullable Promise promise,
        Deadlines.Outlook outlook,
        Optional<OnAgenda.Notice> agenda,
        @Nullable Instant completeAt,
        String said,
        Map<String, String> given,
        String note,
        Problems problems) {

    String path() {
        return "/applications/" + number;
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    boolean has(String field) {
        return !get(field).isBlank();
    }

    boolean seesAddress() {
        return sight.equals("own") || sight.equals("office");
    }

    boolean isOwn() {
        return sight.equals("own");
    }

    /** Whether the desk leads here. */
    boolean isStaff() {
        return sight.equals("office") || sight.equals("chair");
    }

    boolean isReceived() {
        return state.equals("received");
    }

    boolean isReturned() {
        return state.equals("returned");
    }

    List<Item> missing() {
        return items.stream().filter(Item::missing).toList();
    }

    long ticked() {
        return items.stream().filter(Item::ticked).count();
    }

    List<String> paragraphs(String field) {
        return get(field).lines().filter(line -> !line.isBlank()).toList();
    }

    String typedGap(String item) {
        return given.getOrDefault("gap-" + item, "");
    }

    boolean isNamed(String item) {
        return given.getOrDefault("item-" + item, "").equals("gap");
    }

    boolean isTickedNow(String item) {
        return given.getOrDefault("item-" + item, "").equals("ok");
    }

    String tone() {
        return Tones.of(state);
    }

    String icon() {
        return Tones.icon(state);
    }
}
