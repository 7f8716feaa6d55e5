package motette.ideas;

import java.util.Locale;

/**
 * How text is looked for: German stems ("Bänke" finds "Bank"), or nearly the same letters ("Trinkbrunen", "Brunnen" in
 * "Trinkbrunnen"). PostgreSQL decides with pg_trgm; its threshold is set for every connection.
 */
public final class IdeaSearch {

    /** Condition on {@code ideas i} with two parameters: the text as typed, and {@link #plain}. */
    public static final String FITS = "(i.search @@ websearch_to_tsquery('german', ?) or ? <% i.words)";

    /** Order by how well it fits, with the same two parameters. */
    static final String RANK =
            "ts_rank(i.search, websearch_to_tsquery('german', ?)) + word_similarity(?, i.words) desc, i.number desc";

    private IdeaSearch() {}

    public static String plain(String text) {
        return text.toLowerCase(Locale.GERMAN)
                .replaceAll("[^\\p{L}\\p{N} ]", " ")
                .strip();
    }
}
