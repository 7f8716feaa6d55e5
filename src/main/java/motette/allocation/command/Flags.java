package motette.allocation.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed behind a command: {@code --flag value} or {@code --flag=value}, switches without a value, and operands. A lone
 * {@code -} is an operand; behind {@code --} everything is.
 *
 * <p>A library for this (picocli) takes some 70 ms of every start to build its model, of the second and a half a whole run may take.
 */
final class Flags {

    /** How a flag is used. */
    enum Kind {
        SWITCH,
        ONCE,
        REPEATED
    }

    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Flags() {}

    /**
     * Reads arguments.
     *
     * @param known flags by name, with their dashes
     * @throws UsageProblem when a flag is unknown, stands twice, or has no value
     */
    static Flags of(Map<String, Kind> known, List<String> args) {
        var flags = new Flags();
        boolean operandsOnly = false;
        for (int i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            if (operandsOnly || arg.equals("-") || !arg.startsWith("-")) {
                flags.operands.add(arg);
            } else if (arg.equals("--")) {
                operandsOnly = true;
            } else {
                int equals = arg.indexOf('=');
                var name = equals < 0 ? arg : arg.substring(0, equals);
                var kind = known.get(name);
                if (kind == null) {
                    throw new UsageProblem("There is no flag " + name + "." + didYouMean(name, known.keySet()));
                } else if (kind == Kind.SWITCH) {
                    if (equals >= 0) {
                        throw new UsageProblem("The flag " + name + " takes no value.");
                    }
                    flags.add(name, kind, "");
                } else if (equals >= 0) {
                    flags.add(name, kind, arg.substring(equals + 1));
                } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
                    i++;
                    flags.add(name, kind, args.get(i));
                } else {
                    throw new UsageProblem("The flag " + name + " needs a value.");
                }
            }
        }
        return flags;
    }

    private void add(String name, Kind kind, String value) {
        var all = values.computeIfAbsent(name, absent -> new ArrayList<>());
        if (!all.isEmpty() && kind == Kind.ONCE) {
            throw new UsageProblem("The flag " + name + " stands twice.");
        } else {
            all.add(value);
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    List<String> operands() {
        return operands;
    }

    /** " Did you mean …?" where something offered resembles what was typed; empty otherwise. */
    static String didYouMean(String typed, Collection<String> offered) {
        return offered.stream()
                .filter(name -> distance(typed, name) <= Math.max(1, typed.length() / 3))
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(name -> name))
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    /** Levenshtein's: how many letters to put in, take out or change. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
