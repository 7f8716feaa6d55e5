package motette.votes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import motette.allocation.command.Verifier;

/** Lets {@code verify} count a published round again: its folder, its manifest in there, or its ZIP. */
public final class RoundVerifier implements Verifier {

    @Override
    public Optional<Verdict> check(Path place, Set<String> hashes) {
        try {
            if (Files.isDirectory(place)) {
                return Optional.of(recounted(place, hashes));
            } else if (place.endsWith(RoundFiles.MANIFEST) && Files.isRegularFile(place)) {
                return Optional.of(recounted(place.resolveSibling(""), hashes));
            } else if (Files.isRegularFile(place) && Archive.isPacked(place)) {
                return Optional.of(recounted(place, hashes));
            } else {
                return Optional.empty();
            }
        } catch (IOException unreadable) {
            return Optional.of(new Verdict(false, place + " cannot be read: " + unreadable.getMessage() + "."));
        }
    }

    private static Verdict recounted(Path place, Set<String> hashes) throws IOException {
        var verdict = Recount.of(Archive.read(place));
        return verdict.intact() && !hashes.isEmpty() && !hashes.contains(verdict.manifest())
                ? new Verdict(
                        false,
                        "These files fit together, but they are not the ones: their manifest has SHA-256 "
                                + verdict.manifest() + ".")
                : new Verdict(verdict.intact(), verdict.sentence());
    }
}
