package motette.allocation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import motette.audit.Audit;
import motette.people.Visitor;
import motette.shared.Denied;

/** Records runs. A run proposes; a resolution decides. */
@Singleton
class Runs {

    private final AllocationRights rights;
    private final RunRepository runs;
    private final Audit audit;
    private final Clock clock;

    Runs(AllocationRights rights, RunRepository runs, Audit audit, Clock clock) {
        this.rights = rights;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps the run, once: whoever repeats it gets the number of the one that stands. */
    @Transactional
    long record(Visitor visitor, Reckoned run) {
        rights.recording(visitor, run.subject().bodyKey()).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return keep(visitor, run);
    }

    /** The same for whoever is known to run a session, which is theirs as well. */
    @Transactional
    long keep(Visitor visitor, Reckoned run) {
        runs.keepInput(run.inputHash(), run.input());
        var fresh = runs.insert(run, visitor.personId(), clock.instant());
        fresh.ifPresent(id -> audit.record(visitor.personId(), "allocation.run", "allocation-run:" + id, ""));
        return fresh.or(() -> runs.find(run)).orElseThrow();
    }
}
