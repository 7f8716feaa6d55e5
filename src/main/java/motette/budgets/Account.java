package motette.budgets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the money of a budget is, on its way from first to last; the key is the word in the database and in the texts. */
public enum Account {
    /** The contra account: what the city's household has given. */
    APPROPRIATION,
    AVAILABLE,
    RESERVED,
    GRANTED,
    PAID;

    /** Where a euro of a budget can be: every account but the one it came from. */
    public static final List<Account> STATIONS =
            Arrays.stream(values()).filter(account -> account != APPROPRIATION).toList();

    /** Where a euro is that a body has decided on. */
    public static final List<Account> DECIDED =
            STATIONS.stream().filter(account -> account != AVAILABLE).toList();

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that the ledger may know and we do not: no money is passed over */
    public static Account of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
