package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import motette.allocation.Proposals;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a session selects from.
 *
 * @param rows    those most wanted first
 * @param saved   as it was saved last
 * @param typed   as it stands in the form
 * @param writes  whether the visitor runs the session
 * @param refused why nothing can be selected now; null where it can
 * @param events  where the page hears of what is done; null where nothing will be
 * @param room    version of the room
 * @param said    what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record SelectionPage(
        CouncilSession session,
        List<Row> rows,
        List<Column> columns,
        Money available,
        Selection saved,
        SelectionForm typed,
        SelectionSums sums,
        boolean writes,
        @Nullable Refusal refused,
        @Nullable String events,
        long room,
        Problems problems,
        String said) {

    /**
     * @param verdicts whether each column pays for it, in their order; empty for what they say nothing of
     * @param proposed whether the basis of the selection pays for it
     */
    @Introspected
    record Row(
            Selectable matter, boolean chosen, String amount, String reason, boolean proposed, List<Verdict> verdicts) {

        String in() {
            return "in-" + matter.item().id();
        }

        String amountField() {
            return "amount-" + matter.item().id();
        }

        String reasonField() {
            return "reason-" + matter.item().id();
        }
    }

    @Introspected
    record Verdict(String key, boolean in) {}

    /**
     * A proposal.
     *
     * @param proposal of a rule; null for that of the round
     * @param round    title of the round; null for a rule
     */
    @Introspected
    record Column(
            String key,
            int funded,
            Money spent,
            Money left,
            boolean basis,
            Proposals.@Nullable Proposal proposal,
            @Nullable String round,
            @Nullable String roundPath) {}

    static List<Row> rows(Selectables.All all, Selection saved, SelectionForm typed) {
        return all.rows().stream()
                .map(matter -> {
                    var line = typed.line(matter.item().id());
                    var known = saved.lines().get(matter.item().id());
                    return new Row(
                            matter,
                            line.chosen(),
                            line.amount(),
                            line.reason(),
                            known != null && known.proposed(),
                            verdicts(all, matter));
                })
                .toList();
    }

    private static List<Verdict> verdicts(Selectables.All all, Selectable matter) {
        var verdicts = new ArrayList<Verdict>();
        var outcome = matter.outcome();
        if (outcome != null) {
            verdicts.add(new Verdict("round", outcome.proposed()));
        }
        if (matter.number() != 0 && !matter.cost().isZero()) {
            all.proposals()
                    .forEach(proposal -> verdicts.add(new Verdict(proposal.key(), proposal.funds(matter.number()))));
        }
        return List.copyOf(verdicts);
    }

    static List<Column> columns(Selectables.All all, Selection saved) {
        var columns = new ArrayList<Column>();
        var voted = all.rows().stream()
                .map(Selectable::outcome)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (voted != null) {
            var funded = all.proposed("round").orElseThrow();
            var spent = all.rows().stream()
                    .filter(row -> funded.contains(row.number()))
                    .map(Selectable::cost)
                    .reduce(Money.ZERO, Money::plus);
            columns.add(
                    column("round", funded.size(), spent, all, saved, null, voted.title(), "/votes/" + voted.slug()));
        }
        all.proposals()
                .forEach(proposal -> columns.add(column(
                        proposal.key(), proposal.funded().size(), proposal.spent(), all, saved, proposal, null, null)));
        return List.copyOf(columns);
    }

    private static Column column(
            String key,
            int funded,
            Money spent,
            Selectables.All all,
            Selection saved,
            Proposals.@Nullable Proposal proposal,
            @Nullable String round,
            @Nullable String roundPath) {
        var left = spent.compareTo(all.available()) > 0
                ? Money.ZERO
                : all.available().minus(spent);
        return new Column(key, funded, spent, left, saved.basis().equals(key), proposal, round, roundPath);
    }

    String path() {
        return session.path() + "/selection";
    }

    String comparison() {
        return "/allocation/" + session.bodyKey() + "/" + session.day().getYear();
    }
}
