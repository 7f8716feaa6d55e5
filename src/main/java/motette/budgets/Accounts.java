package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Where the money of a budget, or of many together, is.
 *
 * @param balances euro cents on every account but that of the appropriation, which they add up to
 */
@Introspected
public record Accounts(Map<Account, Long> balances) {

    public static final Accounts NOTHING = new Accounts(Map.of());

    /** A column over the accounts {@code a} of a budget or of many, for {@link #read}. */
    public static final String SQL = "coalesce(string_agg(a.account || ':' || a.balance_cents, ' '), '')";

    public Accounts {
        var all = new EnumMap<Account, Long>(Account.class);
        Account.STATIONS.forEach(account -> all.put(account, 0L));
        balances.forEach((account, cents) -> {
            if (account != Account.APPROPRIATION) {
                all.merge(account, cents, Math::addExact);
            }
        });
        balances = Collections.unmodifiableMap(all);
    }

    /** @throws IllegalArgumentException where the parts do not add up to the whole */
    public Accounts(long appropriated, long available, long reserved, long granted, long paid) {
        this(Map.of(
                Account.AVAILABLE, available,
                Account.RESERVED, reserved,
                Account.GRANTED, granted,
                Account.PAID, paid));
        if (appropriated != appropriated()) {
            throw new IllegalArgumentException(
                    "The accounts hold %d cents of %d".formatted(appropriated(), appropriated));
        }
    }

    /** What the column {@link #SQL} says: "available:5500000 reserved:0", an account as often as there are budgets. */
    public static Accounts read(String column) {
        var sums = new EnumMap<Account, Long>(Account.class);
        for (var pair : column.isEmpty() ? new String[0] : column.split(" ")) {
            int colon = pair.indexOf(':');
            sums.merge(Account.of(pair.substring(0, colon)), Long.valueOf(pair.substring(colon + 1)), Math::addExact);
        }
        return new Accounts(sums);
    }

    public Accounts plus(Accounts other) {
        var sums = new EnumMap<>(balances);
        other.balances.forEach((account, cents) -> sums.merge(account, cents, Math::addExact));
        return new Accounts(sums);
    }

    public long on(Account account) {
        return balances.getOrDefault(account, 0L);
    }

    /** The whole. */
    public long appropriated() {
        return balances.values().stream().mapToLong(Long::longValue).sum();
    }

    public long available() {
        return on(Account.AVAILABLE);
    }

    public long reserved() {
        return on(Account.RESERVED);
    }

    public long granted() {
        return on(Account.GRANTED);
    }

    public long paid() {
        return on(Account.PAID);
    }

    /** What a body has decided on: everything that is no longer free. */
    public long decided() {
        return appropriated() - available();
    }

    /** The bar from its start to its end: whole per cents that add up to 100, by largest remainder. */
    public List<Part> parts() {
        var accounts = Account.STATIONS.reversed();
        var percents = percents(
                accounts.stream().mapToLong(account -> Math.max(0, on(account))).toArray());
        var parts = new ArrayList<Part>();
        int start = 0;
        for (int i = 0; i < percents.length; i++) {
            parts.add(new Part(accounts.get(i).key(), on(accounts.get(i)), start, percents[i]));
            start += percents[i];
        }
        return parts;
    }

    /** The last one, what is free, is all of nothing. */
    private static int[] percents(long[] cents) {
        long whole = LongStream.of(cents).sum();
        var percents = new int[cents.length];
        if (whole == 0) {
            percents[cents.length - 1] = 100;
        } else {
            for (int i = 0; i < cents.length; i++) {
                percents[i] = (int) (cents[i] * 100 / whole);
            }
            int missing = 100 - IntStream.of(percents).sum();
            IntStream.range(0, cents.length)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> cents[i] * 100 % whole)
                            .reversed())
                    .limit(missing)
                    .forEach(i -> percents[i]++);
        }
        return percents;
    }

    /**
     * @param key     of the account
     * @param start   per cent where it begins
     * @param percent per cent it takes
     */
    @Introspected
    public record Part(String key, long cents, int start, int percent) {}
}
