package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Money;
import motette.shared.Problems;

/** Money goes out when two people release it, and comes back when it is asked for. */
@Singleton
class PayoutDeeds {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final Clock clock;

    PayoutDeeds(GrantRepository grants, GrantBooks books, Clock clock) {
        this.grants = grants;
        this.books = books;
        this.clock = clock;
    }

    Problems ask(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = GrantForm.request(form);
        if (request.isEmpty() || !file.isNotice()) {
            throw GrantBooks.no(file, "form");
        } else if (grants.asked(request.get())) {
            return problems;
        } else if (file.issuedAt() == null || !file.isFinal(LocalDate.now(clock))) {
            throw GrantBooks.no(file, "not-final");
        } else if (!file.hasAccount()) {
            throw GrantBooks.no(file, "no-account");
        } else if (file.payoutId() != 0) {
            throw GrantBooks.no(file, "asked");
        }
        long most = payable(file);
        var amount = Money.parse(form.getOrDefault("amount", ""));
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > most) {
            problems.add("amount", "grants.problem.most", new Money(most));
        } else {
            grants.ask(file, request.get(), amount.get().cents(), visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.request", amount.get().cents());
        }
        return problems;
    }

    /** What may be asked for now, in cents. */
    long payable(GrantFile file) {
        long ceiling = grants.rule(file.fundKey(), file.decidedOn()).payable(file.current(), file.proven());
        return Math.max(0, Math.min(file.granted(), ceiling - file.paid()));
    }

    Problems release(Visitor visitor, GrantFile file) {
        int turn = file.releases() + 1;
        grants.release(file.payoutId(), turn, visitor.personId(), clock.instant());
        books.record(visitor, file, "grant.release", file.payoutCents());
        if (turn == 2) {
            books.move(visitor, file, "pay", file.payoutCents(), file.payoutId());
            books.record(visitor, file, "grant.payout", file.payoutCents());
            books.settle(visitor, file.id());
        }
        return Problems.none();
    }

    /** Whoever asked takes it back, or the office says why it does not pay; then another can be asked for. */
    Problems end(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var outcome = form.getOrDefault("outcome", "");
        var refused = outcome.equals("refused");
        var reason = GrantForm.text(form, "payout-reason");
        if (file.payoutId() == 0
                || !GrantForm.number(form, "payout").equals(file.payoutId())
                || !outcome.matches("refused|withdrawn")) {
            return problems;
        } else if (refused && (GrantForm.length(reason) < 10 || GrantForm.length(reason) > 2_000)) {
            problems.add("payout-reason", "grants.problem.note");
        } else {
            grants.endPayout(file.payoutId(), outcome, refused ? reason : "", visitor.personId(), clock.instant());
            books.record(
                    visitor, file, refused ? "grant.payout-refusal" : "grant.payout-withdrawal", file.payoutCents());
        }
        return problems;
    }

    Problems askBack(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = GrantForm.request(form);
        var amount = Money.parse(form.getOrDefault("repay-amount", ""));
        var reason = GrantForm.text(form, "repay-reason");
        if (request.isEmpty()) {
            throw GrantBooks.no(file, "form");
        } else if (grants.askedBack(request.get())) {
            return problems;
        } else if (file.repaymentId() != 0) {
            throw GrantBooks.no(file, "repayment");
        }
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("repay-amount", "grants.problem.amount");
        } else if (amount.get().cents() > file.paid()) {
            problems.add("repay-amount", "grants.problem.most", new Money(file.paid()));
        }
        if (GrantForm.length(reason) < 10 || GrantForm.length(reason) > 2_000) {
            problems.add("repay-reason", "grants.problem.note");
        }
        if (problems.isEmpty()) {
            grants.askBack(
                    file,
                    request.get(),
                    amount.orElseThrow().cents(),
                    reason,
                    books.dueBack(file),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.repayment", amount.orElseThrow().cents());
        }
        return problems;
    }

    Problems receive(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (!GrantForm.number(form, "repayment").equals(file.repaymentId()) || file.repaymentId() == 0) {
            return problems;
        }
        var day = GrantForm.day(form, "received");
        if (day.isEmpty() || day.get().isAfter(LocalDate.now(clock))) {
            problems.add("received", "grants.problem.sent");
        } else {
            long entry = books.move(visitor, file, "back", file.repaymentCents(), 0);
            grants.receive(file, entry, day.get(), visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.receipt", file.repaymentCents());
            books.settle(visitor, file.id());
        }
        return problems;
    }
}
