package motette.signin.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.shared.Languages;
import motette.signin.oidc.SignInFault.Why;

/**
 * Speaks with one provider, as its client: leads a person there, takes what they bring back, and believes nothing that is not
 * signed by a key of this provider, for us, for this very trip.
 */
final class Provider {

    /** Signatures with a key that only the provider has: never none, never one with a secret that we hold as well. */
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final String STAFF = "staff";
    private static final int LONGEST_SUBJECT = 255;

    private final ProviderSettings settings;
    private final URI home;
    private final URI callback;
    private final Outside outside;
    private final Discovery discovery;
    private final ClientProof proof;
    private final ClaimsReading reading;
    private final ClientID client;

    /**
     * @param home         address of this site
     * @param plainAllowed whether a provider on this very machine may be asked without TLS
     * @throws IllegalArgumentException naming the setting that cannot be
     */
    Provider(ProviderSettings settings, String home, boolean plainAllowed, Clock clock) {
        this.settings = settings;
        var hosts = new HashSet<>(Optional.ofNullable(settings.hosts()).orElse(List.of()));
        hosts.add(Outside.host(settings.issuer()));
        this.outside = new Outside(Set.copyOf(hosts), plainAllowed);
        check();
        this.home = URI.create(home + "/");
        this.callback = URI.create(home + "/sign-in/oidc/" + settings.key() + "/callback");
        this.discovery = new Discovery(settings.key(), settings.issuer(), outside, clock);
        this.proof = ClientProof.of(settings);
        this.reading = new ClaimsReading(settings);
        this.client = new ClientID(settings.clientId());
    }

    String key() {
        return settings.key();
    }

    int order() {
        return settings.order();
    }

    boolean isForStaff() {
        return settings.people().equals(STAFF);
    }

    /** What the button says; the standard language's words where the reader's are missing. */
    String label(Locale language) {
        var labels = Optional.ofNullable(settings.label()).orElse(Map.of());
        return Languages.choose(labels, language)
                .orElseGet(() -> settings.issuer().getHost());
    }

    /** Where the person is led to begin the trip. */
    URI authorization(Trip trip, Locale language) throws SignInFault {
        var request = new AuthenticationRequest.Builder(ResponseType.CODE, scope(), client, callback)
                .endpointURI(discovery.known().metadata().getAuthorizationEndpointURI())
                .state(new State(trip.state()))
                .nonce(new Nonce(trip.nonce()))
                .codeChallenge(new CodeVerifier(trip.verifier()), CodeChallengeMethod.S256);
        var acrValues = Optional.ofNullable(settings.acrValues()).orElse(List.of());
        if (!acrValues.isEmpty()) {
            request.acrValues(acrValues.stream().map(ACR::new).toList());
        }
        try {
            request.uiLocales(List.of(new LangTag(language.getLanguage())));
        } catch (LangTagException unknown) {
            throw new IllegalStateException(unknown);
        }
        return request.build().toURI();
    }

    /** Who came back, from the parameters of the callback. */
    Assertion redeem(Trip trip, Map<String, List<String>> parameters) throws SignInFault {
        try {
            var known = discovery.known();
            var answer = AuthenticationResponseParser.parse(callback, parameters);
            checkIssuer(known, answer);
            if (!answer.indicatesSuccess()) {
                throw told(answer.toErrorResponse().getErrorObject());
            }
            var code = answer.toSuccessResponse().getAuthorizationCode();
            if (code == null) {
                throw new SignInFault(Why.UNPROVEN, "no code");
            }
            var grant = new AuthorizationCodeGrant(code, callback, new CodeVerifier(trip.verifier()));
            var endpoint = known.metadata().getTokenEndpointURI();
            var request = new TokenRequest.Builder(endpoint, proof.to(endpoint), grant);
            if (settings.clientKey() != null) {
                // Allowed beside a signed statement (RFC 7521, section 4.2), and some providers ask for it.
                request.customParameter("client_id", settings.clientId());
            }
            var tokens = tokens(request.build());
            var claims = check(known, tokens, new Nonce(trip.nonce()));
            return assertion(known, claims, tokens.getAccessToken());
        } catch (ParseException unreadable) {
            throw new SignInFault(
                    Why.UNPROVEN, "unreadable: " + unreadable.getClass().getSimpleName());
        } catch (IOException silent) {
            throw new SignInFault(Why.UNREACHABLE, silent.toString());
        }
    }

    /** Whose sign-in the provider says has ended (OpenID Connect Back-Channel Logout 1.0). */
    LogoutTokenClaimsSet ended(String logoutToken) throws SignInFault {
        try {
            return new LogoutTokenValidator(issuer(), client, signatures(discovery.known()), null)
                    .validate(JWTParser.parse(logoutToken));
        } catch (java.text.ParseException | BadJOSEException | JOSEException unproven) {
            throw new SignInFault(Why.UNPROVEN, "logout token: " + unproven.getMessage());
        }
    }

    /** Where the person ends what they have with the provider itself; empty when it offers none or does not answer. */
    Optional<URI> farewell() {
        try {
            return Optional.ofNullable(discovery.known().metadata().getEndSessionEndpointURI())
                    .filter(outside::isAllowed)
                    .map(endpoint -> new LogoutRequest(endpoint, null, null, client, home, null, null).toURI());
        } catch (SignInFault unreachable) {
            return Optional.empty();
        }
    }

    /**
     * A provider that says its name in the answer must say the right one, so that an answer of one is never taken to another
     * (RFC 9207).
     */
    private void checkIssuer(Discovery.Known known, AuthenticationResponse answer) throws SignInFault {
        var said = answer.getIssuer();
        var missing = said == null && known.metadata().supportsAuthorizationResponseIssuerParam();
        if (missing || said != null && !said.equals(issuer())) {
            throw new SignInFault(Why.UNPROVEN, "iss of the answer");
        }
    }

    private static SignInFault told(ErrorObject error) {
        var code = String.valueOf(error.getCode());
        if (code.equals(OAuth2Error.ACCESS_DENIED.getCode())) {
            return new SignInFault(Why.DENIED, "access_denied");
        } else if (code.equals(OAuth2Error.SERVER_ERROR.getCode())
                || code.equals(OAuth2Error.TEMPORARILY_UNAVAILABLE.getCode())) {
            return new SignInFault(Why.UNREACHABLE, "error of the provider");
        } else {
            return new SignInFault(Why.UNPROVEN, "error of the provider: " + code.replaceAll("[^A-Za-z0-9_]", ""));
        }
    }

    private OIDCTokens tokens(TokenRequest request) throws IOException, ParseException, SignInFault {
        var answer = request.toHTTPRequest().send(outside);
        if (answer.getStatusCode() >= 500) {
            throw new SignInFault(Why.UNREACHABLE, "token endpoint: HTTP status " + answer.getStatusCode());
        }
        var response = OIDCTokenResponseParser.parse(answer);
        if (response instanceof OIDCTokenResponse success) {
            return success.getOIDCTokens();
        } else {
            throw new SignInFault(
                    Why.UNPROVEN,
                    "token endpoint: "
                            + String.valueOf(response.toErrorResponse()
                                            .getErrorObject()
                                            .getCode())
                                    .replaceAll("[^A-Za-z0-9_]", ""));
        }
    }

    /** OpenID Connect Core 1.0, section 3.1.3.7: signature, iss, aud, azp, exp, iat, nonce; and at_hash where it is there. */
    private IDTokenClaimsSet check(Discovery.Known known, OIDCTokens tokens, Nonce nonce) throws SignInFault {
        try {
            var token = tokens.getIDToken();
            var claims = new IDTokenValidator(issuer(), client, signatures(known), null).validate(token, nonce);
            var others = claims.getAudience().stream()
                    .anyMatch(one -> !one.getValue().equals(client.getValue()));
            var authorized = claims.getAuthorizedParty();
            if (others && authorized == null
                    || authorized != null && !authorized.getValue().equals(client.getValue())) {
                throw new SignInFault(Why.UNPROVEN, "azp");
            }
            var hash = claims.getAccessTokenHash();
            if (hash != null) {
                AccessTokenValidator.validate(
                        tokens.getAccessToken(),
                        JWSAlgorithm.parse(token.getHeader().getAlgorithm().getName()),
                        hash);
            }
            return claims;
        } catch (BadJOSEException | JOSEException | InvalidHashException unproven) {
            throw new SignInFault(Why.UNPROVEN, "token: " + unproven.getMessage());
        }
    }

    private Assertion assertion(Discovery.Known known, IDTokenClaimsSet token, AccessToken access)
            throws IOException, ParseException, SignInFault {
        var said = new HashMap<String, Object>();
        if (settings.userInfo()) {
            said.putAll(userInfo(known, token, access));
        }
        said.putAll(token.toJSONObject());
        var subject = token.getSubject().getValue();
        if (subject.length() > LONGEST_SUBJECT) {
            throw new SignInFault(Why.UNPROVEN, "sub of " + subject.length() + " characters");
        }
        var assertion = reading.read(subject, new Claims(said));
        if (!assertion.level().reaches(reading.least())) {
            throw new SignInFault(Why.LEVEL, "level " + assertion.level().key());
        }
        return assertion;
    }

    private Map<String, Object> userInfo(Discovery.Known known, IDTokenClaimsSet token, AccessToken access)
            throws IOException, ParseException, SignInFault {
        var endpoint = known.metadata().getUserInfoEndpointURI();
        if (endpoint == null || !outside.isAllowed(endpoint)) {
            throw new SignInFault(Why.UNPROVEN, "userinfo_endpoint is not an allowed address");
        }
        var answer = UserInfoResponse.parse(
                new UserInfoRequest(endpoint, access).toHTTPRequest().send(outside));
        if (!answer.indicatesSuccess() || answer.toSuccessResponse().getUserInfo() == null) {
            throw new SignInFault(Why.UNPROVEN, "userinfo");
        }
        var info = answer.toSuccessResponse().getUserInfo();
        if (!info.getSubject().equals(token.getSubject())) {
            throw new SignInFault(Why.UNPROVEN, "userinfo of another");
        }
        return info.toJSONObject();
    }

    private static JWSKeySelector<SecurityContext> signatures(Discovery.Known known) {
        return new JWSVerificationKeySelector<>(SIGNATURES, known.keys());
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer());
    }

    private Scope scope() {
        var scope = new Scope("openid");
        Optional.ofNullable(settings.scopes()).orElse(List.of("email")).stream()
                .filter(word -> !word.isBlank())
                .forEach(scope::add);
        return scope;
    }

    private void check() {
        if (!settings.key().matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    settings + ": the key is made of small letters, digits and hyphens, at most 40");
        }
        if (!outside.isAllowed(settings.issuer())) {
            throw new IllegalArgumentException(
                    settings + ".issuer is '" + settings.issuer() + "'; a provider is asked over https only");
        }
        if (!Set.of(STAFF, "residents").contains(settings.people())) {
            throw new IllegalArgumentException(
                    settings + ".people is '" + settings.people() + "'; it is staff or residents");
        }
    }
}
