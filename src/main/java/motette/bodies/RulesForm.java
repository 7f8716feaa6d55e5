package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Reason;

/** A new version of the rules as it was typed. */
@Introspected
record RulesForm(
        String requestId,
        String from,
        String quorum,
        String afterBias,
        String second,
        String majority,
        boolean abstentionsCount,
        String withoutStatement,
        String notice,
        String lead,
        String minutes,
        String source,
        String reason,
        boolean unconfirmed) {

    /** Shares of the seats that can be chosen. */
    static final List<String> SHARES = List.of("1/4", "1/3", "1/2", "2/3");

    static final List<String> MAJORITIES = List.of(RulesOfProcedure.VOTES_CAST, RulesOfProcedure.CONSENSUS);

    private static final int MOST_DAYS = 366;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 500;
    private static final long MOST_CENTS = 100_000_000_00L;

    static RulesForm empty() {
        return new RulesForm(
                UUID.randomUUID().toString(), "", "1/2", "1/4", "", "", false, "", "", "", "", "", "", false);
    }

    /** What holds now, to be changed. */
    static RulesForm fresh(RulesOfProcedure rules) {
        return new RulesForm(
                UUID.randomUUID().toString(),
                "",
                rules.quorumNumerator() + "/" + rules.quorumDenominator(),
                rules.afterBiasNumerator() + "/" + rules.afterBiasDenominator(),
                String.valueOf(rules.secondSessionQuorum()),
                rules.majority(),
                rules.abstentionsCount(),
                new Money(rules.withoutStatementCents()).typed(),
                String.valueOf(rules.noticeDays()),
                String.valueOf(rules.leadWorkingDays()),
                String.valueOf(rules.minutesDays()),
                "",
                "",
                false);
    }

    static RulesForm of(Map<String, String> sent) {
        return new RulesForm(
                Typed.line(sent, "request_id"),
                Typed.line(sent, "rules_from"),
                Typed.line(sent, "quorum"),
                Typed.line(sent, "after_bias"),
                Typed.line(sent, "second"),
                Typed.line(sent, "majority"),
                sent.containsKey("abstentions_count"),
                Typed.line(sent, "without_statement"),
                Typed.line(sent, "notice"),
                Typed.line(sent, "lead"),
                Typed.line(sent, "minutes"),
                Typed.line(sent, "rules_source"),
                Reason.of(sent),
                sent.containsKey("unconfirmed"));
    }

    /** What was decided before must not change, so rules hold from tomorrow at the earliest. */
    Problems problems(LocalDate today, int seats) {
        var problems = Problems.none();
        var first = Typed.day(from);
        if (first.isEmpty()) {
            problems.add("rules_from", "bodies.problem.day");
        } else if (!first.get().isAfter(today)) {
            problems.add("rules_from", "bodies.problem.rules-past");
        }
        choice("quorum", quorum, SHARES, problems);
        choice("after_bias", afterBias, SHARES, problems);
        number("second", second, 1, Math.max(1, seats), problems);
        choice("majority", majority, MAJORITIES, problems);
        if (money().isEmpty()) {
            problems.add("without_statement", "bodies.problem.money");
        }
        number("notice", notice, 0, MOST_DAYS, problems);
        number("lead", lead, 0, MOST_DAYS, problems);
        number("minutes", minutes, 1, MOST_DAYS, problems);
        TermForm.source("rules_source", source, problems);
        if (!Reason.fits(reason, SHORTEST, LONGEST)) {
            problems.add("reason", "bodies.problem.reason", LONGEST);
        }
        return problems;
    }

    RulesOfProcedure rules() {
        return new RulesOfProcedure(
                0,
                Typed.day(from).orElseThrow(),
                true,
                part(quorum, 0),
                part(quorum, 1),
                part(afterBias, 0),
                part(afterBias, 1),
                Integer.parseInt(second),
                majority,
                "rejected",
                abstentionsCount,
                money().orElseThrow().cents(),
                Integer.parseInt(notice),
                Integer.parseInt(lead),
                Integer.parseInt(minutes),
                source,
                unconfirmed,
                List.of());
    }

    private Optional<Money> money() {
        return Money.parse(withoutStatement).filter(money -> money.cents() >= 0 && money.cents() <= MOST_CENTS);
    }

    private static int part(String share, int index) {
        return Integer.parseInt(share.split("/")[index]);
    }

    private static void choice(String field, String typed, List<String> choices, Problems problems) {
        if (!choices.contains(typed)) {
            problems.add(field, "bodies.problem.choice");
        }
    }

    private static void number(String field, String typed, int least, int most, Problems problems) {
        if (Typed.number(typed, least, most).isEmpty()) {
            problems.add(field, "bodies.problem.number", least, most);
        }
    }
}
