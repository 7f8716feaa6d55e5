package motette.allocation.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import motette.allocation.pabulib.Quoted;
import motette.allocation.rules.TooManySets;

/**
 * What the jar does besides serving the portal. The standard output holds the result and nothing else; warnings and what went wrong
 * are sentences on standard error. Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 the input is at fault, 4 the result could
 * not be computed or written.
 */
public final class Commands {

    static final int DONE = 0;
    static final int CHECK_FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int BAD_INPUT = 3;
    static final int FAILED = 4;

    static final String ALLOCATE = "allocate";
    static final String VERIFY_ALLOCATION = "verify-allocation";
    static final String VERIFY = "verify";

    private static final List<String> ALL = List.of(ALLOCATE, VERIFY_ALLOCATION, VERIFY, "administrator");

    private Commands() {}

    /**
     * Runs the command named by the first argument and ends the process with its exit code.
     *
     * @param verifiers what {@code verify} knows besides the log of deeds
     */
    public static void main(String[] args, List<Verifier> verifiers) {
        System.exit(run(Arrays.asList(args), Console.ofProcess(), verifiers));
    }

    /** Whether arguments ask for a command, not for the portal: those of the portal begin with a dash. */
    public static boolean asked(String[] args) {
        return args.length > 0 && !args[0].startsWith("-");
    }

    static int run(List<String> args, Console console, List<Verifier> verifiers) {
        var command = args.getFirst();
        var rest = args.subList(1, args.size());
        try {
            return switch (command) {
                case ALLOCATE -> AllocateCommand.run(rest, console);
                case VERIFY_ALLOCATION -> VerifyCommand.run(rest, console);
                case VERIFY -> VerifyPublishedCommand.run(rest, console, verifiers);
                default ->
                    throw new UsageProblem("There is no command " + command + "." + Flags.didYouMean(command, ALL));
            };
        } catch (UsageProblem problem) {
            console.err()
                    .println(Quoted.line(String.valueOf(problem.getMessage())) + " See "
                            + (ALL.contains(command) ? command : ALLOCATE) + " --help.");
            return WRONG_USAGE;
        } catch (InputProblem problem) {
            console.err().println(Quoted.line(String.valueOf(problem.getMessage())));
            return BAD_INPUT;
        } catch (IOException problem) {
            return unwritten(problem, console);
        } catch (OutOfMemoryError tooSmall) {
            console.err()
                    .println("The memory of " + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MB that Java may use is too small for this; allow more, as in java -Xmx4g -jar …");
            return FAILED;
        } catch (TooManySets unproven) {
            console.err().println(unproven.getMessage());
            return FAILED;
        } catch (RuntimeException | StackOverflowError fault) {
            console.err()
                    .println(Quoted.line("This failed through a fault of the program, not of the input: " + fault));
            return FAILED;
        }
    }

    private static int unwritten(IOException problem, Console console) {
        if (!(problem instanceof OutputProblem output && output.readerGone())) {
            console.err().println("The result cannot be written: " + problem.getMessage());
        }
        return FAILED;
    }

    /** Writes a text to the standard output. */
    static void print(String text, Console console) throws IOException {
        var out = new Output(console.out());
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
