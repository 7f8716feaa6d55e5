package motette.shared;

/** Numbers of rows as they stand in addresses, where the route lets digits only through. */
public final class RowNumbers {

    private static final int LONGEST = 18;

    private RowNumbers() {}

    /** @return 0, which is no row's number, where it is too long for one */
    public static long of(String digits) {
        return digits.length() <= LONGEST ? Long.parseLong(digits) : 0;
    }
}
