package motette.signin;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/** A device with one passkey, whose every word a test can bend. */
final class SoftPasskey {

    private static final ObjectConverter OBJECTS = new ObjectConverter();
    private static final byte PRESENT = AuthenticatorData.BIT_UP;

    private final KeyPair keys;
    private final byte[] id = new byte[32];

    String origin;
    String host = "localhost";
    long counter = 1;
    boolean verifies = true;
    String handle = "";

    SoftPasskey(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a browser answers to {@code navigator.credentials.create}. */
    String create(String options) {
        var asked = OBJECTS.getJsonMapper().readTree(options);
        handle = asked.get("user").get("id").asString();
        var data = new AuthenticatorData<RegistrationExtensionAuthenticatorOutput>(
                sha256(host.getBytes(StandardCharsets.UTF_8)),
                (byte) (flags() | AuthenticatorData.BIT_AT),
                counter,
                new AttestedCredentialData(
                        AAGUID.ZERO,
                        id,
                        EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256)));
        var attestation = new AttestationObjectConverter(OBJECTS)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        return answer(Map.of(
                "clientDataJSON",
                        text(clientData(
                                "webauthn.create", asked.get("challenge").asString())),
                "attestationObject", text(attestation)));
    }

    /** What a browser answers to {@code navigator.credentials.get}. */
    String sign(String options) {
        return sign(options, ++counter);
    }

    String sign(String options, long count) {
        var asked = OBJECTS.getJsonMapper().readTree(options);
        var client = clientData("webauthn.get", asked.get("challenge").asString());
        var data = new AuthenticatorDataConverter(OBJECTS)
                .convert(new AuthenticatorData<>(sha256(host.getBytes(StandardCharsets.UTF_8)), flags(), count));
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(data);
        signed.writeBytes(sha256(client));
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.toByteArray());
            return answer(Map.of(
                    "clientDataJSON", text(client),
                    "authenticatorData", text(data),
                    "signature", text(signature.sign()),
                    "userHandle", handle));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String answer(Map<String, String> response) {
        return OBJECTS.getJsonMapper()
                .writeValueAsString(Map.of(
                        "id", text(id),
                        "rawId", text(id),
                        "type", "public-key",
                        "clientExtensionResults", Map.of(),
                        "response", response));
    }

    private byte[] clientData(String type, String challenge) {
        return OBJECTS.getJsonMapper()
                .writeValueAsBytes(
                        Map.of("type", type, "challenge", challenge, "origin", origin, "crossOrigin", false));
    }

    private byte flags() {
        return (byte) (PRESENT | (verifies ? AuthenticatorData.BIT_UV : 0));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
