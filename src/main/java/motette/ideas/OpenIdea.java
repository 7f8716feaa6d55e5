package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public idea that waits for its body's decision.
 *
 * @param tone         of the category
 * @param icon         of the category
 * @param costCents    rough cost in euro cents; null when not said
 * @param supports     people who support it
 * @param targetGroups names of the groups it is for, in the catalogue's order; may be several or none
 */
@Introspected
public record OpenIdea(
        long number,
        String title,
        String quarter,
        String category,
        String tone,
        String icon,
        @Nullable Long costCents,
        long supports,
        List<String> targetGroups) {}
