package motette.ideas;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the server tells a device that sent a kept idea.
 *
 * @param state     sent: it is handed in; draft: it is the draft of this browser now; needs-you: the person has to mend something;
 *                  later: to be sent again by itself
 * @param number    of the idea; 0 when there is none
 * @param code      of a guest's idea, in groups; empty otherwise
 * @param sentences in the reader's language
 * @param href      where it goes on; empty for nowhere
 * @param label     what the link says
 * @param seconds   to wait before it is sent again
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record OfflineAnswer(
        String state, long number, String code, List<String> sentences, String href, String label, long seconds) {

    static OfflineAnswer sent(long number, String code) {
        return new OfflineAnswer(
                "sent", number, code, List.of(), code.isEmpty() ? "/ideas/" + number : "/ideas/lookup", "", 0);
    }

    static OfflineAnswer draft(String href) {
        return new OfflineAnswer("draft", 0, "", List.of(), href, "", 0);
    }

    static OfflineAnswer needsYou(List<String> sentences, String href, String label) {
        return new OfflineAnswer("needs-you", 0, "", sentences, href, label, 0);
    }

    static OfflineAnswer later(String sentence, long seconds) {
        return new OfflineAnswer("later", 0, "", List.of(sentence), "", "", seconds);
    }

    /** Without the code: this may end up in a log. */
    @Override
    public String toString() {
        return "OfflineAnswer[" + state + " " + number + "]";
    }
}
