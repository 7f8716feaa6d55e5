package motette.limits;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Nullable;
import java.time.Duration;

/**
 * A limit as {@code motette.limits.<name>} says it: a bucket of tokens that fills up evenly.
 *
 * @param name      small letters with hyphens; the texts call what is limited {@code limits.what.<name>}
 * @param capacity  tokens of a full bucket: so much may come at once
 * @param per       time in which an empty bucket is full again
 * @param failsOpen what happens while the table of the buckets cannot be reached: true lets pass, false refuses; false when not
 *                  said
 */
@EachProperty("motette.limits")
record Limit(
        @Parameter String name,
        long capacity,
        Duration per,
        @Nullable Boolean failsOpen) {

    Limit {
        if (capacity < 1 || !per.isPositive()) {
            throw new ConfigurationException("motette.limits." + name + " allows " + capacity + " per " + per
                    + ", but a limit allows at least one in a time longer than none.");
        }
    }

    boolean passesUnreachable() {
        return failsOpen != null && failsOpen;
    }

    /** A changed limit is another one: buckets of the old one are forgotten by themselves. */
    String shape() {
        return name + " " + capacity + " " + per;
    }
}
