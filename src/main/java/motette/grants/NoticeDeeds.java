package motette.grants;

import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Pdf;
import motette.shared.Problems;
import motette.shared.Texts;
import motette.shared.Time;

/** The notice: issued, made known, no longer objected to; and where its money goes. */
@Singleton
class NoticeDeeds {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final WorkingDays workingDays;
    private final Pdf pdf;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    NoticeDeeds(
            GrantRepository grants,
            GrantBooks books,
            WorkingDays workingDays,
            Pdf pdf,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.grants = grants;
        this.books = books;
        this.workingDays = workingDays;
        this.pdf = pdf;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    /** The notice as it would be issued; the project's days as the application says where none are given. */
    @Transactional(readOnly = true)
    public Notice preview(GrantFile file, LocalDate from, LocalDate to) {
        var today = LocalDate.now(clock);
        return Notice.of(
                file,
                grants.rule(file.fundKey(), file.decidedOn()),
                grants.texts(today),
                grants.fields(file),
                from,
                to,
                today,
                texts);
    }

    Problems issue(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.opened()) {
            return problems;
        } else if (!file.isNotice() || file.reserved() != file.amountCents()) {
            throw GrantBooks.no(file, "order");
        }
        var from = GrantForm.day(form, "from");
        var to = GrantForm.day(form, "to");
        if (from.isEmpty()) {
            problems.add("from", "applications.problem.day");
        }
        if (to.isEmpty()) {
            problems.add("to", "applications.problem.day");
        } else if (from.isPresent() && to.get().isBefore(from.get())) {
            problems.add("to", "applications.problem.order");
        } else if (to.get().getYear() > file.year()
                && !grants.rule(file.fundKey(), file.decidedOn()).carriesOver()) {
            problems.add("to", "grants.problem.year", String.valueOf(file.year()));
        }
        if (problems.isEmpty()) {
            var rule = grants.rule(file.fundKey(), file.decidedOn());
            var notice = preview(file, from.orElseThrow(), to.orElseThrow());
            grants.open(file, "notice", visitor.personId(), clock.instant());
            books.move(visitor, file, "grant", file.amountCents(), 0);
            grants.notice(
                    file,
                    written(notice),
                    pdf.of("grants/notice", notice),
                    from.get(),
                    to.get(),
                    Notice.due(to.get(), rule),
                    file.amountCents() <= rule.simple().cents(),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.notice", file.amountCents());
        }
        return problems;
    }

    Problems serve(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.servedOn() != null) {
            return problems;
        } else if (file.issuedAt() == null) {
            throw GrantBooks.no(file, "order");
        }
        var channel = form.getOrDefault("channel", "");
        var sent = GrantForm.day(form, "sent");
        if (!channel.matches("post|hand")) {
            problems.add("channel", "grants.problem.channel");
        }
        if (sent.isEmpty()
                || sent.get().isAfter(LocalDate.now(clock))
                || sent.get().isBefore(file.issuedAt().atZone(Time.ZONE).toLocalDate())) {
            problems.add("sent", "grants.problem.sent");
        }
        if (problems.isEmpty()) {
            grants.serve(
                    file,
                    channel,
                    sent.orElseThrow(),
                    ServicePeriod.of(channel, sent.orElseThrow(), workingDays::isWorkingDay),
                    visitor.personId(),
                    clock.instant());
            books.record(visitor, file, "grant.service", 0);
        }
        return problems;
    }

    Problems waive(Visitor visitor, GrantFile file) {
        if (file.servedOn() == null) {
            throw GrantBooks.no(file, "not-served");
        } else if (!file.waived()) {
            grants.waive(file, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.waiver", 0);
        }
        return Problems.none();
    }

    Problems account(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.issuedAt() == null || file.payoutId() != 0) {
            throw GrantBooks.no(file, "order");
        }
        var holder = GrantForm.text(form, "holder");
        var iban = GrantForm.text(form, "iban").replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (GrantForm.length(holder) < 2 || GrantForm.length(holder) > 70) {
            problems.add("holder", "grants.problem.holder");
        }
        if (!GrantForm.isIban(iban)) {
            problems.add("iban", "grants.problem.iban");
        }
        if (problems.isEmpty()) {
            grants.account(file, holder, iban, visitor.personId(), clock.instant());
            books.record(visitor, file, "grant.account", 0);
        }
        return problems;
    }

    private String written(Notice notice) {
        try {
            return json.writeValueAsString(notice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
