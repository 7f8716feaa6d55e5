package motette;

import java.util.List;
import motette.allocation.command.Commands;
import motette.votes.RoundVerifier;

/** The commands of the jar, with what the storeys above them bring along. */
public final class CommandLine {

    private CommandLine() {}

    public static void main(String[] args) {
        Commands.main(args, List.of(new RoundVerifier()));
    }
}
