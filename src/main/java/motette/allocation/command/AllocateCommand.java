package motette.allocation.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import motette.allocation.Explanations;
import motette.allocation.ResultJson;
import motette.allocation.RuleNames;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rules;
import motette.allocation.rules.TooManyPoints;
import motette.shared.Amount;
import motette.shared.Languages;
import motette.shared.Message;
import motette.shared.Texts;

/** Computes an outcome from a file with ballots. */
final class AllocateCommand {

    private static final List<String> FORMATS = List.of("json", "text", "pb");

    private static final String HELP = """
        Which projects fit the budget, by a published rule, explained project by project.

          java -jar motette.jar allocate FILE --rule RULE [flags]

        FILE is an election in Pabulib's format (.pb); - reads it from standard input.

          --rule RULE          greedy-votes, greedy-ratio, equal-shares, phragmen or max-welfare; has to be told
          --utility U          cost (default), cardinality or score; for equal-shares and max-welfare
          --completion C       none, greedy, add1 or add1u (default); for equal-shares
          --start S            integral (default) or exact; for add1 and add1u
          --increment D        what add1 and add1u add to each voter's money per run; 1 unless told
          --stop P             exhaustive (default) or overspend; for add1 and add1u
          --tie-break T        votes-cost-id (default), cost-votes-id, or a drawn order: a,b,c or @file
          --min-votes N        projects with fewer votes are out
          --no-skip            greedy rules stop at the first project that does not fit
          --fix-in a,b         funded whatever the ballots say
          --fix-out a,b        not funded whatever the ballots say
          --exclusive a,b      at most one of these is funded; may be repeated
          --budget B           instead of the budget of the file
          --language L         of the explanations: de (default) or en
          --format F           json (default), text, or pb: the file with the column "selected" filled
          --help               this

        The result stands on standard output, warnings and problems on standard error.
        Exit codes: 0 done, 2 wrong usage, 3 the input is at fault, 4 the result could not be computed or written.
        """;

    private AllocateCommand() {}

    static int run(List<String> args, Console console) throws IOException {
        var known = new LinkedHashMap<>(RuleFlags.known());
        known.put("--language", Flags.Kind.ONCE);
        known.put("--format", Flags.Kind.ONCE);
        known.put("--help", Flags.Kind.SWITCH);
        var flags = Flags.of(known, args);
        if (flags.has("--help")) {
            Commands.print(HELP, console);
        } else {
            allocate(flags, console);
        }
        return Commands.DONE;
    }

    private static void allocate(Flags flags, Console console) throws IOException {
        var rule = RuleFlags.rule(flags);
        var format = flags.get("--format").orElse("json");
        if (!FORMATS.contains(format)) {
            throw RuleFlags.wrong("--format", format, FORMATS);
        }
        var locale = locale(flags);
        var budget = RuleFlags.budget(flags);
        var named = input(flags, console);
        RuleFlags.idle(flags, rule)
                .forEach(flag -> console.err()
                        .println("warning: " + flag + " says nothing about " + RuleNames.of(rule.method())
                                + ending(rule) + " and is passed over"));
        var texts = CompletableFuture.supplyAsync(() -> texts(locale));
        var input = format.equals("pb") ? named.kept() : named;
        var read = input.read(Pabulib::election);
        read.value()
                .warnings()
                .forEach(warning -> console.err().println("warning: " + named.shown() + ": " + warning.text()));
        var election = budget.map(read.value().election()::withBudget)
                .orElse(read.value().election());
        var allocation = compute(election, rule, named);
        switch (format) {
            case "text" ->
                Commands.print(TextTable.of(allocation, currency(read.value()), locale, texts.join()), console);
            case "pb" -> writeFile(input, allocation, console);
            default -> writeJson(allocation, read.sha256(), currency(read.value()), locale, texts.join(), console);
        }
    }

    /** Languages take a quarter of a second to begin speaking; they do so while the file is read. */
    private static Texts texts(Locale locale) {
        var texts = new Texts();
        texts.get(locale, Message.of("allocation.text.votes", 2));
        new Amount(new BigDecimal("0.50"), "EUR", false).text(locale);
        return texts;
    }

    private static String ending(Rule rule) {
        return rule.method() == Rule.Method.EQUAL_SHARES ? " with completion " + RuleNames.of(rule.completion()) : "";
    }

    private static Input input(Flags flags, Console console) {
        if (flags.operands().size() == 1) {
            return Input.of(flags.operands().getFirst(), console);
        } else if (flags.operands().isEmpty()) {
            throw new UsageProblem("Which file? Name one, or - for standard input.");
        } else {
            throw new UsageProblem("One file only, not " + String.join(" and ", flags.operands()) + ".");
        }
    }

    private static Locale locale(Flags flags) {
        var offered = Languages.ALL.stream().map(Languages::tag).toList();
        var language = flags.get("--language").orElse(Languages.tag(Languages.standard()));
        return Languages.find(language).orElseThrow(() -> RuleFlags.wrong("--language", language, offered));
    }

    /** Amounts are shown in the file's currency; as bare numbers where it tells none that is one. */
    private static String currency(Pabulib.Reading reading) {
        return reading.meta("currency").filter(code -> code.matches("[A-Z]{3}")).orElse("");
    }

    private static Allocation compute(Election election, Rule rule, Input input) {
        RuleFlags.check(rule, election);
        try {
            return Rules.allocate(election, rule);
        } catch (TooManyPoints problem) {
            throw input.problem(problem);
        } catch (IllegalArgumentException contradiction) {
            throw new UsageProblem(contradiction.getMessage() + ".");
        }
    }

    private static void writeJson(
            Allocation allocation, String sha256, String currency, Locale locale, Texts texts, Console console)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        ResultJson.write(
                allocation, sha256, ResultJson.Wording.of(Explanations.of(allocation, currency), texts, locale), bytes);
        var out = new Output(console.out());
        bytes.writeTo(out);
        out.flush();
    }

    private static void writeFile(Input input, Allocation allocation, Console console) throws IOException {
        var ids = allocation.selected().stream()
                .map(project -> allocation.election().project(project).id())
                .collect(Collectors.toCollection(HashSet::new));
        var told = new LinkedHashMap<String, String>();
        told.put("budget", allocation.election().budget().toPlainString());
        told.put("rule", RuleNames.pabulib(allocation.rule()));
        if (allocation.rule().minVotes() > 1) {
            told.put(
                    "min_project_score_threshold",
                    String.valueOf(allocation.rule().minVotes()));
        }
        input.read(in -> {
            Pabulib.select(in, ids, told, new Output(console.out()));
            return ids;
        });
    }
}
