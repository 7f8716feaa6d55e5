package motette.allocation.command;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import motette.allocation.pabulib.Quoted;
import motette.audit.Verification;

/** Checks what was published: an export of the audit log, or what a {@link Verifier} knows. */
final class VerifyPublishedCommand {

    private static final String HELP = """
        Whether something published is as it was: the log of deeds, or a voting round.

          java -jar motette.jar verify FILE [--key FINGERPRINT]
          java -jar motette.jar verify ROUND [--manifest HASH]

        FILE is what /audit/export.ndjson gives; - is the standard input. No row changed, removed, added or moved, every block signed.
        ROUND is a published voting round: its ZIP, the folder with its files, or the manifest.json in there. Everything is counted
        again from the files alone: hashes, ballots, receipts, results, and what the announced rule proposes.

          --key FINGERPRINT   trust this key and those that it announced, not the one of the first block; 64 hexadecimal digits,
                              as the city publishes them; may stand several times
          --manifest HASH     the manifest has to have this SHA-256, as the log of deeds and the page of the result say it
          --help              this

        Exit codes: 0 intact, 1 broken or not readable, 2 wrong usage.
        """;

    private VerifyPublishedCommand() {}

    static int run(List<String> args, Console console, List<Verifier> verifiers) throws IOException {
        var known = new LinkedHashMap<String, Flags.Kind>();
        known.put("--key", Flags.Kind.REPEATED);
        known.put("--manifest", Flags.Kind.ONCE);
        known.put("--help", Flags.Kind.SWITCH);
        var flags = Flags.of(known, args);
        if (flags.has("--help")) {
            Commands.print(HELP, console);
            return Commands.DONE;
        } else if (flags.operands().size() != 1) {
            throw new UsageProblem("One file is needed: the export of the audit log, or a published round.");
        } else {
            var keys = hashes(flags, "--key", "A key is named by its fingerprint of 64 hexadecimal digits");
            var manifests = hashes(flags, "--manifest", "A manifest is named by its SHA-256 of 64 hexadecimal digits");
            var verdict = verdict(flags.operands().getFirst(), manifests, verifiers);
            if (verdict.isPresent()) {
                return told(verdict.get(), console);
            } else if (!manifests.isEmpty()) {
                throw new UsageProblem("--manifest is for a published round: a ZIP, a folder or its manifest.json.");
            } else {
                return verify(flags.operands().getFirst(), keys, console);
            }
        }
    }

    private static Set<String> hashes(Flags flags, String flag, String rule) {
        var hashes = new HashSet<String>();
        for (var typed : flags.all(flag)) {
            var hash = typed.replace(":", "").toLowerCase(Locale.ROOT);
            if (!hash.matches("[0-9a-f]{64}")) {
                throw new UsageProblem(rule + ", not by '" + typed + "'.");
            }
            hashes.add(hash);
        }
        return hashes;
    }

    private static Optional<Verifier.Verdict> verdict(String name, Set<String> manifests, List<Verifier> verifiers) {
        try {
            var place = Path.of(name);
            return verifiers.stream()
                    .flatMap(verifier -> verifier.check(place, manifests).stream())
                    .findFirst();
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }

    private static int verify(String name, Set<String> keys, Console console) throws IOException {
        try {
            var verdict = Input.of(name, console)
                    .read(in -> Verification.of(in, keys))
                    .value();
            return told(new Verifier.Verdict(verdict.intact(), verdict.sentence()), console);
        } catch (InputProblem unreadable) {
            return told(new Verifier.Verdict(false, String.valueOf(unreadable.getMessage())), console);
        }
    }

    private static int told(Verifier.Verdict verdict, Console console) throws IOException {
        if (verdict.intact()) {
            Commands.print(verdict.sentence() + "\n", console);
            return Commands.DONE;
        } else {
            console.err().println(Quoted.line(verdict.sentence()));
            return Commands.CHECK_FAILED;
        }
    }
}
