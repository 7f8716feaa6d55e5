package motette.allocation.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import motette.allocation.pabulib.Quoted;
import motette.audit.Verification;

/** Checks an export of the audit log. */
final class VerifyAuditCommand {

    private static final String HELP = """
        Whether an export of the audit log is as it was sealed: no row changed, removed, added or moved, every block signed.

          java -jar motette.jar verify FILE [--key FINGERPRINT]

        FILE is what /audit/export.ndjson gives; - is the standard input.

          --key FINGERPRINT   trust this key and those that it announced, not the one of the first block; 64 hexadecimal digits,
                              as the city publishes them; may stand several times
          --help              this

        Exit codes: 0 intact, 1 broken or not readable, 2 wrong usage.
        """;

    private VerifyAuditCommand() {}

    static int run(List<String> args, Console console) throws IOException {
        var known = new LinkedHashMap<String, Flags.Kind>();
        known.put("--key", Flags.Kind.REPEATED);
        known.put("--help", Flags.Kind.SWITCH);
        var flags = Flags.of(known, args);
        if (flags.has("--help")) {
            Commands.print(HELP, console);
            return Commands.DONE;
        } else if (flags.operands().size() != 1) {
            throw new UsageProblem("One file is needed: the export of the audit log.");
        } else {
            return verify(flags, console);
        }
    }

    private static int verify(Flags flags, Console console) throws IOException {
        var pinned = new HashSet<String>();
        for (var key : flags.all("--key")) {
            var fingerprint = key.replace(":", "").toLowerCase(Locale.ROOT);
            if (!fingerprint.matches("[0-9a-f]{64}")) {
                throw new UsageProblem(
                        "A key is named by its fingerprint of 64 hexadecimal digits, not by '" + key + "'.");
            }
            pinned.add(fingerprint);
        }
        try {
            var verdict = Input.of(flags.operands().getFirst(), console)
                    .read(in -> Verification.of(in, pinned))
                    .value();
            if (verdict.intact()) {
                Commands.print(verdict.sentence() + "\n", console);
                return Commands.DONE;
            } else {
                console.err().println(Quoted.line(verdict.sentence()));
                return Commands.CHECK_FAILED;
            }
        } catch (InputProblem unreadable) {
            console.err().println(Quoted.line(String.valueOf(unreadable.getMessage())));
            return Commands.CHECK_FAILED;
        }
    }
}
