package motette.shared;

import java.util.List;
import java.util.Optional;

/** A page with something of its own to say where its address is passed on: in what a search finds and where somebody shares it. */
public interface Described {

    /** Longest summary in characters; what comes behind is cut off by most who show it. */
    int LONGEST = 180;

    /** One or two sentences; empty for those of the platform. */
    String summary();

    /** Whose picture stands beside it; empty for the city's. */
    Optional<Subject> pictured();

    /**
     * @param path  "ideas/128": what the picture is of
     * @param shows everything in the picture that can change; the address follows from it
     */
    record Subject(String path, List<String> shows) {}

    /** The beginning of a text, whole words, with a sign that it goes on; what comes far behind is not looked at. */
    static String beginning(String text) {
        return beginning(text, LONGEST);
    }

    /** @param longest characters of the result */
    static String beginning(String text, int longest) {
        var line = new StringBuilder(longest + 2);
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() <= longest; i++) {
            char letter = text.charAt(i);
            if (Character.isWhitespace(letter)) {
                gap = !line.isEmpty();
            } else {
                line.append(gap ? " " : "").append(letter);
                gap = false;
            }
        }
        if (line.length() <= longest) {
            return line.toString();
        } else {
            int end = line.lastIndexOf(" ", longest - 1);
            return line.substring(0, end > longest / 2 ? end : longest - 1) + "…";
        }
    }
}
