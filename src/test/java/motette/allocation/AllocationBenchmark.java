package motette.allocation;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rules;
import motette.allocation.rules.VoteType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a rule costs on the generated city and on files, warm: milliseconds and megabytes given out per allocation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AllocationBenchmark {

    /** The generated election, instead of a file. */
    static final String CITY = "generated city";

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final int RULES = 6;
    private static final int WARM = 2;
    private static final int MEASURED = 3;
    private static final long START_MILLIS = 1500;
    private static final long ALL_MILLIS = 140_000;

    @Param(CITY)
    public String election = CITY;

    @Param({"greedy-votes", "greedy-ratio", "equal-shares", "equal-shares add1u", "phragmen", "max-welfare"})
    public String rule = "greedy-votes";

    private Election given =
            Election.builder(BigDecimal.ZERO, VoteType.APPROVAL).build();
    private Rule chosen = Rule.of(Method.GREEDY_VOTES);

    @Setup
    public void read() throws IOException {
        given = election.equals(CITY)
                ? CityElection.city(1).election()
                : Pabulib.election(Path.of(election)).election();
        chosen = rule(rule);
    }

    @Benchmark
    public Allocation allocate() {
        return Rules.allocate(given, chosen);
    }

    private static Rule rule(String name) {
        var words = name.split(" ");
        var method = Rule.of(Method.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_')));
        return words.length > 1 ? method.with(Completion.valueOf(words[1].toUpperCase(Locale.ROOT))) : method;
    }

    /**
     * Measures and prints a table; with {@code --write FILE} as first arguments writes the generated city as a file instead.
     *
     * @param args files in Pabulib format to be measured besides
     */
    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length == 2 && args[0].equals("--write")) {
            try (var out = Files.newOutputStream(Path.of(args[1]))) {
                CityElection.city(1).write(out);
            }
        } else {
            measure(args);
        }
    }

    private static void measure(String[] files) throws RunnerException {
        var elections = new String[files.length + 1];
        elections[0] = CITY;
        System.arraycopy(files, 0, elections, 1, files.length);
        var options = new OptionsBuilder()
                .include(AllocationBenchmark.class.getName())
                .param("election", elections)
                .forks(1)
                .warmupIterations(WARM)
                .warmupTime(iteration(elections.length))
                .measurementIterations(MEASURED)
                .measurementTime(iteration(elections.length))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        System.out.printf("%-40s %-20s %12s %10s%n", "election", "rule", "ms", "MB");
        new Runner(options)
                .run().stream()
                        .sorted(Comparator.comparing(result -> Arrays.asList(elections)
                                .indexOf(result.getParams().getParam("election"))))
                        .forEach(AllocationBenchmark::print);
    }

    /** A second, or less when there are many elections, so that the whole stays below three minutes. */
    private static TimeValue iteration(int elections) {
        long each = ALL_MILLIS / ((long) elections * RULES) - START_MILLIS;
        return TimeValue.milliseconds(Math.clamp(each / (WARM + MEASURED), 100, 1000));
    }

    private static void print(RunResult result) {
        var name =
                Path.of(result.getParams().getParam("election")).getFileName().toString();
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "%-40.40s %-20s %12.2f %10.2f%n",
                name,
                result.getParams().getParam("rule"),
                result.getPrimaryResult().getScore(),
                bytes / BYTES_PER_MEGABYTE);
    }
}
