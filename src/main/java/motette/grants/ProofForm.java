package motette.grants;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import motette.budgets.Csv;
import motette.shared.Money;
import motette.shared.Problems;

/**
 * A proof of use as it was typed. A full one says to each line of the plan what it came to, has lines for what nobody planned, and lists
 * receipts; a simple one has the amount and the report.
 */
final class ProofForm {

    static final int MOST_RECEIPTS = 60;

    private static final int LEAST_RECEIPTS = 3;
    private static final int UNPLANNED = 100;
    private static final int UNPLANNED_LINES = 2;

    private final GrantFile file;
    private final Map<String, String> typed;
    private final List<Line> costs;
    private final List<Line> sources;
    private final List<Voucher> receipts;

    /**
     * A line with its fields: {@code field} for the amount, {@code field + "-what"} for what nobody planned.
     *
     * @param planned whether it stands in the plan; then {@code what} is said already
     * @param cents   as planned
     */
    @Introspected
    record Line(String field, int position, boolean planned, String what, long cents, String amount) {

        boolean isBlank() {
            return !planned && what.isEmpty() && amount.isBlank();
        }

        long actual() {
            return Money.parse(amount).map(Money::cents).orElse(0L);
        }
    }

    /** A receipt as typed; fields {@code receipt-1-day} and so on. */
    @Introspected
    record Voucher(String field, String day, String trade, String purpose, String amount) {

        boolean isBlank() {
            return (day + trade + purpose + amount).isBlank();
        }
    }

    private ProofForm(GrantFile file, List<PlannedCost> plan, Map<String, String> typed) {
        this.file = file;
        this.typed = typed;
        this.costs = file.simple() ? List.of() : lines(plan, "cost", "actual-", "extra-");
        this.sources = file.simple() ? List.of() : lines(plan, "finance", "source-", "other-");
        this.receipts = file.simple() ? List.of() : vouchers();
    }

    /** @param plan lines of both sides, as the application said */
    static ProofForm of(GrantFile file, List<PlannedCost> plan, Map<String, String> typed) {
        return new ProofForm(file, plan, typed);
    }

    /** What a returned proof said, as if it was typed again. */
    static Map<String, String> again(Proof sent) {
        var typed = new HashMap<String, String>();
        typed.put("kind", sent.kind());
        typed.put("spent", Csv.euros(sent.spent()));
        typed.put("report", sent.report());
        sent.costs().forEach(line -> typed.putAll(again("actual-", "extra-", line)));
        sent.sources().stream()
                .filter(line -> line.position() > 0)
                .forEach(line -> typed.putAll(again("source-", "other-", line)));
        sent.receipts().forEach(receipt -> {
            var field = "receipt-" + receipt.position();
            typed.put(field + "-day", receipt.day().toString());
            typed.put(field + "-trade", receipt.trade());
            typed.put(field + "-purpose", receipt.purpose());
            typed.put(field + "-amount", Csv.euros(receipt.cents()));
        });
        return typed;
    }

    private static Map<String, String> again(String planned, String unplanned, ProvenLine line) {
        return line.position() > UNPLANNED
                ? Map.of(
                        unplanned + (line.position() - UNPLANNED),
                        Csv.euros(line.actual()),
                        unplanned + (line.position() - UNPLANNED) + "-what",
                        line.what())
                : Map.of(planned + line.position(), Csv.euros(line.actual()));
    }

    private List<Line> lines(List<PlannedCost> plan, String side, String planned, String unplanned) {
        var lines = new ArrayList<Line>();
        plan.stream()
                .filter(line -> line.side().equals(side))
                .forEach(line -> lines.add(new Line(
                        planned + line.position(),
                        line.position(),
                        true,
                        line.what(),
                        line.cents(),
                        typed.getOrDefault(planned + line.position(), ""))));
        for (int i = 1; i <= UNPLANNED_LINES; i++) {
            var field = unplanned + i;
            lines.add(new Line(
                    field,
                    UNPLANNED + i,
                    false,
                    GrantForm.text(typed, field + "-what"),
                    0,
                    typed.getOrDefault(field, "")));
        }
        return List.copyOf(lines);
    }

    private List<Voucher> vouchers() {
        var all = IntStream.rangeClosed(1, MOST_RECEIPTS)
                .mapToObj(i -> "receipt-" + i)
                .map(field -> new Voucher(
                        field,
                        typed.getOrDefault(field + "-day", ""),
                        GrantForm.text(typed, field + "-trade"),
                        GrantForm.text(typed, field + "-purpose"),
                        typed.getOrDefault(field + "-amount", "")))
                .toList();
        int last = IntStream.range(0, MOST_RECEIPTS)
                .filter(i -> !all.get(i).isBlank())
                .max()
                .orElse(-1);
        int more = typed.getOrDefault("again", "").equals("rows") ? 5 : LEAST_RECEIPTS;
        return all.subList(0, Math.min(MOST_RECEIPTS, last + 1 + more));
    }

    List<Line> costs() {
        return costs;
    }

    List<Line> sources() {
        return sources;
    }

    List<Voucher> receipts() {
        return receipts;
    }

    String get(String field, String otherwise) {
        return typed.getOrDefault(field, otherwise);
    }

    /** Cents of all lines of cost that can be read. */
    long cost() {
        return costs.stream().mapToLong(Line::actual).sum();
    }

    /** Cents of all sources that can be read, the grant included. */
    long finance() {
        return sources.stream().mapToLong(Line::actual).sum()
                + Money.parse(get("spent", "")).map(Money::cents).orElse(0L);
    }

    /** The proof; to be trusted where nothing was added to the problems. */
    Proof read(LocalDate today, Problems problems) {
        var kind = get("kind", "");
        var spent = Money.parse(get("spent", ""));
        var report = GrantForm.text(typed, "report");
        if (!kind.matches("interim|final")) {
            problems.add("kind", "grants.problem.kind");
        }
        if (spent.isEmpty() || spent.get().cents() > file.current()) {
            problems.add("spent", "grants.problem.spent", new Money(file.current()));
        }
        var proven = read(costs, problems);
        var paid = new ArrayList<ProvenLine>();
        var listed = receipts(today, problems);
        if (!file.simple()) {
            paid.add(new ProvenLine(
                    0, file.fundName(), file.current(), spent.map(Money::cents).orElse(0L)));
            paid.addAll(read(sources, problems));
            if (problems.isEmpty() && cost() != finance()) {
                problems.add("sums", "grants.problem.sums", new Money(cost()), new Money(finance()));
            }
            if (listed.isEmpty()) {
                problems.add("receipts", "grants.problem.receipts");
            } else if (problems.isEmpty()
                    && listed.stream().mapToLong(Receipt::cents).sum() > cost()) {
                problems.add("receipts", "grants.problem.receipts-sum", new Money(cost()));
            }
        }
        if (GrantForm.length(report) < 20 || GrantForm.length(report) > 10_000) {
            problems.add("report", "grants.problem.report");
        }
        return new Proof(
                kind, spent.map(Money::cents).orElse(0L), report, proven, List.copyOf(paid), List.copyOf(listed));
    }

    private static List<ProvenLine> read(List<Line> lines, Problems problems) {
        var read = new ArrayList<ProvenLine>();
        for (var line : lines) {
            if (!line.isBlank()) {
                if (Money.parse(line.amount()).isEmpty()) {
                    problems.add(line.field(), "grants.problem.line");
                }
                if (line.what().isEmpty() || GrantForm.length(line.what()) > 200) {
                    problems.add(line.field() + "-what", "grants.problem.what");
                }
                read.add(new ProvenLine(line.position(), line.what(), line.cents(), line.actual()));
            }
        }
        return List.copyOf(read);
    }

    private List<Receipt> receipts(LocalDate today, Problems problems) {
        var read = new ArrayList<Receipt>();
        for (var voucher : receipts) {
            if (!voucher.isBlank()) {
                var day = GrantForm.day(typed, voucher.field() + "-day");
                var amount = Money.parse(voucher.amount());
                if (day.isEmpty() || day.get().isAfter(today)) {
                    problems.add(voucher.field() + "-day", "grants.problem.receipt-day");
                }
                if (isNoText(voucher.trade(), 120)) {
                    problems.add(voucher.field() + "-trade", "grants.problem.trade");
                }
                if (isNoText(voucher.purpose(), 200)) {
                    problems.add(voucher.field() + "-purpose", "grants.problem.receipt-purpose");
                }
                if (amount.isEmpty() || amount.get().isZero()) {
                    problems.add(voucher.field() + "-amount", "grants.problem.amount");
                }
                read.add(new Receipt(
                        read.size() + 1,
                        day.orElse(today),
                        voucher.trade(),
                        voucher.purpose(),
                        amount.map(Money::cents).orElse(0L)));
            }
        }
        return read;
    }

    private static boolean isNoText(String text, int most) {
        return GrantForm.length(text) < 2 || GrantForm.length(text) > most;
    }

    /**
     * A line of the plan of an application.
     *
     * @param side cost or finance
     */
    record PlannedCost(String side, int position, String what, long cents) {}

    /** A line of a proof, cents; position 0 of the sources is the grant itself. */
    @Introspected
    record ProvenLine(int position, String what, long planned, long actual) {}

    /**
     * A receipt.
     *
     * @param trade line of business of who was paid
     */
    @Introspected
    record Receipt(int position, LocalDate day, String trade, String purpose, long cents) {}

    /**
     * What was sent.
     *
     * @param kind  interim or final
     * @param spent cents of the grant
     */
    @Introspected
    record Proof(
            String kind,
            long spent,
            String report,
            List<ProvenLine> costs,
            List<ProvenLine> sources,
            List<Receipt> receipts) {

        static final Proof NONE = new Proof("", 0, "", List.of(), List.of(), List.of());

        long receiptsSum() {
            return receipts.stream().mapToLong(Receipt::cents).sum();
        }
    }
}
