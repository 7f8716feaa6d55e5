package motette.signin;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import motette.people.Persons;

/** By what somebody could sign in: whoever takes a way away asks here whether another is left. */
@Singleton
public class WaysIn {

    private final Persons people;
    private final List<WayIn> ways;

    WaysIn(Persons people, List<WayIn> ways) {
        this.people = people;
        this.ways = ways;
    }

    /** Whether a link by mail reaches them, whatever else they lose. */
    @Transactional(readOnly = true)
    public boolean hasMailbox(long personId) {
        return people.find(personId).filter(person -> person.email() != null).isPresent();
    }

    /** Whether they would be locked out for good if they lost one of their ways that works. */
    @Transactional(readOnly = true)
    public boolean isLast(long personId) {
        return !hasMailbox(personId)
                && ways.stream().mapToInt(way -> way.countOf(personId)).sum() <= 1;
    }
}
