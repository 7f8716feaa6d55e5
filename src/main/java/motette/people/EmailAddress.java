package motette.people;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address as we keep it: lower case, one that a mail could reach. */
public final class EmailAddress {

    private static final int LONGEST = 254;
    private static final Pattern SHAPE = Pattern.compile(
            "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

    private EmailAddress() {}

    public static Optional<String> of(String typed) {
        var address = typed.strip().toLowerCase(Locale.ROOT);
        return address.length() <= LONGEST && SHAPE.matcher(address).matches()
                ? Optional.of(address)
                : Optional.empty();
    }

    /** Enough to recognise an address that one knows: "m…@motette.example". */
    static String masked(String address) {
        int at = address.indexOf('@');
        return at < 1 ? "" : address.substring(0, 1) + "…" + address.substring(at);
    }
}
