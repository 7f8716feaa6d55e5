package motette.allocation.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.RuleNames;
import motette.allocation.pabulib.Decimals;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.TieOrder;

/** The flags that say by which rule. */
final class RuleFlags {

    private static final List<String> NOT_OFFERED = List.of("maximin-support");

    private final Flags flags;

    private RuleFlags(Flags flags) {
        this.flags = flags;
    }

    static Map<String, Flags.Kind> known() {
        var known = new LinkedHashMap<String, Flags.Kind>();
        for (var name : List.of(
                "--rule",
                "--utility",
                "--completion",
                "--start",
                "--increment",
                "--stop",
                "--tie-break",
                "--min-votes",
                "--fix-in",
                "--fix-out",
                "--budget")) {
            known.put(name, Flags.Kind.ONCE);
        }
        known.put("--no-skip", Flags.Kind.SWITCH);
        known.put("--exclusive", Flags.Kind.REPEATED);
        return known;
    }

    /** The rule; what of it depends on the election is checked by {@link #check(Rule, Election)}. */
    static Rule rule(Flags flags) {
        return new RuleFlags(flags).rule();
    }

    static Optional<BigDecimal> budget(Flags flags) {
        return flags.get("--budget").map(text -> new RuleFlags(flags).amount("--budget", text, false));
    }

    private Rule rule() {
        if (!flags.has("--rule")) {
            throw new UsageProblem(
                    "Which rule? --rule is one of " + String.join(", ", RuleNames.all(Method.class)) + ".");
        }
        return new Rule(
                choice("--rule", Method.class, Method.EQUAL_SHARES),
                choice("--utility", Utility.class, Utility.COST),
                choice("--completion", Completion.class, Completion.ADD1U),
                choice("--start", Start.class, Start.INTEGRAL),
                flags.get("--increment")
                        .map(text -> amount("--increment", text, true))
                        .orElse(BigDecimal.ONE),
                choice("--stop", Stop.class, Stop.EXHAUSTIVE),
                flags.get("--min-votes").map(this::votes).orElse(0L),
                !flags.has("--no-skip"),
                flags.get("--tie-break").map(RuleFlags::ties).orElse(TieOrder.VOTES_COST_ID),
                new Limits(
                        Set.copyOf(flags.get("--fix-in")
                                .map(text -> ids("--fix-in", text))
                                .orElse(List.of())),
                        Set.copyOf(flags.get("--fix-out")
                                .map(text -> ids("--fix-out", text))
                                .orElse(List.of())),
                        flags.all("--exclusive").stream().map(this::exclusive).toList()));
    }

    private <E extends Enum<E>> E choice(String flag, Class<E> choices, E otherwise) {
        return flags.get(flag)
                .map(name -> RuleNames.find(choices, name).orElseThrow(() -> wrong(flag, name, RuleNames.all(choices))))
                .orElse(otherwise);
    }

    static UsageProblem wrong(String flag, String value, List<String> offered) {
        return new UsageProblem(flag + " is '" + value + "', but must be one of " + String.join(", ", offered) + "."
                + (NOT_OFFERED.contains(value) ? "" : Flags.didYouMean(value, offered)));
    }

    private BigDecimal amount(String flag, String text, boolean aboveZero) {
        return Decimals.parse(text)
                .filter(number -> number.signum() >= (aboveZero ? 1 : 0))
                .orElseThrow(() -> new UsageProblem(flag + " is '" + text + "', but must be a number "
                        + (aboveZero ? "above zero" : "of zero or more") + ", like 0.01."));
    }

    private long votes(String text) {
        if (text.matches("[0-9]{1,15}")) {
            return Long.parseLong(text);
        } else {
            throw new UsageProblem("--min-votes is '" + text + "', but must be a whole number of zero or more.");
        }
    }

    /** A named order, or a drawn one: ids behind one another, or the name of a file with them, after an "at". */
    private static TieOrder ties(String text) {
        return switch (text) {
            case "votes-cost-id" -> TieOrder.VOTES_COST_ID;
            case "cost-votes-id" -> TieOrder.COST_VOTES_ID;
            default -> {
                var list = text.startsWith("@") ? content(text.substring(1)) : text;
                yield TieOrder.drawn(ids("--tie-break", list));
            }
        };
    }

    private static String content(String file) {
        try {
            return String.join(
                    ",",
                    Files.readAllLines(Path.of(file)).stream()
                            .filter(line -> !line.isBlank())
                            .toList());
        } catch (IOException | java.nio.file.InvalidPathException unreadable) {
            throw new InputProblem("The drawn order cannot be read from the file '" + file + "'.");
        }
    }

    private Set<String> exclusive(String text) {
        var ids = ids("--exclusive", text);
        if (ids.size() < 2) {
            throw new UsageProblem("--exclusive is '" + text + "', but must name two projects or more, like 3,17.");
        }
        return Set.copyOf(ids);
    }

    private static List<String> ids(String flag, String text) {
        var ids = new ArrayList<String>();
        for (var id : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            if (id.isEmpty()) {
                throw new UsageProblem(flag + " is '" + text + "', with an empty place in its list of projects.");
            } else if (ids.contains(id)) {
                throw new UsageProblem(flag + " names project " + id + " twice.");
            } else {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Flags that were given and say nothing about this rule. */
    static List<String> idle(Flags flags, Rule rule) {
        var idle = new ArrayList<String>();
        if (!RuleNames.hasUtility(rule)) {
            idle.add("--utility");
        }
        if (rule.method() != Method.EQUAL_SHARES) {
            idle.add("--completion");
        }
        if (!RuleNames.adds(rule)) {
            idle.addAll(List.of("--start", "--increment", "--stop"));
        }
        if (!RuleNames.maySkip(rule)) {
            idle.add("--no-skip");
        }
        return idle.stream().filter(flags::has).toList();
    }

    /** @throws UsageProblem when the rule names projects that are not in the election */
    static void check(Rule rule, Election election) {
        check("--tie-break", rule.ties().drawn(), election);
        check("--fix-in", sorted(rule.limits().in()), election);
        check("--fix-out", sorted(rule.limits().out()), election);
        var exclusive = new HashSet<String>();
        rule.limits().exclusive().forEach(exclusive::addAll);
        check("--exclusive", sorted(exclusive), election);
    }

    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }

    private static void check(String flag, List<String> ids, Election election) {
        ids.stream().filter(id -> !election.has(id)).findFirst().ifPresent(id -> {
            var offered = new ArrayList<>(
                    election.projects().stream().map(project -> project.id()).toList());
            if (flag.equals("--tie-break")) {
                offered.addAll(RuleNames.tieOrders());
            }
            throw new UsageProblem(
                    flag + " names project '" + id + "', which is not in the file." + Flags.didYouMean(id, offered));
        });
    }
}
