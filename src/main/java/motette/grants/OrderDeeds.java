package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;

/** An order to an office: given, carried out step by step, paid. */
@Singleton
class OrderDeeds {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final Clock clock;

    OrderDeeds(GrantRepository grants, GrantBooks books, Clock clock) {
        this.grants = grants;
        this.books = books;
        this.clock = clock;
    }

    Problems order(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var office = GrantForm.text(form, "office");
        if (file.opened()) {
            return problems;
        } else if (file.isNotice() || file.reserved() != file.amountCents()) {
            throw GrantBooks.no(file, "order");
        } else if (GrantForm.length(office) < 2 || GrantForm.length(office) > 120) {
            problems.add("office", "grants.problem.office");
        } else {
            grants.open(file, "order", visitor.personId(), clock.instant());
            books.move(visitor, file, "grant", file.amountCents(), 0);
            grants.step(file, "ordered", office, "", visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.order", file.amountCents());
        }
        return problems;
    }

    private static final List<String> STEPS = List.of("ordered", "planned", "under-way", "done");

    Problems goOn(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var step = form.getOrDefault("step", "");
        var note = GrantForm.text(form, "note");
        if (file.isNotice() || !file.opened()) {
            throw GrantBooks.no(file, "order");
        } else if (step.equals(file.step())) {
            return problems;
        } else if (STEPS.indexOf(step) <= STEPS.indexOf(file.step())) {
            problems.add("step", "grants.problem.step");
        } else if (step.equals("done") && file.spendingId() != 0) {
            throw GrantBooks.no(file, "spending");
        }
        if (GrantForm.length(note) > 1_000) {
            problems.add("note", "grants.problem.progress");
        }
        if (problems.isEmpty()) {
            grants.step(file, step, file.office(), note, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.progress", 0);
            if (step.equals("done")) {
                if (file.granted() > 0) {
                    books.move(visitor, file, "rest", file.granted(), 0);
                }
                books.settle(visitor, file.id());
            }
        }
        return problems;
    }

    /** Enters what the office wants to spend; it counts once another person releases it. */
    Problems enter(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = GrantForm.request(form);
        if (file.isNotice() || !file.opened()) {
            throw GrantBooks.no(file, "order");
        } else if (request.isEmpty()) {
            throw GrantBooks.no(file, "form");
        } else if (grants.entered(request.get())) {
            return problems;
        } else if (file.spendingId() != 0) {
            throw GrantBooks.no(file, "spending");
        }
        var amount = Money.parse(form.getOrDefault("amount", ""));
        var purpose = GrantForm.text(form, "spending-purpose");
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > file.granted()) {
            problems.add("amount", "grants.problem.most", new Money(file.granted()));
        }
        if (GrantForm.length(purpose) < 3 || GrantForm.length(purpose) > 200) {
            problems.add("spending-purpose", "grants.problem.spending-purpose");
        }
        if (problems.isEmpty()) {
            grants.enter(
                    file, request.get(), amount.orElseThrow().cents(), purpose, visitor.personId(), clock.instant());
            books.record(
                    visitor, file, "grant.spending-entry", amount.orElseThrow().cents());
        }
        return problems;
    }

    /** Releases it, never who entered it; or refuses it. */
    Problems answer(Visitor visitor, GrantFile file, Map<String, String> form) {
        if (file.spendingId() == 0
                || !GrantForm.number(form, "spending").equals(file.spendingId())
                || !form.getOrDefault("outcome", "").matches("released|refused")) {
            return Problems.none();
        }
        var released = form.getOrDefault("outcome", "").equals("released");
        if (released && visitor.personId() == file.spendingBy()) {
            throw new Denied(
                    Refusal.of("grants.refusal.spending-eyes").withWayOut(file.path() + "/file", "grants.back"));
        }
        grants.answerSpending(
                file.spendingId(), released ? "released" : "refused", visitor.personId(), clock.instant());
        if (released) {
            books.spend(visitor, file);
            books.record(visitor, file, "grant.spending", file.spendingCents());
        } else {
            books.record(visitor, file, "grant.spending-refusal", file.spendingCents());
        }
        return Problems.none();
    }
}
