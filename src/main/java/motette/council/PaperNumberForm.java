package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import motette.shared.Problems;

/**
 * A number and its link as they were typed.
 *
 * @param version what was known when the form was opened, so that nobody overwrites what they did not see
 */
@Introspected
record PaperNumberForm(String number, String link, int version) {

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_LINK = 500;

    static PaperNumberForm of(PaperNumber known) {
        return new PaperNumberForm(known.number(), known.link(), known.version());
    }

    static PaperNumberForm of(Map<String, String> fields) {
        var version = fields.getOrDefault("version", "");
        return new PaperNumberForm(
                text(fields, "number", 2 * LONGEST_NUMBER).replaceAll("\\s+", " "),
                text(fields, "link", 2 * LONGEST_LINK),
                version.matches("[0-9]{1,6}") ? Integer.parseInt(version) : -1);
    }

    Problems problems() {
        var problems = Problems.none();
        if (SessionForm.length(number) > LONGEST_NUMBER) {
            problems.add("number", "paper.problem.number.long", LONGEST_NUMBER);
        } else if (number.isEmpty() && (version < 1 || !link.isEmpty())) {
            problems.add("number", "paper.problem.number");
        }
        if (SessionForm.length(link) > LONGEST_LINK) {
            problems.add("link", "paper.problem.link.long", LONGEST_LINK);
        } else if (!link.isEmpty() && !leadsSomewhere(link)) {
            problems.add("link", "paper.problem.link");
        }
        return problems;
    }

    boolean says(PaperNumber known) {
        return number.equals(known.number()) && link.equals(known.link());
    }

    private static boolean leadsSomewhere(String link) {
        try {
            var uri = new URI(link);
            return link.startsWith("https://")
                    && !link.matches(".*[\\s<>\"].*")
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String text(Map<String, String> fields, String name, int longest) {
        var text = fields.getOrDefault(name, "").replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
