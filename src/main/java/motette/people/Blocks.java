package motette.people;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.limits.Blocked;
import motette.shared.Refusal;

/** Whether somebody may take part at all: asked by every deed that others would read or count. */
@Singleton
public class Blocks {

    private final Blocked blocked;
    private final PersonRepository people;

    Blocks(Blocked blocked, PersonRepository people) {
        this.blocked = blocked;
        this.people = people;
    }

    /** Why somebody blocked may not take part, and where they can object; one query while nobody is blocked. */
    @Connectable
    public Optional<Refusal> refusal(Visitor visitor) {
        return blocked.isAny()
                ? people.findById(visitor.personId())
                        .flatMap(person -> Optional.ofNullable(person.email()))
                        .flatMap(blocked::of)
                        .map(Blocks::sentence)
                : Optional.empty();
    }

    private static Refusal sentence(Blocked.Block block) {
        return (block.until() == null
                        ? Refusal.of("blocked.refusal.open", block.reason())
                        : Refusal.of("blocked.refusal.until", block.reason(), block.until()))
                .withWayOut("/imprint", "blocked.object");
    }
}
