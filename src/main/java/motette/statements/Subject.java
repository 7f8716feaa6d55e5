package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.util.Optional;
import motette.shared.RowNumbers;

/**
 * What a statement is on.
 *
 * @param kind   {@link #IDEA} or {@link #APPLICATION}
 * @param number of the idea or the application
 */
@Introspected
public record Subject(String kind, long number) {

    public static final String IDEA = "idea";
    public static final String APPLICATION = "application";

    public Subject {
        if (!kind.equals(IDEA) && !kind.equals(APPLICATION)) {
            throw new IllegalArgumentException("No statements on '" + kind + "'");
        }
    }

    public static Subject idea(long number) {
        return new Subject(IDEA, number);
    }

    public static Subject application(long id) {
        return new Subject(APPLICATION, id);
    }

    /** As the ledger and the audit name it, "idea:12" or "application:3"; empty where the text is no such name. */
    public static Optional<Subject> find(String reference) {
        return reference.matches("(idea|application):[0-9]{1,18}")
                ? RowNumbers.find(reference.substring(reference.indexOf(':') + 1))
                        .map(number -> new Subject(reference.substring(0, reference.indexOf(':')), number))
                : Optional.empty();
    }

    public boolean isIdea() {
        return kind.equals(IDEA);
    }

    /** "idea:12" or "application:3". */
    public String reference() {
        return kind + ":" + number;
    }

    /** Where its statements stand. */
    public String path() {
        return "/statements/" + kind + "s/" + number;
    }

    /** Where it stands itself. */
    public String home() {
        return "/" + kind + "s/" + number;
    }
}
