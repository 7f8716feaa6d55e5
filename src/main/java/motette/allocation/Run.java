package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.shared.Message;

/**
 * A recorded run, as the list shows it.
 *
 * @param rule       arguments of the command allocate
 * @param inputHash  SHA-256 of the input, lower-case hexadecimal
 * @param resultHash SHA-256 of the result
 * @param engine     version of the rules
 * @param by         pseudonym of who recorded it
 * @param funded     how many projects it funds
 * @param spent      what they cost, euro cents
 * @param budget     euro cents
 */
@Introspected
record Run(
        long id,
        String rule,
        String inputHash,
        String resultHash,
        String engine,
        String by,
        Instant at,
        int funded,
        long spent,
        long budget) {

    private static final Pattern FIXED_IN = Pattern.compile(" --fix-in (\\S+)");
    private static final Pattern FIXED_OUT = Pattern.compile(" --fix-out (\\S+)");
    private static final Pattern LEAST = Pattern.compile(" --min-votes (\\d+)");

    /** Of the texts: which of our rules it is. */
    String key() {
        return RuleSet.keyOf(rule);
    }

    /** What was assumed beyond the plain rule. */
    List<Message> conditions() {
        var conditions = new ArrayList<Message>();
        found(LEAST)
                .ifPresent(
                        least -> conditions.add(Message.of("allocation.runs.condition.least", Long.parseLong(least))));
        found(FIXED_IN).ifPresent(ids -> conditions.add(Message.of("allocation.runs.condition.in", count(ids))));
        found(FIXED_OUT).ifPresent(ids -> conditions.add(Message.of("allocation.runs.condition.out", count(ids))));
        return conditions;
    }

    private Optional<String> found(Pattern pattern) {
        var match = pattern.matcher(rule);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static int count(String ids) {
        return ids.split(",").length;
    }

    /** How whoever has the input repeats it. */
    String command() {
        return "java -jar motette.jar allocate allocation-" + id + ".pb " + rule + " --format json";
    }
}
