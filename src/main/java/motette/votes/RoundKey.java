package motette.votes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import motette.shared.Secrets;

/** The opened key of a round: which ballot in the urn is whose, and what it says. */
final class RoundKey {

    /** Every ballot of a round is sealed at a multiple of this length, so that its length tells nothing of what it says. */
    private static final int BLOCK = 512;

    private final Secrets key;

    RoundKey(byte[] key) {
        this.key = new Secrets(HexFormat.of().formatHex(key), "");
    }

    /** Where the ballot of somebody in the roll lies. */
    byte[] token(byte[] voter) {
        return key.hash("token", HexFormat.of().formatHex(voter));
    }

    /** The same attempt to cast a ballot has the same receipt, however often it arrives. */
    Receipt receipt(byte[] token, String attempt) {
        return Receipt.of(key.hash("receipt " + HexFormat.of().formatHex(token), attempt));
    }

    /**
     * @param token        where it will lie: sealed for one token, it opens at no other
     * @param districtKeys what the ballot is for, also where nothing is ticked
     */
    byte[] seal(byte[] token, String method, List<String> districtKeys, Choice choice) {
        var text = (method + " " + String.join(",", districtKeys) + " " + choice.text())
                .getBytes(StandardCharsets.US_ASCII);
        return key.seal(place(token), Arrays.copyOf(text, (text.length / BLOCK + 1) * BLOCK));
    }

    Opened open(byte[] token, byte[] sealed) {
        var plain = key.open(place(token), sealed)
                .orElseThrow(() -> new IllegalStateException("A ballot in the urn is not what was put there"));
        int end = plain.length;
        while (end > 0 && plain[end - 1] == 0) {
            end--;
        }
        var text = new String(plain, 0, end, StandardCharsets.US_ASCII);
        var parts = text.split(" ", -1);
        return new Opened(parts[0], List.of(parts[1].split(",")), Choice.parse(parts[2]));
    }

    /**
     * @param method       how it was cast: internet, kiosk or paper
     * @param districtKeys what it is for
     */
    record Opened(String method, List<String> districtKeys, Choice choice) {}

    private static String place(byte[] token) {
        return "ballot " + HexFormat.of().formatHex(token);
    }
}
