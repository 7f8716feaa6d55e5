package motette.privacy;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What "Meine Daten" prints, on the page and in the download.
 *
 * @param lang    tag of the language
 * @param madeOn  day and time of the reading, in words
 */
@Introspected
record DataPage(String lang, String pseudonym, String madeOn, List<Section> sections) {

    /**
     * One kind of data.
     *
     * @param count rows of all its tables
     */
    @Introspected
    record Section(Kind kind, long count, List<Entry> entries, long more) {

        boolean isEmpty() {
            return count == 0;
        }
    }

    /** One row. */
    @Introspected
    record Entry(List<Fact> facts) {}

    /** @param href where it leads to; empty where it does not */
    @Introspected
    record Fact(String label, String value, String href) {}
}
