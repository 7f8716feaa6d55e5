package motette.allocation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import motette.audit.Audit;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;

/** Records runs. A run proposes; a resolution decides. */
@Singleton
class Runs {

    private final Access access;
    private final RunRepository runs;
    private final Audit audit;
    private final Clock clock;

    Runs(Access access, RunRepository runs, Audit audit, Clock clock) {
        this.access = access;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps the run, once: whoever repeats it gets the number of the one that stands. */
    @Transactional
    long record(Visitor visitor, Reckoned run) {
        if (!access.of(visitor, run.subject().bodyKey()).keep()) {
            throw new Refused(Refusal.of("allocation.refusal.keep")
                    .withWayOut(run.subject().path(), "allocation.to-comparison"));
        }
        runs.keepInput(run.inputHash(), run.input());
        var fresh = runs.insert(run, visitor.personId(), clock.instant());
        fresh.ifPresent(id -> audit.record(visitor.personId(), "allocation.run", "allocation-run:" + id, ""));
        return fresh.or(() -> runs.find(run)).orElseThrow();
    }
}
