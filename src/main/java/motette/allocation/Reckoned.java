package motette.allocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import motette.allocation.pabulib.Pabulib;
import motette.allocation.pabulib.PabulibFile;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rules;
import motette.shared.Languages;
import motette.shared.Texts;

/**
 * A run with everything that makes it repeatable; the same matter and rule give the same bytes.
 *
 * @param rule     arguments of the command allocate
 * @param tieOrder ids of all projects, the one that wins a tie first
 * @param input    the election as a {@code .pb} file
 * @param result   as JSON
 * @param funded   how many projects it funds
 * @param spent    what they cost, euro cents
 * @param budget   euro cents
 */
@SuppressWarnings("ArrayRecordComponent")
record Reckoned(
        Subject subject,
        String rule,
        List<String> tieOrder,
        byte[] input,
        byte[] inputHash,
        byte[] result,
        byte[] resultHash,
        String engine,
        int funded,
        long spent,
        long budget) {

    /** Texts of the result are those of the standard language, as the command writes them. */
    static Reckoned of(Matter matter, Rule rule, Texts texts) {
        var election = matter.election();
        var allocation = Rules.allocate(election, rule);
        var input = input(matter);
        var inputHash = sha256(input);
        var result = bytes(out -> ResultJson.write(
                allocation,
                HexFormat.of().formatHex(inputHash),
                ResultJson.Wording.of(Explanations.of(allocation), texts, Languages.standard()),
                out));
        return new Reckoned(
                matter.subject(),
                Arguments.of(rule),
                Rules.order(election, rule.ties()).stream()
                        .map(project -> election.project(project).id())
                        .toList(),
                input,
                inputHash,
                result,
                sha256(result),
                ResultJson.ENGINE,
                allocation.selected().size(),
                Comparison.cents(allocation.totalCost()),
                Comparison.cents(election.budget()));
    }

    /** What every run of this matter is reckoned from; SHA-256, lower-case hexadecimal. */
    static String inputHash(Matter matter) {
        return HexFormat.of().formatHex(sha256(input(matter)));
    }

    private static byte[] input(Matter matter) {
        return bytes(out -> Pabulib.write(PabulibFile.of(matter.election(), matter.told()), out));
    }

    private static byte[] bytes(Writing writing) {
        var out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }
}
