package motette.statements;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import motette.bodies.Bodies;
import motette.bodies.RulesOfProcedure;

/** Whether a body can rely on what the administration said. The database reckons it, in {@code statement_standing}. */
@Singleton
public class Statements {

    private final StatementRepository statements;
    private final Bodies bodies;
    private final Clock clock;

    Statements(StatementRepository statements, Bodies bodies, Clock clock) {
        this.statements = statements;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** Where it stands; nothing asked and nothing said where nobody was. */
    @Transactional(readOnly = true)
    public Given given(Subject subject) {
        return given(List.of(subject)).getOrDefault(subject, Given.nothing(subject));
    }

    /** The same of many, in one statement; those on which nothing was said are left out. */
    @Transactional(readOnly = true)
    public Map<Subject, Given> given(Collection<Subject> subjects) {
        return statements.given(subjects);
    }

    /** A statement stands: all offices that are asked have answered, and no appeal is open. */
    @Transactional(readOnly = true)
    public boolean isGiven(Subject subject) {
        return given(subject).given();
    }

    /** The sum asked for lies within what its body decides without a statement today; false where no sum is known. */
    @Transactional(readOnly = true)
    public boolean isSkippable(Subject subject) {
        return statements.matter(subject).filter(this::isSkippable).isPresent();
    }

    boolean isSkippable(Matter matter) {
        var cents = matter.cents();
        return cents != null && cents <= threshold(matter);
    }

    /** Up to this sum in cents the body decides without a statement today. */
    long threshold(Matter matter) {
        return bodies.rulesOf(matter.bodyKey(), LocalDate.now(clock))
                .map(RulesOfProcedure::withoutStatementCents)
                .orElse(0L);
    }
}
