package motette.statements;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Leaving;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;

/** The one appeal against what the administration said, and what somebody else makes of it. */
@Singleton
class Appeals {

    private static final List<String> OUTCOMES = List.of("upheld", "rejected");

    private final StatementRepository statements;
    private final StatementRights rights;
    private final StatementMails mails;
    private final WorkingDays days;
    private final Audit audit;
    private final Clock clock;

    Appeals(
            StatementRepository statements,
            StatementRights rights,
            StatementMails mails,
            WorkingDays days,
            Audit audit,
            Clock clock) {
        this.statements = statements;
        this.rights = rights;
        this.mails = mails;
        this.days = days;
        this.audit = audit;
        this.clock = clock;
    }

    /** Until when the author can appeal; empty where they cannot, or no longer. */
    Optional<LocalDate> until(Matter matter, List<Request> requests, List<Answer> answers) {
        var current = requests.stream().filter(Request::isAnswered).toList();
        return current.isEmpty() || requests.stream().anyMatch(Request::isOpen) || !matter.isOpen()
                ? Optional.empty()
                : answers.stream()
                        .filter(answer -> current.stream().anyMatch(request -> request.id() == answer.requestId()))
                        .map(Answer::at)
                        .max(Comparator.naturalOrder())
                        .map(last -> last.atZone(Time.ZONE)
                                .toLocalDate()
                                .plusDays(statements
                                        .rules(matter.bodyKey(), today())
                                        .appealDays()))
                        .filter(until -> !until.isBefore(today()));
    }

    /** @return what the author can mend; empty where they have appealed, now or with the same form before */
    @Transactional
    Problems appeal(Visitor visitor, Matter matter, String reason) {
        if (!visitor.isSignedIn() || matter.authorId() != visitor.personId()) {
            throw new Denied(refusal(matter, "statements.refusal.author"));
        }
        var problems = Problems.none();
        if (!Reason.fits(reason, 20, 4000)) {
            problems.add("appeal", "statements.problem.length", 20, 4000);
            return problems;
        }
        statements.lockPerson(visitor.personId());
        var file = statements.lock(matter.subject());
        var before = file.flatMap(statements::appeal);
        if (before.filter(one -> one.reason().equals(reason)).isPresent()) {
            return problems;
        } else if (before.isPresent()) {
            throw new Refused(refusal(matter, "statements.refusal.appealed"));
        }
        long id = file.orElseThrow(() -> new Refused(refusal(matter, "statements.refusal.no-appeal")));
        var until = until(matter, statements.requests(id), statements.answers(id))
                .orElseThrow(() -> new Refused(refusal(matter, "statements.refusal.no-appeal")));
        statements.appeal(id, visitor.personId(), reason, clock.instant(), until);
        audit.record(visitor.personId(), "statement.appeal", matter.subject().reference(), "");
        return problems;
    }

    /**
     * The author takes it back; what is taken back already stays so.
     *
     * @throws Refused where there is none, or it is decided
     */
    @Transactional
    void withdraw(Visitor visitor, Matter matter) {
        if (!visitor.isSignedIn() || matter.authorId() != visitor.personId()) {
            throw new Denied(refusal(matter, "statements.refusal.author"));
        }
        var file = statements.lock(matter.subject());
        var appeal = file.flatMap(statements::appeal)
                .filter(one -> one.isOpen() || one.withdrawn())
                .orElseThrow(() -> new Refused(refusal(matter, "statements.refusal.nothing-to-withdraw")));
        if (appeal.isOpen()) {
            statements.endAppeal(file.orElseThrow(), true, clock.instant());
            audit.record(
                    visitor.personId(),
                    "statement.appeal-withdrawal",
                    matter.subject().reference(),
                    "");
        }
    }

    /** Somebody else decides. Upheld, every office that answered is asked again, with the reason as its question. */
    @Transactional
    Problems decide(Visitor visitor, Matter matter, String outcome, String reason) {
        statements.lock(matter.subject());
        var file = statements.file(matter.subject());
        var appeal = file.flatMap(statements::appeal);
        if (appeal.isEmpty()) {
            rights.asking(visitor).ifPresent(why -> {
                throw new Denied(why);
            });
            throw new Refused(refusal(matter, "statements.refusal.nothing-to-decide"));
        }
        long id = file.orElseThrow();
        rights.deciding(visitor, appeal.get(), statements.answers(id)).ifPresent(why -> {
            throw new Denied(why);
        });
        var problems = Problems.none();
        if (!OUTCOMES.contains(outcome)) {
            problems.add("outcome", "statements.problem.choose");
        }
        if (!Reason.fits(reason, 20, 2000)) {
            problems.add("decision", "statements.problem.length", 20, 2000);
        }
        if (problems.isEmpty() && !isSame(appeal.get(), outcome, reason)) {
            if (!appeal.get().isOpen()) {
                throw new Refused(refusal(matter, "statements.refusal.nothing-to-decide"));
            }
            statements.decide(id, outcome, reason, visitor.personId(), clock.instant());
            audit.record(Deed.of("statement.appeal-decision", matter.subject().reference())
                    .by(visitor.personId(), "officer")
                    .because(reason)
                    .with("outcome", outcome));
            mails.decided(id, matter, outcome, reason);
            if (outcome.equals("upheld")) {
                askAgain(visitor, matter, id, reason);
            }
        }
        return problems;
    }

    private static boolean isSame(Appeal appeal, String outcome, String reason) {
        return appeal.outcome().equals(outcome) && appeal.decision().equals(reason);
    }

    private void askAgain(Visitor visitor, Matter matter, long file, String reason) {
        var due =
                days.after(today(), statements.rules(matter.bodyKey(), today()).answerDays());
        for (var request : statements.requests(file)) {
            if (request.isAnswered()) {
                statements
                        .ask(
                                file,
                                request.officeKey(),
                                reason,
                                today(),
                                due,
                                visitor.personId(),
                                clock.instant(),
                                UUID.randomUUID(),
                                Optional.empty(),
                                Optional.of(request.id()))
                        .ifPresent(id -> {
                            audit.record(Deed.of(
                                            "statement.request",
                                            matter.subject().reference())
                                    .by(visitor.personId(), "officer")
                                    .with("office", request.officeKey())
                                    .with("due", due.toString()));
                            mails.asked(id, request.officeKey(), request.officeName(), matter, due, visitor.personId());
                        });
            }
        }
    }

    /** Nobody waits for an appeal of somebody who has gone; what is decided stays. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void leave(Leaving leaving) {
        statements
                .openAppealsOf(leaving.personId())
                .forEach(file -> statements.endAppeal(file, false, clock.instant()));
    }

    private static Refusal refusal(Matter matter, String key) {
        return Refusal.of(key).withWayOut(matter.subject().path(), "statements.to-file");
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(Time.ZONE));
    }
}
