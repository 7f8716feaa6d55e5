package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;
import motette.shared.Languages;
import org.jspecify.annotations.Nullable;

/**
 * One card of a list, flat and complete (template {@code ideas/_card}).
 *
 * @param language  tag of the language of the title
 * @param icon      of the category
 * @param tone      of the category
 * @param costCents rough cost in euro cents; null when not said
 * @param photo     first photo; null when there is none
 */
@Introspected
public record IdeaRow(
        long number,
        String title,
        String language,
        String quarterKey,
        String quarterName,
        String category,
        String icon,
        String tone,
        IdeaState state,
        long supports,
        @Nullable Long costCents,
        @Nullable UUID photo,
        String photoAlt,
        boolean example) {

    /** For the title. */
    public String direction() {
        return Languages.direction(language);
    }
}
