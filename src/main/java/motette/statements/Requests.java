package motette.statements;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;

/** What the administration does: ask, forward, give back, answer, and say that no statement is needed. */
@Singleton
class Requests {

    private final StatementRepository statements;
    private final StatementRights rights;
    private final Statements standing;
    private final Offices offices;
    private final StatementMails mails;
    private final WorkingDays days;
    private final Audit audit;
    private final ApplicationEventPublisher<StatementAsked> announcements;
    private final Clock clock;

    Requests(
            StatementRepository statements,
            StatementRights rights,
            Statements standing,
            Offices offices,
            StatementMails mails,
            WorkingDays days,
            Audit audit,
            ApplicationEventPublisher<StatementAsked> announcements,
            Clock clock) {
        this.statements = statements;
        this.rights = rights;
        this.standing = standing;
        this.offices = offices;
        this.mails = mails;
        this.days = days;
        this.audit = audit;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Asks one or several offices. A form that comes again changes nothing; an office that is asked already is named.
     *
     * @return what the officer can mend; empty when all of them are asked
     */
    @Transactional
    Problems ask(Visitor visitor, Matter matter, AskForm form) {
        demand(rights.asking(visitor));
        var known = offices.all();
        var problems = form.problems(known.stream().map(Office::key).toList());
        if (problems.isEmpty()) {
            demandOpen(matter);
            var send = form.send().orElseThrow(() -> formRefused(matter));
            long file = statements.open(matter.subject(), clock.instant());
            if (!statements.wasAsked(send)) {
                var open = statements.requests(file).stream()
                        .filter(Request::isOpen)
                        .map(Request::officeKey)
                        .toList();
                var busy = known.stream()
                        .filter(office -> form.asks(office.key()) && open.contains(office.key()))
                        .map(Office::name)
                        .toList();
                if (busy.isEmpty()) {
                    var due = days.after(today(), form.workingDays().orElseThrow());
                    known.stream()
                            .filter(office -> form.asks(office.key()))
                            .forEach(office -> ask(visitor, matter, file, office, form, due, send));
                } else {
                    problems.add("offices", "statements.problem.asked", busy);
                }
            }
        }
        return problems;
    }

    private void ask(Visitor visitor, Matter matter, long file, Office office, AskForm form, LocalDate due, UUID send) {
        long id = statements
                .ask(
                        file,
                        office.key(),
                        form.question(),
                        today(),
                        due,
                        visitor.personId(),
                        clock.instant(),
                        send,
                        Optional.empty(),
                        Optional.empty())
                .orElseThrow();
        audit.record(Deed.of("statement.request", matter.subject().reference())
                .by(visitor.personId(), "officer")
                .with("office", office.key())
                .with("due", due.toString()));
        mails.asked(id, office.key(), office.name(), matter, due, visitor.personId());
        announcements.publishEvent(new StatementAsked(matter.subject()));
    }

    /** Passes a request on to another office; the deadline stays. */
    @Transactional
    Problems forward(
            Visitor visitor, StatementRepository.Found found, Matter matter, String officeKey, String comment) {
        var request = locked(visitor, found);
        var problems = Problems.none();
        var to = offices.find(officeKey).filter(office -> !office.key().equals(request.officeKey()));
        if (to.isEmpty()) {
            problems.add("to", "statements.problem.other-office");
        }
        if (!Reason.fits(comment, 10, 2000)) {
            problems.add("forward-comment", "statements.problem.length", 10, 2000);
        }
        if (problems.isEmpty()) {
            demandWaiting(request, matter);
            var office = to.orElseThrow();
            var busy = statements.requests(request.fileId()).stream()
                    .anyMatch(other -> other.isOpen() && other.officeKey().equals(office.key()));
            if (busy) {
                problems.add("to", "statements.problem.asked", List.of(office.name()));
            } else {
                statements.handOver(request.id(), "forwarded", comment, visitor.personId(), clock.instant());
                long id = statements
                        .ask(
                                request.fileId(),
                                office.key(),
                                request.question(),
                                request.asked(),
                                request.due(),
                                request.askedBy(),
                                clock.instant(),
                                UUID.randomUUID(),
                                Optional.of(request.id()),
                                Optional.empty())
                        .orElseThrow();
                audit.record(Deed.of("statement.forwarding", matter.subject().reference())
                        .by(visitor.personId(), "officer")
                        .with("office", request.officeKey())
                        .with("to", office.key()));
                mails.asked(id, office.key(), office.name(), matter, request.due(), request.askedBy());
            }
        }
        return problems;
    }

    /** Gives a request back because the office is not competent. */
    @Transactional
    Problems giveBack(Visitor visitor, StatementRepository.Found found, Matter matter, String comment) {
        var request = locked(visitor, found);
        var problems = Problems.none();
        if (!Reason.fits(comment, 10, 2000)) {
            problems.add("return-comment", "statements.problem.length", 10, 2000);
        } else {
            demandWaiting(request, matter);
            statements.handOver(request.id(), "returned", comment, visitor.personId(), clock.instant());
            audit.record(Deed.of("statement.return", matter.subject().reference())
                    .by(visitor.personId(), "officer")
                    .with("office", request.officeKey()));
            mails.returned(request, matter, comment);
        }
        return problems;
    }

    /** Answers, or corrects the answer with a further version. A form that comes again changes nothing. */
    @Transactional
    Problems answer(Visitor visitor, StatementRepository.Found found, Matter matter, AnswerForm form) {
        var request = locked(visitor, found);
        var problems = form.problems();
        if (problems.isEmpty()) {
            var send = form.send().orElseThrow(() -> formRefused(matter));
            if (!statements.wasAnswered(send)) {
                int latest = statements.answers(request.fileId()).stream()
                        .filter(answer -> answer.requestId() == request.id())
                        .mapToInt(Answer::version)
                        .max()
                        .orElse(0);
                if (!(request.isOpen() || request.isAnswered()) || form.version() != latest + 1 || !matter.isOpen()) {
                    throw passed(matter);
                }
                statements.answer(request.id(), form.version(), form, visitor.personId(), clock.instant());
                audit.record(Deed.of("statement.answer", matter.subject().reference())
                        .by(visitor.personId(), "officer")
                        .with("office", request.officeKey())
                        .with("version", form.version())
                        .with("feasibility", form.feasibility()));
                tellAuthor(request, matter, form.version());
            }
        }
        return problems;
    }

    private void tellAuthor(Request request, Matter matter, int version) {
        var given = standing.given(matter.subject());
        if (version == 1 && given.asked() == given.answered()) {
            var canAppeal = statements.appeal(request.fileId()).isEmpty();
            var until =
                    today().plusDays(statements.rules(matter.bodyKey(), today()).appealDays());
            mails.given(request.id(), matter, until, canAppeal);
        }
    }

    /**
     * Says that no statement is needed.
     *
     * @throws Refused above the sum that the body decides without one, where no sum is known, and where offices were asked
     */
    @Transactional
    Problems skip(Visitor visitor, Matter matter, String reason) {
        demand(rights.asking(visitor));
        var problems = Problems.none();
        if (!Reason.fits(reason, 10, 1000)) {
            problems.add("skip-reason", "statements.problem.length", 10, 1000);
        } else {
            demandOpen(matter);
            long threshold = standing.threshold(matter);
            var cents = matter.cents();
            if (cents == null) {
                throw refused(matter, "statements.refusal.no-sum");
            } else if (cents > threshold) {
                throw refused(matter, "statements.refusal.above", new Money(threshold));
            }
            long file = statements.open(matter.subject(), clock.instant());
            if (!statements.requests(file).isEmpty()) {
                throw refused(matter, "statements.refusal.already-asked");
            }
            if (statements.skip(file, cents, threshold, reason, visitor.personId(), clock.instant())) {
                audit.record(Deed.of("statement.skip", matter.subject().reference())
                        .by(visitor.personId(), "officer")
                        .because(reason)
                        .with("sum", cents));
                announcements.publishEvent(new StatementAsked(matter.subject()));
            }
        }
        return problems;
    }

    /** Reads the request under the lock of its file. */
    private Request locked(Visitor visitor, StatementRepository.Found found) {
        demand(rights.working(visitor, found.request()));
        statements.lock(found.subject());
        return statements.request(found.request().id()).orElseThrow().request();
    }

    private void demandWaiting(Request request, Matter matter) {
        if (!request.isOpen()) {
            throw passed(matter);
        }
    }

    private void demandOpen(Matter matter) {
        if (!matter.isOpen()) {
            throw refused(matter, "statements.refusal.decided");
        }
    }

    private static Refused passed(Matter matter) {
        return refused(matter, "statements.refusal.passed");
    }

    private static Refused formRefused(Matter matter) {
        return refused(matter, "statements.refusal.form");
    }

    private static Refused refused(Matter matter, String key, Object... args) {
        return new Refused(Refusal.of(key, args).withWayOut(matter.subject().path(), "statements.to-file"));
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(Time.ZONE));
    }
}
