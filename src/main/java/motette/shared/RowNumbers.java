package motette.shared;

import java.util.Optional;

/** Numbers of rows as they stand in addresses and forms. */
public final class RowNumbers {

    private static final int LONGEST = 18;

    private RowNumbers() {}

    /** Empty where the text is no number of a row. */
    public static Optional<Long> find(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /**
     * For where the route lets digits only through.
     *
     * @return 0, which is no row's number, where it is too long for one
     */
    public static long of(String digits) {
        return digits.length() <= LONGEST ? Long.parseLong(digits) : 0;
    }
}
