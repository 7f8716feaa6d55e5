package motette.budgets;

import java.util.Locale;

/** Where the money of a budget is; the key is the word in the database and in the texts. */
enum Account {
    /** The contra account: what the city's household has given. */
    APPROPRIATION,
    AVAILABLE,
    RESERVED,
    GRANTED,
    PAID;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
