package motette.allocation.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.allocation.ResultFile;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.pabulib.Quoted;
import motette.allocation.rules.Checks;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Published;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rules;
import motette.allocation.rules.TooManyPoints;

/** Checks a published result against the ballots. */
final class VerifyCommand {

    private static final String HELP = """
        Whether a published result keeps what its rule promises, found out from the ballots without running the rule again.

          java -jar motette.jar verify-allocation RESULT FILE [--recompute]

        RESULT is what "allocate --format json" wrote, FILE the election it was computed from; one of them may be -.

          --recompute   run the rule as well and compare which projects it funds, in which order
          --help        this

        Exit codes: 0 all promises are kept, 1 a check failed, 2 wrong usage, 3 the input is at fault, 4 it could not be done.
        """;

    private final ResultFile result;
    private final Election election;
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private VerifyCommand(ResultFile result, Election election) {
        this.result = result;
        this.election = election;
    }

    static int run(List<String> args, Console console) throws IOException {
        var known = new LinkedHashMap<String, Flags.Kind>();
        known.put("--recompute", Flags.Kind.SWITCH);
        known.put("--help", Flags.Kind.SWITCH);
        var flags = Flags.of(known, args);
        if (flags.has("--help")) {
            Commands.print(HELP, console);
            return Commands.DONE;
        } else if (flags.operands().size() != 2 || flags.operands().equals(List.of("-", "-"))) {
            throw new UsageProblem("Two files are needed: the result and the election.");
        } else {
            return verify(flags, console);
        }
    }

    private static int verify(Flags flags, Console console) throws IOException {
        var result = Input.of(flags.operands().get(0), console)
                .read(ResultFile::read)
                .value();
        var input = Input.of(flags.operands().get(1), console);
        var read = input.read(Pabulib::election);
        read.value()
                .warnings()
                .forEach(warning -> console.err().println("warning: " + input.shown() + ": " + warning.text()));
        var verification = new VerifyCommand(result, read.value().election().withBudget(result.budget()));
        verification.checkInput(read.sha256(), read.value().election().budget());
        verification.checkCost();
        verification.checkPromises();
        if (flags.has("--recompute")) {
            verification.recompute(input);
        }
        Commands.print(verification.text(), console);
        return verification.faults.isEmpty() ? Commands.DONE : Commands.CHECK_FAILED;
    }

    private void checkInput(String sha256, BigDecimal told) {
        if (result.sha256().isEmpty()) {
            line("input", "the result does not tell from which file it was computed");
        } else if (result.sha256().equalsIgnoreCase(sha256)) {
            line("input", "the same file, sha256 " + sha256);
        } else {
            line("input", "another file");
            faults.add("The result was computed from a file with sha256 " + result.sha256() + ", but this one has "
                    + sha256 + ".");
        }
        if (told.compareTo(result.budget()) != 0) {
            line(
                    "budget",
                    result.budget().toPlainString() + " as the result says; the file says " + told.toPlainString());
        }
    }

    private void checkCost() {
        var cost = result.selected().stream()
                .filter(election::has)
                .map(id -> election.project(election.indexOf(id)).cost())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (cost.compareTo(result.totalCost()) == 0) {
            line("total cost", cost.toPlainString());
        } else {
            line("total cost", "wrong");
            faults.add("The result says a total cost of " + result.totalCost().toPlainString()
                    + ", but its projects cost " + cost.toPlainString() + ".");
        }
    }

    private void checkPromises() {
        var checks = Checks.ofIds(election, result.rule(), result.selected(), published());
        for (var answer : checks.answers()) {
            line(
                    answer.property().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    switch (answer.verdict()) {
                        case YES -> "yes";
                        case NO -> answer.promised() ? "no, although promised" : "no, and not promised by this rule";
                        case DOES_NOT_APPLY -> "does not apply";
                    });
        }
        checks.findings().forEach(finding -> faults.add(finding.sentence()));
    }

    /** Purchases of projects that are not in the election are faults; the others are checked all the same. */
    private Optional<Published> published() {
        var unknown = result.rounds().stream()
                .map(ResultFile.Purchase::project)
                .filter(id -> !election.has(id))
                .toList();
        unknown.forEach(id -> faults.add("A round pays for project " + id + ", which is not in the file."));
        return result.rule().method() == Method.EQUAL_SHARES
                        && result.endowment().isPresent()
                ? Optional.of(new Published(
                        result.endowment().orElse(Fraction.ZERO),
                        result.rounds().stream()
                                .filter(round -> election.has(round.project()))
                                .map(round -> new Published.Payment(election.indexOf(round.project()), round.rho()))
                                .toList()))
                : Optional.empty();
    }

    private void recompute(Input ballots) {
        try {
            var again = Rules.allocate(election, result.rule()).selected().stream()
                    .map(project -> election.project(project).id())
                    .toList();
            if (again.equals(result.selected())) {
                line("recomputed", "the same projects in the same order");
            } else {
                line("recomputed", "another outcome");
                faults.add("The rule funds " + String.join(",", again) + ", not " + String.join(",", result.selected())
                        + ".");
            }
        } catch (TooManyPoints problem) {
            throw ballots.problem(problem);
        } catch (IllegalArgumentException contradiction) {
            line("recomputed", "not possible");
            faults.add(contradiction.getMessage() + ".");
        }
    }

    private void line(String what, String answer) {
        text.append(Quoted.line("%-20s %s".formatted(what, answer)).stripTrailing())
                .append('\n');
    }

    private String text() {
        if (faults.isEmpty()) {
            text.append("The result keeps what its rule promises.\n");
        } else {
            faults.forEach(
                    fault -> text.append("FAULT: ").append(Quoted.line(fault)).append('\n'));
        }
        return text.toString();
    }
}
