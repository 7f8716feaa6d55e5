package motette.allocation;

import java.util.Map;
import java.util.TreeMap;
import motette.shared.Message;

/**
 * Figures about people without anybody to be recognised: groups below five are merged, and so that nobody works out the rest by
 * subtraction, the rest is never below five either. Larger ones are shown to the nearest five: two exact figures would differ by
 * one person whose vote everybody then knows.
 */
final class SmallGroups {

    static final long LEAST = Facts.FEWEST;

    /** Name of the merged rest. */
    static final String REST = "";

    private SmallGroups() {}

    /**
     * Groups of five and more by name; all others, and whoever gave no name, together as {@link #REST}, which is absent when
     * nobody is in it and below five only when there are no more people at all.
     */
    static Map<String, Long> merged(Map<String, Long> counts) {
        var kept = new TreeMap<String, Long>();
        counts.forEach((name, count) -> {
            if (!name.equals(REST) && count >= LEAST) {
                kept.put(name, count);
            }
        });
        long rest = counts.values().stream().mapToLong(Long::longValue).sum()
                - kept.values().stream().mapToLong(Long::longValue).sum();
        while (rest > 0 && rest < LEAST && !kept.isEmpty()) {
            var smallest = kept.entrySet().stream()
                    .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow();
            rest += smallest.getValue();
            kept.remove(smallest.getKey());
        }
        if (rest > 0) {
            kept.put(REST, rest);
        }
        return kept;
    }

    /**
     * How many of all, in words that name neither few people nor the few that are left, nor anybody by the difference to another
     * such figure.
     */
    static Message share(long some, long all) {
        if (all < LEAST) {
            return Message.of("allocation.reach.few");
        } else if (some == 0) {
            return Message.of("allocation.reach.nobody");
        } else if (some == all) {
            return Message.of("allocation.reach.everybody");
        } else if (some < LEAST) {
            return Message.of("allocation.reach.hardly");
        } else if (all - some < LEAST) {
            return Message.of("allocation.reach.nearly");
        } else {
            return Message.of("allocation.reach", percent(rounded(some), rounded(all)), rounded(some), rounded(all));
        }
    }

    /** To the nearest five. */
    static long rounded(long people) {
        return (people + LEAST / 2) / LEAST * LEAST;
    }

    /** Whole per cent, half up; 0 of nothing. */
    static int percent(long some, long all) {
        return all == 0 ? 0 : (int) ((some * 200 + all) / (all * 2));
    }
}
