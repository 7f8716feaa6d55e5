package motette.signin;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Web Authentication Level 3: what browsers are asked, and whether their answers hold. The person must be verified by the
 * device (fingerprint, face, PIN); nothing is asked of the make of a device (attestation "none").
 */
@Singleton
class WebAuthn {

    private static final Logger LOG = LoggerFactory.getLogger(WebAuthn.class);

    /** ES256, EdDSA, RS256: what devices offer, the shortest signatures first. */
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ObjectConverter objects = new ObjectConverter();
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(objects);
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(objects);
    private final RelyingParty here;

    WebAuthn(RelyingParty here) {
        this.here = here;
    }

    /** A passkey as a device has just made it. */
    record Made(
            byte[] credentialId,
            byte[] credential,
            long signCount,
            boolean backupEligible,
            boolean backedUp,
            String maker) {}

    /** An answer that names a passkey; nothing of it is proven yet. */
    record Answer(AuthenticationData data, byte[] credentialId) {}

    /**
     * A signature that holds.
     *
     * @param cloned whether its counter went back: a copy of the passkey is about
     */
    record Signed(boolean cloned, long signCount, boolean backedUp) {}

    /**
     * What {@code navigator.credentials.create} is asked, with bytes as base64url.
     *
     * @param name  what the device shows for choosing, as the address
     * @param known passkeys that need not be made again on the same device
     */
    Map<String, Object> creation(
            byte[] challenge, byte[] userHandle, String name, String pseudonym, List<Passkey> known) {
        return Map.of(
                "challenge", text(challenge),
                "rp", Map.of("id", here.id(), "name", "Motette"),
                "user", Map.of("id", text(userHandle), "name", name, "displayName", pseudonym),
                "pubKeyCredParams",
                        ALGORITHMS.stream()
                                .map(algorithm -> Map.of("type", "public-key", "alg", algorithm.getValue()))
                                .toList(),
                "timeout", PasskeyChallenges.HOLDS.toMillis(),
                "attestation", "none",
                "authenticatorSelection",
                        Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"),
                "excludeCredentials", descriptors(known));
    }

    /**
     * What {@code navigator.credentials.get} is asked.
     *
     * @param allowed empty to let the device offer whatever it has for this site
     */
    Map<String, Object> request(byte[] challenge, List<Passkey> allowed) {
        return Map.of(
                "challenge", text(challenge),
                "rpId", here.id(),
                "timeout", PasskeyChallenges.HOLDS.toMillis(),
                "userVerification", "required",
                "allowCredentials", descriptors(allowed));
    }

    /** The new passkey, if the answer holds (Web Authentication section 7.1). */
    Optional<Made> made(String json, byte[] challenge) {
        try {
            var parameters = new RegistrationParameters(
                    server(challenge),
                    ALGORITHMS.stream()
                            .map(algorithm ->
                                    new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                            .toList(),
                    true,
                    true);
            var answer = parsed(() -> manager.parseRegistrationResponseJSON(json))
                    .map(sent -> manager.verify(sent, parameters).getAttestationObject());
            var data = answer.isEmpty() ? null : answer.get().getAuthenticatorData();
            var credential = data == null ? null : data.getAttestedCredentialData();
            if (data == null || credential == null) {
                return Optional.empty();
            }
            var id = credential.getCredentialId();
            var maker = credential.getAaguid().getValue();
            return Optional.of(new Made(
                    id,
                    credentials.convert(new AttestedCredentialData(AAGUID.ZERO, id, credential.getCOSEKey())),
                    data.getSignCount(),
                    data.isFlagBE(),
                    data.isFlagBS(),
                    maker == null ? "" : PasskeyMakers.name(maker)));
        } catch (WebAuthnException | JacksonException | IllegalArgumentException refused) {
            LOG.info("passkey not enrolled why={}", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Reads an answer; empty when it is none. */
    Optional<Answer> read(String json) {
        return parsed(() -> manager.parseAuthenticationResponseJSON(json))
                .flatMap(data -> Optional.ofNullable(data.getCredentialId()).map(id -> new Answer(data, id)));
    }

    /** Whether the passkey signed this challenge, here, for a verified person (Web Authentication section 7.2). */
    Optional<Signed> signed(Answer answer, byte[] challenge, Passkey passkey) {
        var handle = answer.data().getUserHandle();
        if (handle != null && !MessageDigest.isEqual(handle, passkey.userHandle())) {
            return Optional.empty();
        }
        try {
            var parameters = new AuthenticationParameters(server(challenge), record(passkey), null, true, true);
            var data = manager.verify(answer.data(), parameters).getAuthenticatorData();
            return Optional.ofNullable(data).map(good -> new Signed(false, good.getSignCount(), good.isFlagBS()));
        } catch (MaliciousCounterValueException copied) {
            return Optional.of(new Signed(true, passkey.signCount(), passkey.backedUp()));
        } catch (WebAuthnException | JacksonException | IllegalArgumentException refused) {
            LOG.info(
                    "passkey refused passkey={} why={}",
                    passkey.id(),
                    refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** What strangers send may be anything, and the library meets some of it with exceptions of every kind. */
    private static <T> Optional<T> parsed(Supplier<T> parsing) {
        try {
            return Optional.of(parsing.get());
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(new Origin(here.origin()))
                .rpId(here.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private CredentialRecordImpl record(Passkey passkey) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.signCount(),
                credentials.convert(passkey.credential()),
                null,
                null,
                null,
                null);
    }

    private static List<Map<String, String>> descriptors(List<Passkey> passkeys) {
        return passkeys.stream()
                .map(passkey -> Map.of("type", "public-key", "id", text(passkey.credentialId())))
                .toList();
    }

    private static String text(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
