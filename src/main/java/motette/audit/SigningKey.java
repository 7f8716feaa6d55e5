package motette.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** A private Ed25519 key (RFC 8032) with its public one; says neither of its secrets when printed. */
public final class SigningKey {

    private static final String ED25519 = "Ed25519";
    private static final int SEED = 32;
    private static final int FEWEST_DIFFERENT_BYTES = 12;

    private final PrivateKey secret;
    private final PublishedKey published;

    private SigningKey(PrivateKey secret, PublishedKey published) {
        this.secret = secret;
        this.published = published;
    }

    /** A text that is no such key; the message is a half sentence that says why and nothing of the text. */
    public static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * Reads a key: PKCS#8 (RFC 8410) in Base64 or PEM, or its 32 bytes of seed in Base64 or hexadecimal.
     *
     * @throws Unfit when it is none, or one that anybody guesses
     */
    public static SigningKey of(String text) {
        var seed = seed(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
        if (distinct(seed) < FEWEST_DIFFERENT_BYTES) {
            throw new Unfit("is no random key");
        }
        return ofSeed(seed);
    }

    /** A new random key as the text that {@link #of} reads. */
    public static String fresh() {
        var seed = new byte[SEED];
        new SecureRandom().nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    PublishedKey published() {
        return published;
    }

    byte[] sign(byte[] words) {
        try {
            var signature = Signature.getInstance(ED25519);
            signature.initSign(secret);
            signature.update(words);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "key " + published.id();
    }

    private static byte[] seed(String text) {
        try {
            if (text.matches("[0-9a-fA-F]{64}")) {
                return HexFormat.of().parseHex(text);
            }
            var bytes = Base64.getDecoder().decode(text);
            if (bytes.length == SEED) {
                return bytes;
            }
            var key = KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return ((EdECPrivateKey) key).getBytes().orElseThrow();
        } catch (IllegalArgumentException | GeneralSecurityException none) {
            throw new Unfit("is no Ed25519 key in PKCS#8 or as a seed of 32 bytes");
        }
    }

    /**
     * The JDK derives a public key only while it makes a pair, and takes the seed from its source of randomness (RFC 8032, section
     * 5.1.5). That the pair belongs together is tried out, so that another JDK cannot go wrong silently.
     */
    private static SigningKey ofSeed(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            var pair = generator.generateKeyPair();
            var key = new SigningKey(
                    pair.getPrivate(), PublishedKey.of(pair.getPublic().getEncoded()));
            var same = java.util.Arrays.equals(
                    seed, ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow());
            if (!same || !key.published.signed(seed, key.sign(seed))) {
                throw new IllegalStateException("This Java makes Ed25519 keys in another way than expected");
            }
            return key;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long distinct(byte[] bytes) {
        var seen = new boolean[256];
        long distinct = 0;
        for (byte one : bytes) {
            distinct += seen[one & 255] ? 0 : 1;
            seen[one & 255] = true;
        }
        return distinct;
    }

    /** Not random at all: answers the seed. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Given(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
