package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.places.Community;
import org.jspecify.annotations.Nullable;

/** Who decides about a place: one body, or, where communities share a quarter, what the person has to choose from. */
public sealed interface Responsible {

    /** @param community null where the district council is responsible */
    @Introspected
    record Decided(Body body, @Nullable Community community) implements Responsible {}

    @Introspected
    record Choose(List<Choice> choices) implements Responsible {}

    /**
     * @param communityKey what {@link Bodies#responsibleFor} is asked with when the person chooses this: the key of a
     *                     community, or {@link #NONE}. Never a value to store: that is {@link Decided#community()}
     * @param name         of the community, or of the body where it is none of them
     */
    @Introspected
    record Choice(String communityKey, String name, Body body) {

        /** None of the communities: the district council. Not empty, because empty means that nothing was chosen. */
        public static final String NONE = "none";

        public boolean isNone() {
            return communityKey.equals(NONE);
        }
    }
}
