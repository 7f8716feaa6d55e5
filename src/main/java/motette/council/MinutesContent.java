package motette.council;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;

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
    record Line(String reader, String text) {}

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
