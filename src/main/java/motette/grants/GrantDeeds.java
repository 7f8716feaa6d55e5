package motette.grants;

import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.Ledger;
import motette.grants.GrantRepository.PlannedLine;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Pdf;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Texts;
import motette.shared.Time;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/**
 * What people can do with a grant, each deed in one transaction behind the lock of its resolution, then of its budget. A deed that
 * was done already, by the same form or by a second press, changes nothing and is answered like the first time.
 */
@Singleton
class GrantDeeds {

    private final GrantRepository grants;
    private final GrantRights rights;
    private final Ledger ledger;
    private final WorkingDays workingDays;
    private final Pdf pdf;
    private final Audit audit;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    GrantDeeds(
            GrantRepository grants,
            GrantRights rights,
            Ledger ledger,
            WorkingDays workingDays,
            Pdf pdf,
            Audit audit,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.grants = grants;
        this.rights = rights;
        this.ledger = ledger;
        this.workingDays = workingDays;
        this.pdf = pdf;
        this.audit = audit;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Does one deed.
     *
     * @param deed notice, service, waiver, account, request, release, proof, answer, repayment, receipt, order, progress, spending
     * @return what can be mended; empty optional where there is no such file for them, or no such deed
     */
    @Transactional
    public Optional<Problems> act(Visitor visitor, long resolution, String deed, Map<String, String> form) {
        grants.lock(resolution);
        var found = grants.find(resolution).filter(file -> rights.reads(visitor, file));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var file = found.get();
        if (deed.matches("waiver|account|request|proof")) {
            allow(rights.asking(visitor, file));
        } else if (deed.equals("release")) {
            if (file.payoutId() == 0 || !number(form, "payout").equals(file.payoutId())) {
                allow(rights.reading(visitor));
                return Optional.of(Problems.none());
            }
            allow(rights.releasing(visitor, file));
        } else {
            allow(rights.deciding(visitor));
        }
        if (file.rests()) {
            throw no(file, "rests");
        } else if (file.ended()) {
            throw no(file, "ended");
        }
        return switch (deed) {
            case "notice" -> Optional.of(issue(visitor, file, form));
            case "service" -> Optional.of(serve(visitor, file, form));
            case "waiver" -> Optional.of(waive(visitor, file));
            case "account" -> Optional.of(account(visitor, file, form));
            case "request" -> Optional.of(ask(visitor, file, form));
            case "release" -> Optional.of(release(visitor, file));
            case "proof" -> Optional.of(prove(visitor, file, form));
            case "answer" -> Optional.of(answer(visitor, file, form));
            case "repayment" -> Optional.of(askBack(visitor, file, form));
            case "receipt" -> Optional.of(receive(visitor, file, form));
            case "order" -> Optional.of(order(visitor, file, form));
            case "progress" -> Optional.of(goOn(visitor, file, form));
            case "spending" -> Optional.of(spend(visitor, file, form));
            default -> Optional.empty();
        };
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

    private Problems issue(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.opened()) {
            return problems;
        } else if (!file.isNotice() || file.reserved() != file.amountCents()) {
            throw no(file, "order");
        }
        var from = day(form, "from");
        var to = day(form, "to");
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
            move(visitor, file, "grant", file.amountCents(), 0);
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
            record(visitor, file, "grant.notice", file.amountCents());
        }
        return problems;
    }

    private Problems serve(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.servedOn() != null) {
            return problems;
        } else if (file.issuedAt() == null) {
            throw no(file, "order");
        }
        var channel = form.getOrDefault("channel", "");
        var sent = day(form, "sent");
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
            record(visitor, file, "grant.service", 0);
        }
        return problems;
    }

    private Problems waive(Visitor visitor, GrantFile file) {
        if (file.servedOn() == null) {
            throw no(file, "not-served");
        } else if (!file.waived()) {
            grants.waive(file, visitor.personId(), clock.instant());
            record(visitor, file, "grant.waiver", 0);
        }
        return Problems.none();
    }

    private Problems account(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.issuedAt() == null || file.payoutId() != 0) {
            throw no(file, "order");
        }
        var holder = text(form, "holder");
        var iban = text(form, "iban").replaceAll("\\s", "").toUpperCase(java.util.Locale.ROOT);
        if (length(holder) < 2 || length(holder) > 70) {
            problems.add("holder", "grants.problem.holder");
        }
        if (!isIban(iban)) {
            problems.add("iban", "grants.problem.iban");
        }
        if (problems.isEmpty()) {
            grants.account(file, holder, iban, visitor.personId(), clock.instant());
            record(visitor, file, "grant.account", 0);
        }
        return problems;
    }

    private Problems ask(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = request(form);
        if (request.isEmpty() || !file.isNotice()) {
            throw no(file, "form");
        } else if (grants.asked(request.get())) {
            return problems;
        } else if (file.issuedAt() == null || !file.isFinal(LocalDate.now(clock))) {
            throw no(file, "not-final");
        } else if (!file.hasAccount()) {
            throw no(file, "no-account");
        } else if (file.payoutId() != 0) {
            throw no(file, "asked");
        }
        long most = payable(file);
        var amount = Money.parse(form.getOrDefault("amount", ""));
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > most) {
            problems.add("amount", "grants.problem.most", new Money(most));
        } else {
            grants.ask(file, request.get(), amount.get().cents(), visitor.personId(), clock.instant());
            record(visitor, file, "grant.request", amount.get().cents());
        }
        return problems;
    }

    /** What may be asked for now, in cents. */
    long payable(GrantFile file) {
        long ceiling = grants.rule(file.fundKey(), file.decidedOn()).payable(file.amountCents(), file.proven());
        return Math.max(0, Math.min(file.granted(), ceiling - file.paid()));
    }

    private Problems release(Visitor visitor, GrantFile file) {
        int turn = file.releases() + 1;
        grants.release(file.payoutId(), turn, visitor.personId(), clock.instant());
        record(visitor, file, "grant.release", file.payoutCents());
        if (turn == 2) {
            move(visitor, file, "pay", file.payoutCents(), file.payoutId());
            record(visitor, file, "grant.payout", file.payoutCents());
            settle(visitor, file.id());
        }
        return Problems.none();
    }

    private Problems prove(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.proofWaits() && form.getOrDefault("after", "").equals(String.valueOf(file.proofVersion() - 1))) {
            return problems;
        } else if (file.issuedAt() == null || file.proofWaits() || file.isProven() || file.paid() == 0) {
            throw no(file, "proof");
        }
        var kind = form.getOrDefault("kind", "");
        var spent = Money.parse(form.getOrDefault("spent", ""));
        var report = text(form, "report");
        if (!kind.matches("interim|final")) {
            problems.add("kind", "grants.problem.kind");
        }
        if (spent.isEmpty() || spent.get().cents() > file.amountCents()) {
            problems.add("spent", "grants.problem.spent", new Money(file.amountCents()));
        }
        if (length(report) < 20 || length(report) > 10_000) {
            problems.add("report", "grants.problem.report");
        }
        var lines = lines(file, form, problems);
        long actual = lines.stream().mapToLong(PlannedLine::actual).sum();
        if (problems.isEmpty() && !lines.isEmpty() && spent.orElseThrow().cents() > actual) {
            problems.add("spent", "grants.problem.sum", new Money(actual));
        }
        if (problems.isEmpty()) {
            grants.prove(file, kind, spent.orElseThrow().cents(), report, lines, visitor.personId(), clock.instant());
            record(visitor, file, "grant.proof", spent.orElseThrow().cents());
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

    private Problems answer(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var outcome = form.getOrDefault("outcome", "");
        var note = text(form, "note");
        if (!form.getOrDefault("version", "").equals(String.valueOf(file.proofVersion())) || !file.proofWaits()) {
            if (file.proofVersion() > 0 && !file.proofWaits()) {
                return problems;
            }
            throw no(file, "form");
        } else if (!outcome.matches("accepted|returned")) {
            problems.add("outcome", "grants.problem.outcome");
        }
        if (length(note) > 2_000 || outcome.equals("returned") && length(note) < 10) {
            problems.add("note", "grants.problem.note");
        }
        if (outcome.equals("accepted") && file.proofKind().equals("final") && file.payoutId() != 0) {
            throw no(file, "asked");
        }
        if (problems.isEmpty()) {
            grants.answer(file, outcome, note, visitor.personId(), clock.instant());
            record(visitor, file, "grant.answer", file.spent());
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
            move(visitor, file, "rest", rest, 0);
        }
        long tooMuch = file.paid() - file.spent() - file.repaymentCents();
        if (tooMuch > 0) {
            grants.askBack(
                    file,
                    UUID.randomUUID(),
                    tooMuch,
                    texts.get(Languages.standard(), "grants.ledger.unused"),
                    dueBack(file),
                    visitor.personId(),
                    clock.instant());
            record(visitor, file, "grant.repayment", tooMuch);
        }
        settle(visitor, file.id());
    }

    private Problems askBack(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var request = request(form);
        var amount = Money.parse(form.getOrDefault("amount", ""));
        var reason = text(form, "reason");
        if (request.isEmpty()) {
            throw no(file, "form");
        } else if (grants.askedBack(request.get())) {
            return problems;
        } else if (file.repaymentId() != 0) {
            throw no(file, "repayment");
        }
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > file.paid()) {
            problems.add("amount", "grants.problem.most", new Money(file.paid()));
        }
        if (length(reason) < 10 || length(reason) > 2_000) {
            problems.add("reason", "grants.problem.note");
        }
        if (problems.isEmpty()) {
            grants.askBack(
                    file,
                    request.get(),
                    amount.orElseThrow().cents(),
                    reason,
                    dueBack(file),
                    visitor.personId(),
                    clock.instant());
            record(visitor, file, "grant.repayment", amount.orElseThrow().cents());
        }
        return problems;
    }

    private Problems receive(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (!number(form, "repayment").equals(file.repaymentId()) || file.repaymentId() == 0) {
            return problems;
        }
        var day = day(form, "received");
        if (day.isEmpty() || day.get().isAfter(LocalDate.now(clock))) {
            problems.add("received", "grants.problem.sent");
        } else {
            long entry = move(visitor, file, "back", file.repaymentCents(), 0);
            grants.receive(file, entry, day.get(), visitor.personId(), clock.instant());
            record(visitor, file, "grant.receipt", file.repaymentCents());
            settle(visitor, file.id());
        }
        return problems;
    }

    private Problems order(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var office = text(form, "office");
        if (file.opened()) {
            return problems;
        } else if (file.isNotice() || file.reserved() != file.amountCents()) {
            throw no(file, "order");
        } else if (length(office) < 2 || length(office) > 120) {
            problems.add("office", "grants.problem.office");
        } else {
            grants.open(file, "order", visitor.personId(), clock.instant());
            move(visitor, file, "grant", file.amountCents(), 0);
            grants.step(file, "ordered", office, "", visitor.personId(), clock.instant());
            record(visitor, file, "grant.order", file.amountCents());
        }
        return problems;
    }

    private static final List<String> STEPS = List.of("ordered", "planned", "under-way", "done");

    private Problems goOn(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        var step = form.getOrDefault("step", "");
        var note = text(form, "note");
        if (file.isNotice() || !file.opened()) {
            throw no(file, "order");
        } else if (step.equals(file.step())) {
            return problems;
        } else if (STEPS.indexOf(step) <= STEPS.indexOf(file.step())) {
            problems.add("step", "grants.problem.step");
        }
        if (length(note) > 1_000) {
            problems.add("note", "grants.problem.note");
        }
        if (problems.isEmpty()) {
            grants.step(file, step, file.office(), note, visitor.personId(), clock.instant());
            record(visitor, file, "grant.progress", 0);
            if (step.equals("done")) {
                if (file.granted() > 0) {
                    move(visitor, file, "rest", file.granted(), 0);
                }
                settle(visitor, file.id());
            }
        }
        return problems;
    }

    private Problems spend(Visitor visitor, GrantFile file, Map<String, String> form) {
        var problems = Problems.none();
        if (file.isNotice() || !file.opened()) {
            throw no(file, "order");
        } else if (!number(form, "paid").equals(file.paid())) {
            throw no(file, "form");
        }
        var amount = Money.parse(form.getOrDefault("amount", ""));
        if (amount.isEmpty() || amount.get().isZero()) {
            problems.add("amount", "grants.problem.amount");
        } else if (amount.get().cents() > file.granted()) {
            problems.add("amount", "grants.problem.most", new Money(file.granted()));
        } else {
            move(visitor, file, "pay", amount.get().cents(), 0);
            record(visitor, file, "grant.spending", amount.get().cents());
        }
        return problems;
    }

    /**
     * What of a budget year may not be carried over and is not on its way to be paid; after the last day of that year.
     *
     * @return with cents that fall back on reserved and granted
     */
    @Transactional(readOnly = true)
    public List<GrantFile> lapsing(int year) {
        var today = LocalDate.now(clock);
        return year >= today.getYear()
                ? List.of()
                : grants.ofYear(year).stream()
                        .filter(file -> !file.rests() && !file.ended() && file.reserved() + file.granted() > 0)
                        .filter(file -> file.payoutId() == 0 && !file.isProven() && !file.proofWaits())
                        .filter(file -> !grants.rule(file.fundKey(), LocalDate.of(year, 12, 31))
                                .carriesOver())
                        .toList();
    }

    /** Books what falls back at the end of a year; pressed again it finds nothing. */
    @Transactional
    public int lapse(Visitor visitor, int year) {
        allow(rights.deciding(visitor));
        int count = 0;
        for (var one : lapsing(year).stream().mapToLong(GrantFile::id).sorted().toArray()) {
            grants.lock(one);
            var file = lapsing(year).stream().filter(still -> still.id() == one).findFirst();
            if (file.isPresent()) {
                fallBack(visitor, file.get());
                count++;
            }
        }
        return count;
    }

    private void fallBack(Visitor visitor, GrantFile file) {
        var reason = texts.get(Languages.standard(), "grants.ledger.lapse", String.valueOf(file.year()));
        if (file.reserved() > 0) {
            refuse(
                    file,
                    ledger.release(
                            file.budgetId(), new Money(file.reserved()), reason, file.reference(), visitor.personId()));
            grants.moved(file, "lapse", 0);
        }
        if (file.granted() > 0) {
            refuse(
                    file,
                    ledger.takeBack(
                            file.budgetId(), new Money(file.granted()), reason, file.reference(), visitor.personId()));
            grants.moved(file, "lapse", 0);
        }
        record(visitor, file, "grant.lapse", file.reserved() + file.granted());
        if (file.opened() && file.paid() == 0) {
            grants.end(file, visitor.personId(), clock.instant());
        }
    }

    /** Ends the file where nothing is promised or owed any more and what was paid is proven. */
    private void settle(Visitor visitor, long resolution) {
        var file = grants.find(resolution).orElseThrow();
        boolean proven = file.isNotice() ? file.isProven() : file.step().equals("done");
        if (proven && file.granted() == 0 && file.reserved() == 0 && file.repaymentId() == 0) {
            grants.end(file, visitor.personId(), clock.instant());
        }
    }

    private long move(Visitor visitor, GrantFile file, String kind, long cents, long payout) {
        var amount = new Money(cents);
        var reason = texts.get(Languages.standard(), "grants.ledger." + kind);
        long person = visitor.personId();
        refuse(
                file,
                switch (kind) {
                    case "grant" -> ledger.grant(file.budgetId(), amount, reason, file.reference(), person);
                    case "pay" -> ledger.pay(file.budgetId(), amount, reason, file.reference(), person);
                    case "rest" -> ledger.takeBack(file.budgetId(), amount, reason, file.reference(), person);
                    default -> ledger.giveBack(file.budgetId(), amount, reason, file.reference(), person);
                });
        return grants.moved(file, kind, payout);
    }

    private LocalDate dueBack(GrantFile file) {
        return LocalDate.now(clock)
                .plusDays(grants.rule(file.fundKey(), file.decidedOn()).repayDays());
    }

    private void record(Visitor visitor, GrantFile file, String deed, long cents) {
        audit.record(Deed.of(deed, file.reference())
                .by(visitor.personId(), visitor.personId() == file.applicantId() ? "" : rights.office(visitor))
                .with("cents", cents));
    }

    private String written(Notice notice) {
        try {
            return json.writeValueAsString(notice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allow(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private static void refuse(GrantFile file, Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Refused(why.withWayOut(file.path() + "/file", "grants.back"));
        });
    }

    private static Refused no(GrantFile file, String why) {
        return new Refused(Refusal.of("grants.refusal." + why).withWayOut(file.path() + "/file", "grants.back"));
    }

    private static boolean isIban(String iban) {
        try {
            IbanUtil.validate(iban);
            return true;
        } catch (Iban4jException e) {
            return false;
        }
    }

    private static String text(Map<String, String> form, String name) {
        return form.getOrDefault(name, "")
                .replace("\u0000", "")
                .replace("\r\n", "\n")
                .strip();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Long number(Map<String, String> form, String name) {
        return motette.shared.RowNumbers.find(form.getOrDefault(name, "")).orElse(0L);
    }

    private static Optional<UUID> request(Map<String, String> form) {
        var text = form.getOrDefault("request", "");
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    static Optional<LocalDate> day(Map<String, String> form, String name) {
        var text = form.getOrDefault(name, "");
        try {
            return text.matches("2\\d{3}-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
