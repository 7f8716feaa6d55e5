package motette.signin.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * A real OpenID provider on a port of its own: Spring Authorization Server in a Tomcat, which demands PKCE, exact addresses and the
 * proof of the client, and knows nothing of our code. Whoever types the password is signed in under any name; what it says of them is
 * set by the test, and so is what it may say wrongly.
 */
final class OpenIdServer implements AutoCloseable {

    static final String PASSWORD = "geheim";
    static final String SECRET = "a secret between the two, 0123456789";

    private static final AtomicInteger KEYS = new AtomicInteger();

    /** What it says of somebody, by name. */
    final Map<String, Map<String, Object>> said = new ConcurrentHashMap<>();

    private final ECKey clientKey;
    private final Tomcat tomcat = new Tomcat();
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
    private final int port = freePort();
    private final URI portal;

    private volatile RSAKey key = newKey();
    private volatile Consumer<Map<String, Object>> wrong = claims -> {};
    private volatile boolean broken;

    /** @param portal where its clients live */
    OpenIdServer(URI portal) {
        this.portal = portal;
        try {
            this.clientKey = new ECKeyGenerator(Curve.P_256)
                    .keyID("client")
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
            start();
        } catch (JOSEException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** The private key of the client that signs, as the operator writes it down. */
    String clientKey() {
        return clientKey.toJSONString();
    }

    /** From now on it signs with a key that nobody has seen. */
    void rotate() {
        key = newKey();
    }

    /** The next tokens say this besides, or instead. */
    void lie(Consumer<Map<String, Object>> how) {
        wrong = how;
    }

    void tellTheTruth() {
        wrong = claims -> {};
        broken = false;
    }

    /** Answers nothing but an error. */
    void breakDown() {
        broken = true;
    }

    /** A logout token as the server would send it to the client. */
    String logoutToken(String client, Consumer<JWTClaimsSet.Builder> more) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(client)
                .issueTime(new java.util.Date())
                .expirationTime(new java.util.Date(System.currentTimeMillis() + 60_000))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        more.accept(claims);
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType("logout+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        spring.close();
    }

    private void start() throws LifecycleException {
        spring.registerBean(OpenIdServer.class, () -> this);
        spring.register(Rules.class);
        spring.refresh();
        tomcat.setBaseDir(Path.of("target/openid-" + port).toAbsolutePath().toString());
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        filter(context, "down", new Down());
        filter(context, "security", spring.getBean("springSecurityFilterChain", jakarta.servlet.Filter.class));
        Tomcat.addServlet(context, "keys", new ClientKeys());
        context.addServletMappingDecoded("/client-keys", "keys");
        Tomcat.addServlet(context, "rest", new HttpServlet() {});
        context.addServletMappingDecoded("/", "rest");
        tomcat.start();
    }

    private static void filter(org.apache.catalina.Context context, String name, jakarta.servlet.Filter filter) {
        var definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        context.addFilterDef(definition);
        var map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID("key-" + KEYS.incrementAndGet())
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Down extends jakarta.servlet.http.HttpFilter {
        @Override
        protected void doFilter(
                HttpServletRequest request, HttpServletResponse response, jakarta.servlet.FilterChain chain)
                throws IOException, jakarta.servlet.ServletException {
            if (broken && request.getRequestURI().equals("/oauth2/token")) {
                response.sendError(503);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    private final class ClientKeys extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter().write(new JWKSet(clientKey.toPublicJWK()).toString());
        }
    }

    @Configuration
    @EnableWebSecurity
    static class Rules {

        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http) throws Exception {
            return http.oauth2AuthorizationServer(server -> {
                        http.securityMatcher(server.getEndpointsMatcher());
                        server.oidc(Customizer.withDefaults());
                    })
                    .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .exceptionHandling(
                            faults -> faults.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain signingIn(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(all -> all.requestMatchers("/client-keys")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService anybody() {
            return name -> User.withUsername(name)
                    .password("{noop}" + PASSWORD)
                    .authorities("PERSON")
                    .build();
        }

        @Bean
        RegisteredClientRepository clients(OpenIdServer server) {
            return new InMemoryRegisteredClientRepository(
                    client(server, "rathaus", false)
                            .clientSecret("{noop}" + SECRET)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .build(),
                    client(server, "streng", false)
                            .clientSecret("{noop}" + SECRET + " streng")
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                            .build(),
                    client(server, "land", true)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .build());
        }

        private static RegisteredClient.Builder client(OpenIdServer server, String key, boolean asks) {
            var settings = ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(asks);
            if (asks) {
                settings.jwkSetUrl(server.issuer() + "/client-keys")
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256);
            }
            return RegisteredClient.withId(key)
                    .clientId("motette-" + key)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri(server.portal + "/sign-in/oidc/" + key + "/callback")
                    .postLogoutRedirectUri(server.portal + "/")
                    .scope("openid")
                    .scope("email")
                    .clientSettings(settings.build());
        }

        @Bean
        JWKSource<SecurityContext> keys(OpenIdServer server) {
            return (selector, context) -> selector.select(new JWKSet(server.key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings(OpenIdServer server) {
            return AuthorizationServerSettings.builder().issuer(server.issuer()).build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> words(OpenIdServer server) {
            return context -> {
                if (context.getTokenType().getValue().equals("id_token")) {
                    context.getClaims().claims(claims -> {
                        claims.putAll(
                                server.said.getOrDefault(context.getPrincipal().getName(), Map.of()));
                        server.wrong.accept(claims);
                    });
                }
            };
        }
    }
}
