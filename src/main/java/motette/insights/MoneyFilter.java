package motette.insights;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpParameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which money is looked at; every choice is in the address. Empty text means "all".
 *
 * @param year  0 where the address names none
 * @param fund  key
 * @param body  key
 * @param place slug of a district, key of a quarter, or {@link #NOWHERE}
 * @param sort  of the comparison, one of {@link #SORTS}
 * @param page  of the movements, from 1
 */
@Introspected
record MoneyFilter(int year, String fund, String body, String place, String sort, int page) {

    static final String PATH = "/insights/money";

    /** Money that is for no idea, and so for no place. */
    static final String NOWHERE = "none";

    /** The first one is what stands where nothing is chosen. */
    static final List<String> SORTS = List.of("person", "decided", "share", "name");

    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern YEAR = Pattern.compile("[1-9]\\d{3}");
    private static final Pattern PAGE = Pattern.compile("[1-9]\\d{0,5}");

    /** Empty where something in the address can be no year and no key. */
    static Optional<MoneyFilter> of(HttpParameters query) {
        var year = text(query, "year");
        var fund = text(query, "fund");
        var body = text(query, "body");
        var place = text(query, "place");
        var sort = text(query, "sort");
        var page = text(query, "page");
        boolean known = (year.isEmpty() || YEAR.matcher(year).matches())
                && List.of(fund, body, place).stream()
                        .allMatch(key -> key.isEmpty() || KEY.matcher(key).matches());
        return known
                ? Optional.of(new MoneyFilter(
                        year.isEmpty() ? 0 : Integer.parseInt(year),
                        fund,
                        body,
                        place,
                        SORTS.contains(sort) ? sort : SORTS.getFirst(),
                        PAGE.matcher(page).matches() ? Integer.parseInt(page) : 1))
                : Optional.empty();
    }

    MoneyFilter in(int otherYear) {
        return new MoneyFilter(otherYear, fund, body, place, sort, 1);
    }

    MoneyFilter from(String otherFund) {
        return new MoneyFilter(year, otherFund, "", place, sort, 1);
    }

    MoneyFilter by(String otherBody) {
        return new MoneyFilter(year, fund, otherBody, place, sort, 1);
    }

    MoneyFilter at(String otherPlace) {
        return new MoneyFilter(year, fund, body, otherPlace, sort, 1);
    }

    MoneyFilter sorted(String otherSort) {
        return new MoneyFilter(year, fund, body, place, otherSort, 1);
    }

    MoneyFilter onPage(int otherPage) {
        return new MoneyFilter(year, fund, body, place, sort, otherPage);
    }

    boolean isNarrow() {
        return !(fund.isEmpty() && body.isEmpty() && place.isEmpty());
    }

    boolean hasPlace() {
        return !place.isEmpty();
    }

    boolean isNowhere() {
        return place.equals(NOWHERE);
    }

    /** The one address of what is chosen. */
    String address() {
        return PATH + query(true);
    }

    String table() {
        return PATH + ".csv" + query(false);
    }

    String movementTable() {
        return PATH + "/movements.csv" + query(false);
    }

    /** @param whole with what only the page has: order and page */
    String query(boolean whole) {
        var query = new StringBuilder();
        append(query, "year", year == 0 ? "" : String.valueOf(year));
        append(query, "fund", fund);
        append(query, "body", body);
        append(query, "place", place);
        if (whole) {
            append(query, "sort", sort.equals(SORTS.getFirst()) ? "" : sort);
            append(query, "page", page == 1 ? "" : String.valueOf(page));
        }
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
        }
    }

    private static String text(HttpParameters query, String name) {
        return query.getFirst(name).orElse("").strip().toLowerCase(Locale.ROOT);
    }
}
