package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Where the money of a budget, or of many together, is; euro cents.
 *
 * @param appropriated the whole; the four others add up to it
 */
@Introspected
public record Accounts(long appropriated, long available, long reserved, long granted, long paid) {

    public static final Accounts NOTHING = new Accounts(0, 0, 0, 0, 0);

    public Accounts plus(Accounts other) {
        return new Accounts(
                appropriated + other.appropriated,
                available + other.available,
                reserved + other.reserved,
                granted + other.granted,
                paid + other.paid);
    }

    /** What a body has decided on: everything that is no longer free. */
    public long decided() {
        return reserved + granted + paid;
    }

    /** The bar from its start to its end: whole per cents that add up to 100, by largest remainder. */
    public List<Part> parts() {
        var keys = List.of(Account.PAID.key(), Account.GRANTED.key(), Account.RESERVED.key(), Account.AVAILABLE.key());
        var cents = new long[] {paid, granted, reserved, available};
        var percents = percents(cents);
        var parts = new ArrayList<Part>();
        int start = 0;
        for (int i = 0; i < cents.length; i++) {
            parts.add(new Part(keys.get(i), cents[i], start, percents[i]));
            start += percents[i];
        }
        return parts;
    }

    private static int[] percents(long[] cents) {
        long whole = LongStream.of(cents).sum();
        if (whole == 0) {
            return new int[] {0, 0, 0, 100};
        } else {
            var percents = new int[cents.length];
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
            return percents;
        }
    }

    /**
     * @param key     paid, granted, reserved or available
     * @param start   per cent where it begins
     * @param percent per cent it takes
     */
    @Introspected
    public record Part(String key, long cents, int start, int percent) {}
}
