package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the list and the map show; both read it from the same query string. Empty text means "all".
 *
 * @param district slug
 * @param quarter  key
 * @param category key
 * @param state    key of a public state, or "decided"
 * @param text     words looked for, at most 100 characters
 * @param sort     newest, supported or random
 * @param page     from 1
 */
@Introspected
public record IdeaFilter(
        String district, String quarter, String category, String state, String text, String sort, int page) {

    public static final int SIZE = 50;

    private static final int LAST_PAGE = 2_000;
    private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern PAGE = Pattern.compile("\\d{1,9}");

    /** Stands for what can be no key: nothing fits it, as nothing fits a key that there is not. */
    private static final String UNKNOWN = "unknown";

    public static IdeaFilter of(HttpParameters query) {
        return new IdeaFilter(
                word(query, "district"),
                word(query, "quarter"),
                word(query, "category"),
                word(query, "state"),
                clean(query.getFirst("q").orElse("")),
                switch (word(query, "sort")) {
                    case "supported" -> "supported";
                    case "random" -> "random";
                    default -> "newest";
                },
                page(query.getFirst("page").orElse("1")));
    }

    public static IdeaFilter all() {
        return new IdeaFilter("", "", "", "", "", "newest", 1);
    }

    public boolean isNarrow() {
        return !(district.isEmpty() && quarter.isEmpty() && category.isEmpty() && state.isEmpty() && text.isEmpty());
    }

    public boolean hasText() {
        return !text.isEmpty();
    }

    /** This list with another page, as path and query. */
    public String at(int otherPage) {
        return "/ideas" + query(otherPage);
    }

    public String query(int otherPage) {
        var query = new StringBuilder();
        append(query, "district", district);
        append(query, "quarter", quarter);
        append(query, "category", category);
        append(query, "state", state);
        append(query, "q", text);
        append(query, "sort", sort.equals("newest") ? "" : sort);
        append(query, "page", otherPage == 1 ? "" : String.valueOf(otherPage));
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static String word(HttpParameters query, String name) {
        var value = query.getFirst(name).orElse("").strip().toLowerCase(Locale.ROOT);
        return value.isEmpty() || WORD.matcher(value).matches() ? value : UNKNOWN;
    }

    private static String clean(String text) {
        return Typed.cut(CONTROL.matcher(text).replaceAll(" ").strip(), 100);
    }

    private static int page(String text) {
        return PAGE.matcher(text).matches() ? Math.clamp(Integer.parseInt(text), 1, LAST_PAGE) : 1;
    }
}
