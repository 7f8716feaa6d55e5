package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.budgets.Ledger;
import motette.ideas.IdeaState;
import motette.ideas.Story;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.statements.Statements;
import motette.statements.Subject;

/** Records what a body has resolved; a grant reserves its money in the same transaction. */
@Singleton
class Resolutions {

    private final CouncilRights rights;
    private final Deputising deputising;
    private final Story story;
    private final CouncilRepository council;
    private final Statements statements;
    private final Budgets budgets;
    private final Ledger ledger;
    private final Audit audit;
    private final Clock clock;

    Resolutions(
            CouncilRights rights,
            Deputising deputising,
            Story story,
            CouncilRepository council,
            Statements statements,
            Budgets budgets,
            Ledger ledger,
            Audit audit,
            Clock clock) {
        this.rights = rights;
        this.deputising = deputising;
        this.story = story;
        this.council = council;
        this.statements = statements;
        this.budgets = budgets;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Locks the idea, then the budget. A form that comes again changes nothing and is answered like the first time.
     *
     * @return what the chair can mend; empty when the resolution stands
     */
    @Transactional
    Problems record(Visitor visitor, String bodyKey, int year, long number, ResolutionForm typed) {
        var back = "/council/" + bodyKey + "/" + year;
        rights.recording(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var facts = story.lock(number);
        var form = typed.stated(statements.given(Subject.idea(number)));
        var request = form.request();
        if (request.flatMap(council::ideaOf).filter(idea -> idea == number).isPresent()) {
            return Problems.none();
        }
        var idea = facts.flatMap(locked -> council.candidate(bodyKey, number, Locale.ROOT))
                .filter(Candidate::isOpen);
        var budget = budgets.of(bodyKey, year).filter(BudgetView::isOpen);
        if (request.isEmpty()) {
            throw new Refused(Refusal.of("council.refusal.form").withWayOut(back, "council.to-board"));
        } else if (facts.filter(locked -> locked.state().equals(IdeaState.WITHDRAWN.key()))
                .isPresent()) {
            throw new Refused(Refusal.of("council.refusal.withdrawn").withWayOut(back, "council.to-board"));
        } else if (idea.isEmpty()) {
            throw new Refused(Refusal.of("council.refusal.decided").withWayOut(back, "council.to-board"));
        } else if (budget.isEmpty()) {
            throw new Refused(
                    Refusal.of("council.refusal.budget", String.valueOf(year)).withWayOut(back, "council.to-board"));
        }
        var procedure = form.day().flatMap(day -> council.procedure(bodyKey, year, day));
        var problems = ResolutionCheck.of(form, idea.get(), procedure, LocalDate.now(clock));
        if (problems.isEmpty()) {
            decide(visitor, bodyKey, budget.get().id(), idea.get(), procedure.orElseThrow(), form)
                    .ifPresent(refusal -> problems.add(
                            "amount",
                            refusal.reason().key(),
                            refusal.reason().args().toArray()));
        }
        return problems;
    }

    private Optional<Refusal> decide(
            Visitor visitor, String bodyKey, long budgetId, Candidate idea, Procedure procedure, ResolutionForm form) {
        long personId = visitor.personId();
        var decision = form.decision().orElseThrow();
        var amount = ResolutionCheck.amount(form, idea);
        var reference = "idea:" + idea.number();
        var refusal = decision.grants()
                ? ledger.reserve(budgetId, amount, form.reason(), reference, personId)
                : Optional.<Refusal>empty();
        if (refusal.isEmpty()) {
            long event = story.tell(
                    idea.number(),
                    decision.event(),
                    personId,
                    bodyKey,
                    "",
                    form.reason(),
                    decision.grants() ? amount.cents() : null);
            var resolution = new Resolution(
                    form.request().orElseThrow(),
                    idea.number(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    budgetId,
                    event,
                    decision.key(),
                    amount,
                    ResolutionCheck.vote(form).orElseThrow(),
                    procedure.seats(),
                    procedure.quorum(),
                    procedure.withoutStatement(),
                    form.statement(),
                    form.day().orElseThrow(),
                    "",
                    form.reason(),
                    personId);
            if (!council.insert(resolution, clock.instant())) {
                throw new Refused(Refusal.of("council.refusal.form"));
            }
            audit.record(Deed.of("council.resolution", reference)
                    .by(personId, "chair:" + bodyKey)
                    .because(form.reason())
                    .with("result", decision.key())
                    .with("cents", decision.grants() ? amount.cents() : 0));
            deputising.note(visitor, RoleName.CHAIR, bodyKey, reference);
        }
        return refusal;
    }
}
