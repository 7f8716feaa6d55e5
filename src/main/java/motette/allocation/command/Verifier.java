package motette.allocation.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Something published that {@code verify} checks besides the log of deeds; storeys above bring theirs along. */
public interface Verifier {

    /**
     * Checks what lies there; empty where it is none of its kind.
     *
     * @param hashes by which its first page must be found, 64 lower-case hexadecimal digits; empty where none was given
     */
    Optional<Verdict> check(Path place, Set<String> hashes);

    /**
     * What came out.
     *
     * @param sentence one English sentence: what was checked, or what is broken first
     */
    record Verdict(boolean intact, String sentence) {}
}
