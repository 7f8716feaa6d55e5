package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import motette.grants.GrantRepository.PlannedLine;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Texts;

/** The proof of use: sent, answered, and what follows from it for the money. */
@Singleton
class ProofDeeds {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final Texts texts;
    private final Clock clock;

    ProofDeeds(GrantRepository grants, GrantBooks books, Texts texts, Clock clock) {
        this.grants = grants;
        this.books = books;
        this.texts = texts;
        this.clock = clock;
    }

    Problems prove(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.proofWaits() && form.getOrDefault("after", "").equals(String.valueOf(file.proofVersion() - 1))) {
            return problems;
        } else if (file.issuedAt() == null || file.proofWaits() || file.isProven() || file.paid() == 0) {
            throw GrantBooks.no(file, "proof");
        }
        var kind = form.getOrDefault("kind", "");
        var spent = Money.parse(form.getOrDefault("spent", ""));
        var report = GrantForm.text(form, "report");
        if (!kind.matches("interim|final")) {
            problems.add("kind", "grants.problem.kind");
        }
        if (spent.isEmpty() || spent.get().cents() > file.current()) {
            problems.add("spent", "grants.problem.spent", new Money(file.current()));
        }
        if (GrantForm.length(report) < 20 || GrantForm.length(report) > 10_000) {
            problems.add("report", "grants.problem.report");
        }
        var lines = lines(file, form, problems);
        long actual = lines.stream().mapToLong(PlannedLine::actual).sum();
        if (problems.isEmpty() && !lines.isEmpty() && spent.orElseThrow().cents() > actual) {
            problems.add("spent", "grants.problem.sum", new Money(actual));
        }
        if (problems.isEmpty()) {
            grants.prove(file, kind, spent.orElseThrow().cents(), report, lines, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.proof", spent.orElseThrow().cents());
        }
        return problems;
    }

    /** Figures for every line of the plan; none where the proof is simple. */
    private List<PlannedLine> lines(GrantFile file, Map<String, String> form, Problems problems) {
        var lines = new ArrayList<PlannedLine>();
        if (!file.simple()) {
            for (var line : grants.plan(file)) {
                var field = "actual-" + line.position();
                var typed = Money.parse(form.getOrDefault(field, ""));
                if (typed.isEmpty()) {
                    problems.add(field, "grants.problem.line");
                }
                lines.add(new PlannedLine(
                        line.position(),
                        line.what(),
                        line.planned(),
                        typed.map(Money::cents).orElse(0L)));
            }
        }
        return lines;
    }

    Problems answer(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var outcome = form.getOrDefault("outcome", "");
        var note = GrantForm.text(form, "note");
        if (!form.getOrDefault("version", "").equals(String.valueOf(file.proofVersion())) || !file.proofWaits()) {
            if (file.proofVersion() > 0 && !file.proofWaits()) {
                return problems;
            }
            throw GrantBooks.no(file, "form");
        } else if (!outcome.matches("accepted|returned")) {
            problems.add("outcome", "grants.problem.outcome");
        }
        if (GrantForm.length(note) > 2_000 || outcome.equals("returned") && GrantForm.length(note) < 10) {
            problems.add("note", "grants.problem.note");
        }
        if (outcome.equals("accepted") && file.proofKind().equals("final") && file.payoutId() != 0) {
            throw GrantBooks.no(file, "asked");
        }
        if (problems.isEmpty()) {
            grants.answer(file, outcome, note, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.answer", file.spent());
            if (outcome.equals("accepted") && file.proofKind().equals("final")) {
                settleUp(visitor, file);
            }
        }
        return problems;
    }

    /** What was promised and is not needed goes back into the budget; what was paid too much is asked back. */
    private void settleUp(Visitor visitor, GrantFile file) {
        long toPay = Math.max(0, file.spent() - file.paid());
        long rest = file.granted() - toPay;
        if (rest > 0) {
            books.move(visitor, file, "rest", rest, 0);
        }
        long tooMuch = file.paid() - file.spent() - file.repaymentCents();
        if (tooMuch > 0) {
            grants.askBack(
                    file,
                    UUID.randomUUID(),
                    tooMuch,
                    texts.get(Languages.standard(), "grants.ledger.unused"),
                    books.dueBack(file),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.repayment", tooMuch);
        }
        books.settle(visitor, file.id());
    }
}
