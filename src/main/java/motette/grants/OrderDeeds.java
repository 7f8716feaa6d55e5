package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Money;
import motette.shared.Problems;

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
        }
        if (GrantForm.length(note) > 1_000) {
            problems.add("note", "grants.problem.note");
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

    Problems spend(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.isNotice() || !file.opened()) {
            throw GrantBooks.no(file, "order");
        } else if (!GrantForm.number(form, "paid").equals(file.paid())) {
            throw GrantBooks.no(file, "form");
        }
        var amount = Money.parse(form.getOrDefault("amount", ""));
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > file.granted()) {
            problems.add("amount", "grants.problem.most", new Money(file.granted()));
        } else {
            books.move(visitor, file, "pay", amount.get().cents(), 0);
            books.record(visitor, file, "grant.spending", amount.get().cents());
        }
        return problems;
    }
}
