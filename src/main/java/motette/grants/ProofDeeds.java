package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Texts;

/** The proof of use: sent, answered, and what follows from it for the money. */
@Singleton
class ProofDeeds {

    private final GrantRepository grants;
    private final ProofRepository proofs;
    private final GrantBooks books;
    private final Texts texts;
    private final Clock clock;

    ProofDeeds(GrantRepository grants, ProofRepository proofs, GrantBooks books, Texts texts, Clock clock) {
        this.grants = grants;
        this.proofs = proofs;
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
        var proof = ProofForm.of(file, grants.planned(file), form).read(LocalDate.now(clock), problems);
        if (problems.isEmpty()) {
            proofs.keep(file, proof, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.proof", proof.spent());
        }
        return problems;
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
            proofs.answer(file, outcome, note, visitor.personId(), clock.instant());
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
