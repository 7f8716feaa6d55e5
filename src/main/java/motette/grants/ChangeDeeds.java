package motette.grants;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import motette.grants.ChangeRepository.ChangedTerms;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Pdf;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Texts;
import motette.shared.Time;

/**
 * A notice changes: who gets the money asks and another person decides, the office revokes a part or all of it, or the resolution falls.
 * Each change is a notice of its own, and the money follows it in the same transaction.
 */
@Singleton
class ChangeDeeds {

    private final GrantRepository grants;
    private final ChangeRepository changes;
    private final GrantBooks books;
    private final WorkingDays workingDays;
    private final Pdf pdf;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    ChangeDeeds(
            GrantRepository grants,
            ChangeRepository changes,
            GrantBooks books,
            WorkingDays workingDays,
            Pdf pdf,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.grants = grants;
        this.changes = changes;
        this.books = books;
        this.workingDays = workingDays;
        this.pdf = pdf;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    /** Asks for another purpose, a longer time or less money. */
    Problems ask(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = GrantForm.request(form);
        if (request.isEmpty()) {
            throw GrantBooks.no(file, "form");
        } else if (changes.isAsked(request.get())) {
            return problems;
        } else if (file.issuedAt() == null || file.isProven() || file.proofWaits() || file.repaymentId() != 0) {
            throw GrantBooks.no(file, "order");
        } else if (file.changeId() != 0) {
            throw GrantBooks.no(file, "change");
        }
        var purpose = GrantForm.text(form, "change-purpose");
        var to = GrantForm.day(form, "change-to");
        var typed = form.getOrDefault("change-amount", "").strip();
        var amount = Money.parse(typed);
        var reason = GrantForm.text(form, "change-reason");
        if (GrantForm.length(purpose) > 1_000) {
            problems.add("change-purpose", "grants.problem.purpose");
        } else if (purpose.isEmpty() && form.getOrDefault("change-to", "").isBlank() && typed.isEmpty()) {
            problems.add("change-purpose", "grants.problem.change");
        }
        if (!form.getOrDefault("change-to", "").isBlank()) {
            checkDay(file, to, problems);
        }
        if (!typed.isEmpty()
                && (amount.isEmpty() || amount.get().isZero() || amount.get().cents() >= file.current())) {
            problems.add("change-amount", "grants.problem.less", new Money(file.current()));
        }
        if (GrantForm.length(reason) < 10 || GrantForm.length(reason) > 2_000) {
            problems.add("change-reason", "grants.problem.reason");
        }
        if (problems.isEmpty()) {
            changes.ask(
                    file,
                    request.get(),
                    purpose,
                    to,
                    amount.map(Money::cents),
                    reason,
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.change-request", 0);
        }
        return problems;
    }

    private void checkDay(GrantFile file, Optional<LocalDate> to, Problems problems) {
        var now = Objects.requireNonNull(file.projectTo());
        if (to.isEmpty() || !to.get().isAfter(now)) {
            problems.add("change-to", "grants.problem.later", now);
        } else if (to.get().getYear() > file.year()
                && !grants.rule(file.fundKey(), file.decidedOn()).carriesOver()) {
            problems.add("change-to", "grants.problem.year", String.valueOf(file.year()));
        }
    }

    /** Grants or declines what was asked for; never who asked. */
    Problems decide(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.changeId() == 0 || !GrantForm.number(form, "change").equals(file.changeId())) {
            return problems;
        } else if (visitor.personId() == file.changeAskedBy() || visitor.personId() == file.applicantId()) {
            throw new Denied(Refusal.of("grants.refusal.change-eyes").withWayOut(file.path() + "/file", "grants.back"));
        }
        var outcome = form.getOrDefault("outcome", "");
        var reason = GrantForm.text(form, "decision-reason");
        if (outcome.equals("granted") && (file.proofWaits() || file.isProven())) {
            throw GrantBooks.no(file, "proof-first");
        } else if (outcome.equals("granted") && file.repaymentId() != 0) {
            throw GrantBooks.no(file, "repayment");
        }
        if (!outcome.matches("granted|declined")) {
            problems.add("decision-reason", "grants.problem.decision");
        } else if (GrantForm.length(reason) > 2_000 || outcome.equals("declined") && GrantForm.length(reason) < 10) {
            problems.add("decision-reason", "grants.problem.reason");
        }
        if (problems.isEmpty()) {
            var asked = changes.asked(file).orElseThrow();
            if (outcome.equals("granted") && asked.cents() >= file.current()) {
                throw GrantBooks.no(file, "outdated");
            }
            changes.decide(asked.id(), outcome, reason, visitor.personId(), clock.instant());
            if (outcome.equals("granted")) {
                var to = asked.to() == null ? Objects.requireNonNull(file.projectTo()) : asked.to();
                issue(
                        visitor,
                        file,
                        terms(
                                file,
                                "request",
                                asked.id(),
                                asked.purpose(),
                                asked.cents() == 0 ? file.current() : asked.cents(),
                                to,
                                reason),
                        asked.askedAt().atZone(Time.ZONE).toLocalDate());
                books.record(visitor, file, "grant.change", asked.cents());
            } else {
                books.record(visitor, file, "grant.change-declined", 0);
            }
        }
        return problems;
    }

    /** The office takes back a part of the grant, or all of it. */
    Problems revoke(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.issuedAt() == null || visitor.personId() == file.applicantId()) {
            throw GrantBooks.no(file, "order");
        } else if (!GrantForm.number(form, "version").equals((long) file.noticeVersion())) {
            throw GrantBooks.no(file, "form");
        } else if (file.repaymentId() != 0) {
            throw GrantBooks.no(file, "repayment");
        } else if (file.proofWaits() || file.isProven()) {
            throw GrantBooks.no(file, "proof-first");
        }
        var amount = Money.parse(form.getOrDefault("revoke-amount", ""));
        var reason = GrantForm.text(form, "revoke-reason");
        if (amount.isEmpty() || amount.get().cents() >= file.current()) {
            problems.add("revoke-amount", "grants.problem.less", new Money(file.current()));
        }
        if (GrantForm.length(reason) < 10 || GrantForm.length(reason) > 2_000) {
            problems.add("revoke-reason", "grants.problem.reason");
        }
        if (problems.isEmpty()) {
            long cents = amount.orElseThrow().cents();
            var to = Objects.requireNonNull(file.projectTo());
            issue(visitor, file, terms(file, "office", 0, "", cents, to, reason), LocalDate.now(clock));
            books.record(visitor, file, "grant.revocation", file.current() - cents);
        }
        return problems;
    }

    /** When a change was made known. */
    Problems serve(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        long version = GrantForm.number(form, "version");
        var change = changes.of(file.id()).stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .orElseThrow(() -> GrantBooks.no(file, "form"));
        if (change.servedOn() != null) {
            return problems;
        }
        var channel = form.getOrDefault("channel", "");
        var sent = GrantForm.day(form, "change-sent");
        if (!channel.matches("post|hand")) {
            problems.add("change-channel", "grants.problem.channel");
        }
        if (sent.isEmpty()
                || sent.get().isAfter(LocalDate.now(clock))
                || sent.get().isBefore(change.issuedAt().atZone(Time.ZONE).toLocalDate())) {
            problems.add("change-sent", "grants.problem.sent");
        }
        if (problems.isEmpty()) {
            changes.serve(
                    file,
                    change.version(),
                    channel,
                    sent.orElseThrow(),
                    ServicePeriod.of(channel, sent.orElseThrow(), workingDays::isWorkingDay),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.service", 0);
        }
        return problems;
    }

    /** The resolution fell: the notice is taken back whole. Behind the row that says so. */
    void fall(Visitor visitor, GrantFile file, String reason) {
        var to = Objects.requireNonNull(file.projectTo());
        issue(visitor, file, terms(file, "annulment", 0, "", 0, to, reason), LocalDate.now(clock));
    }

    private ChangedTerms terms(
            GrantFile file, String cause, long change, String purpose, long cents, LocalDate to, String reason) {
        var rule = grants.rule(file.fundKey(), file.decidedOn());
        return new ChangedTerms(
                cause,
                change,
                purpose.isEmpty() ? file.purpose() : purpose,
                cents,
                to,
                to.equals(file.projectTo()) ? Objects.requireNonNull(file.proofDue()) : Notice.due(to, rule),
                cents <= rule.simple().cents(),
                reason);
    }

    /** What is promised goes back as far as it goes; what was paid beyond the new amount is asked back. */
    private void issue(Visitor visitor, GrantFile file, ChangedTerms terms, LocalDate asked) {
        long over = Math.max(0, file.granted() + file.paid() - grants.owed(file) - terms.cents());
        long back = Math.min(file.granted(), over);
        long claim = over - back;
        if (!file.fallen() && file.payoutCents() > file.granted() - back) {
            throw GrantBooks.no(file, "asked");
        }
        var today = LocalDate.now(clock);
        var issued = Objects.requireNonNull(file.issuedAt()).atZone(Time.ZONE).toLocalDate();
        var notice = Notice.ofChange(
                file,
                terms,
                grants.texts(today),
                grants.fields(file),
                issued,
                asked,
                claim,
                books.dueBack(file),
                today,
                texts);
        changes.change(
                file, terms, written(notice), pdf.of("grants/notice", notice), visitor.personId(), clock.instant());
        if (back > 0) {
            books.move(visitor, file, "revoke", back, 0);
        }
        if (claim > 0) {
            grants.askBack(
                    file,
                    UUID.randomUUID(),
                    claim,
                    texts.get(Languages.standard(), "grants.ledger.reduced"),
                    books.dueBack(file),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.repayment", claim);
        }
        books.settle(visitor, file.id());
    }

    private String written(Notice notice) {
        try {
            return json.writeValueAsString(notice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
