package motette.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * Something somebody did, to be kept by {@link Audit#record(Deed)}.
 *
 * @param personId who did it; 0 for the application itself
 * @param office   in which role and for which area or body, as "chair:sbb-ost"; empty where it was no office
 * @param name     what was done, as "idea.publication"
 * @param subject  to what, as "idea:128"
 * @param reason   why, in the words of whoever did it or as the key of a reason; empty where none is asked for
 * @param details  what else the log says: words and whole numbers by name
 */
public record Deed(
        long personId, String office, String name, String subject, String reason, Map<String, Object> details) {

    /** Numbers up to here are the same in every JSON reader (RFC 8785, section 3.2.2.3; IEEE 754). */
    private static final long LARGEST = (1L << 53) - 1;

    public Deed {
        details = Map.copyOf(details);
    }

    /** A deed of the application itself, until {@link #by} names somebody. */
    public static Deed of(String name, String subject) {
        return new Deed(0, "", name, subject, "", Map.of());
    }

    /** @param office as "coordinator:ost"; empty for a resident in their own matter */
    public Deed by(long personId, String office) {
        return new Deed(personId, office, name, subject, reason, details);
    }

    public Deed because(String words) {
        return new Deed(personId, office, name, subject, words, details);
    }

    public Deed with(String detail, String word) {
        return withDetail(detail, word);
    }

    /** @throws IllegalArgumentException beyond ±(2⁵³ − 1), where JSON readers begin to differ */
    public Deed with(String detail, long number) {
        if (Math.abs(number) > LARGEST) {
            throw new IllegalArgumentException(detail + " is " + number + ", more than JSON keeps exactly");
        }
        return withDetail(detail, number);
    }

    private Deed withDetail(String detail, Object value) {
        var all = new TreeMap<>(details);
        all.put(detail, value);
        return new Deed(personId, office, name, subject, reason, all);
    }
}
