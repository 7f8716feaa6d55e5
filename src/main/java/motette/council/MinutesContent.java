package motette.council;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What minutes say, in German: part by part the lines that follow from the records, and what the minute-taker adds. It is written
 * down as JSON; the signatures hold for exactly that.
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Introspected
record MinutesContent(String title, List<Part> parts) {

    /** For everybody, for the body alone, or only where the public reads: where the body reads more in another line. */
    static final String ALL = "all";

    static final String BODY = "body";
    static final String PUBLIC = "public";

    /**
     * @param key  "session", or the number of an item
     * @param open whether the public reads it
     * @param text what the minute-taker adds; empty where nothing is
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Introspected
    record Part(String key, String heading, boolean open, List<Line> lines, String text) {

        boolean hasText() {
            return !text.isEmpty();
        }

        /** Paragraphs as they were typed. */
        List<String> paragraphs() {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** @param reader {@link #ALL}, {@link #BODY} or {@link #PUBLIC} */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Introspected
    record Line(String reader, String text) {

        private static final Pattern LABELS = Pattern.compile("Gremium|Tag|Ort|Beginn|Vorsitz|Anwesend (mit|ohne)"
                + " Stimmrecht|Abwesend|Beschlussfähigkeit \\(.*\\)|TOP N? ?\\d+|Aufgerufen|Antrag( \\d+)?"
                + " \\([^:]*\\)|(Offene|Namentliche|Geheime) Abstimmung über Antrag \\d+|Stimmberechtigt"
                + " anwesend|Ja|Nein|Enthaltung|Ergebnis|Beschluss|Begründung|Vermerk");

        /** What names the rest of the line, such as "Ort"; empty where the line is a sentence. */
        String label() {
            int colon = text.indexOf(": ");
            var before = colon < 0 ? "" : text.substring(0, colon);
            return LABELS.matcher(before).matches() ? before : "";
        }

        /** The line without its label; whoever was there, one by one. */
        List<String> words() {
            var label = label();
            var words = label.isEmpty() ? text : text.substring(label.length() + 2);
            return label.startsWith("Anwesend") ? List.of(words.split("(?<=\\)), ")) : List.of(words);
        }

        /** What was resolved, which readers look for first. */
        boolean isResolved() {
            return label().equals("Beschluss");
        }
    }

    static Line all(String text) {
        return new Line(ALL, text);
    }

    static Line body(String text) {
        return new Line(BODY, text);
    }

    static Line open(String text) {
        return new Line(PUBLIC, text);
    }

    /** As the public reads it: without what is not public, and without a trace of it. */
    MinutesContent forEverybody() {
        return only(BODY, parts.stream().filter(Part::open).toList());
    }

    MinutesContent forTheBody() {
        return only(PUBLIC, parts);
    }

    private MinutesContent only(String without, List<Part> kept) {
        var read = new ArrayList<Part>();
        for (var part : kept) {
            read.add(new Part(
                    part.key(),
                    part.heading(),
                    part.open(),
                    part.lines().stream()
                            .filter(line -> !line.reader().equals(without))
                            .toList(),
                    part.text()));
        }
        return new MinutesContent(title, List.copyOf(read));
    }
}
