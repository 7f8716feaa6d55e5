package motette.council;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import motette.shared.Money;
import motette.shared.Problems;

/** Holds what the chair typed against the rules of the day; every sentence names the figures. */
final class ResolutionCheck {

    static final int SHORTEST_REASON = 10;
    static final int LONGEST_REASON = 2000;

    private final ResolutionForm form;
    private final Candidate idea;
    private final Optional<Procedure> procedure;
    private final LocalDate today;
    private final Problems problems = Problems.none();

    private ResolutionCheck(ResolutionForm form, Candidate idea, Optional<Procedure> procedure, LocalDate today) {
        this.form = form;
        this.idea = idea;
        this.procedure = procedure;
        this.today = today;
    }

    /** @param procedure the rules on the typed day; empty where the day cannot be read or none hold */
    static Problems of(ResolutionForm form, Candidate idea, Optional<Procedure> procedure, LocalDate today) {
        var check = new ResolutionCheck(form, idea, procedure, today);
        check.kind();
        check.amount();
        check.votes();
        check.statement();
        check.day();
        check.reason();
        return check.problems;
    }

    /** What the form grants: the cost in full, the typed amount in part or where no cost is known. */
    static Money amount(ResolutionForm form, Candidate idea) {
        var decision = form.decision();
        if (decision.isEmpty() || !decision.get().grants()) {
            return Money.ZERO;
        } else if (decision.get() == Decision.GRANTED && idea.knownCost() > 0) {
            return new Money(idea.knownCost());
        } else {
            return form.money().orElse(Money.ZERO);
        }
    }

    static Optional<Vote> vote(ResolutionForm form) {
        var yes = ResolutionForm.votes(form.yes());
        var no = ResolutionForm.votes(form.no());
        var abstentions = ResolutionForm.votes(form.abstentions());
        return yes.isPresent() && no.isPresent() && abstentions.isPresent()
                ? Optional.of(new Vote(yes.getAsInt(), no.getAsInt(), abstentions.getAsInt()))
                : Optional.empty();
    }

    private void kind() {
        if (form.decision().isEmpty()) {
            problems.add("kind", "council.problem.kind");
        }
    }

    private void amount() {
        if (form.decision().filter(Decision::grants).isPresent()) {
            var typed = form.money();
            var cost = new Money(idea.knownCost());
            boolean full = form.decision().get() == Decision.GRANTED;
            if (full && !cost.isZero()) {
                if (!form.amount().isEmpty() && !typed.equals(Optional.of(cost))) {
                    problems.add("amount", "council.problem.amount-full", cost);
                }
            } else if (typed.isEmpty() || typed.get().isZero()) {
                problems.add("amount", "council.problem.amount");
            } else if (!cost.isZero() && typed.get().compareTo(cost) >= 0) {
                problems.add("amount", "council.problem.amount-part", cost);
            }
        }
    }

    private void votes() {
        number("yes", ResolutionForm.votes(form.yes()));
        number("no", ResolutionForm.votes(form.no()));
        number("abstentions", ResolutionForm.votes(form.abstentions()));
        if (vote(form).isPresent() && procedure.isPresent()) {
            votes(vote(form).get(), procedure.get());
        }
    }

    private void number(String field, OptionalInt votes) {
        if (votes.isEmpty()) {
            problems.add(field, "council.problem." + field);
        }
    }

    private void votes(Vote vote, Procedure rules) {
        boolean grants = form.decision().filter(Decision::grants).isPresent();
        boolean declines = form.decision().filter(Decision.NOT_GRANTED::equals).isPresent();
        if (vote.present() > rules.seats()) {
            problems.add("yes", "council.problem.seats", vote.present(), rules.seats());
        } else if (vote.present() < rules.quorum()) {
            problems.add("yes", "council.problem.quorum", vote.present(), rules.quorum(), rules.seats());
        } else if (grants && !vote.hasMajority()) {
            problems.add("yes", "council.problem.no-majority", vote.yes(), vote.no());
        } else if (declines && vote.hasMajority()) {
            problems.add("yes", "council.problem.majority", vote.yes(), vote.no());
        }
    }

    private void statement() {
        if (procedure.filter(rules -> rules.needsStatement(amount(form, idea))).isPresent() && !form.statement()) {
            problems.add(
                    "statement", "council.problem.statement", procedure.get().withoutStatement());
        }
    }

    private void day() {
        var day = form.day();
        if (day.isEmpty()) {
            problems.add("decided_on", "council.problem.day");
        } else if (day.get().isAfter(today)) {
            problems.add("decided_on", "council.problem.day-future", day.get());
        } else if (procedure.isEmpty()) {
            problems.add("decided_on", "council.problem.day-rules", day.get());
        } else if (day.get().isBefore(procedure.get().firstDay())
                || day.get().isAfter(procedure.get().lastDay())) {
            problems.add(
                    "decided_on",
                    "council.problem.day-year",
                    procedure.get().firstDay(),
                    procedure.get().lastDay());
        } else if (idea.publishedOn() != null && day.get().isBefore(idea.publishedOn())) {
            problems.add("decided_on", "council.problem.day-published", idea.publishedOn());
        }
    }

    private void reason() {
        int length = form.reason().codePointCount(0, form.reason().length());
        if (length < SHORTEST_REASON) {
            problems.add("reason", "council.problem.reason-short");
        } else if (length > LONGEST_REASON) {
            problems.add("reason", "council.problem.reason-long", length - LONGEST_REASON);
        }
    }
}
