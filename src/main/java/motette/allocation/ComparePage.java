package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.Arrays;
import java.util.List;
import motette.budgets.BudgetView;
import motette.ideas.OpenIdea;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a body's ideas for a year.
 *
 * @param typed      the conditions as typed, with what is wrong with them
 * @param tried      true where conditions without problems are applied
 * @param easy       true in Leichte Sprache
 * @param keep       true for who may record a run
 * @param unkept     why somebody whose task it is may not record one now; null otherwise
 * @param input      what is shown was reckoned from it: SHA-256 of the file; empty for who may not record
 * @param overtaken  true where a run was to be recorded that is no longer what comes out
 * @param choices    ideas that may be fixed in or out
 */
@Introspected
record ComparePage(
        BudgetView budget,
        String path,
        WhatIf typed,
        Problems problems,
        boolean tried,
        boolean easy,
        boolean keep,
        @Nullable Refusal unkept,
        String input,
        boolean overtaken,
        Comparison comparison,
        List<Choice> choices,
        List<OpenIdea> unpriced) {

    @Introspected
    record Choice(String number, String title, long costCents, boolean in, boolean out) {}

    static ComparePage of(Matter matter, WhatIf typed, boolean easy, boolean keep, @Nullable Refusal unkept) {
        var problems = typed.problems(matter);
        var valid = problems.isEmpty() ? typed : WhatIf.NOTHING;
        var comparison = Comparison.of(matter, valid, easy);
        return new ComparePage(
                matter.budget(),
                matter.subject().path(),
                typed,
                problems,
                valid.changes(),
                easy,
                keep,
                unkept,
                keep ? Reckoned.inputHash(valid.applied(matter)) : "",
                false,
                comparison,
                comparison.all().stream()
                        .map(row -> new Choice(
                                row.number(),
                                row.title(),
                                row.costCents(),
                                typed.fixes(row.number()),
                                typed.bars(row.number())))
                        .toList(),
                matter.unpriced());
    }

    /** This page instead of a recorded run. */
    ComparePage instead() {
        return new ComparePage(
                budget, path, typed, problems, tried, easy, keep, unkept, input, true, comparison, choices, unpriced);
    }

    /** Whether the form is shown unfolded. */
    boolean trying() {
        return !typed.isEmpty() || !problems.isEmpty();
    }

    List<String> ruleSets() {
        return Arrays.stream(RuleSet.values()).map(RuleSet::key).toList();
    }

    String ruleSet() {
        return RuleSet.find(typed.rules()).orElse(RuleSet.STANDARD).key();
    }

    /** This page in the other way of speaking. */
    String otherWords() {
        var query = typed.query();
        var other = easy ? query : query + (query.isEmpty() ? "" : "&") + "easy=1";
        return path + (other.isEmpty() ? "" : "?" + other);
    }

    /** Where a run under these conditions is recorded. */
    String keeping() {
        var query = problems.isEmpty() ? typed.query() : "";
        return path + "/runs" + (query.isEmpty() ? "" : "?" + query);
    }

    /** The list of the body, where this page is reached from. */
    String board() {
        return "/council/" + budget.bodyKey() + "/" + budget.year();
    }
}
