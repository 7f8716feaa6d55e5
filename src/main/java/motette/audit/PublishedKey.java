package motette.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a key that signs blocks.
 *
 * @param id  its fingerprint: SHA-256 of the encoded key, hexadecimal
 * @param key Ed25519
 */
record PublishedKey(String id, PublicKey key) {

    /**
     * @param encoded SubjectPublicKeyInfo, DER (RFC 8410)
     * @throws Canonical.Unfit when it is no such key
     */
    static PublishedKey of(byte[] encoded) {
        try {
            var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return new PublishedKey(HexFormat.of().formatHex(Hashes.plain(encoded)), key);
        } catch (GeneralSecurityException none) {
            throw new Canonical.Unfit("it is no Ed25519 key");
        }
    }

    byte[] encoded() {
        return key.getEncoded();
    }

    String base64() {
        return Base64.getEncoder().encodeToString(encoded());
    }

    boolean signed(byte[] words, byte[] signature) {
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(words);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
