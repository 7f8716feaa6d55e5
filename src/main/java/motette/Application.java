package motette;

import io.micronaut.runtime.Micronaut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import motette.allocation.command.Commands;
import motette.audit.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the portal: with the database it is given, or with an embedded one and the demo city. */
public final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private Application() {}

    public static void main(String[] args) {
        if (AdministratorCommand.asked(args)) {
            AdministratorCommand.main(args);
        } else if (Commands.asked(args)) {
            CommandLine.main(args);
        } else {
            serve(args);
        }
    }

    private static void serve(String[] args) {
        try {
            var settings = Settings.ofProcess();
            checkPort(settings.port());
            var given = prepare(settings);
            new Portal()
                    .args(args)
                    .mainClass(Application.class)
                    .banner(false)
                    .properties(given)
                    .start();
        } catch (StartupFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /** What the context cannot know by itself: the database in use, the signing secret, the version of the assets. */
    static Map<String, Object> prepare(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put("motette.assets.version", Assets.version());
        if (!settings.isProduction()
                && settings.port() > 0
                && settings.get("motette.base-url").isEmpty()) {
            properties.put("motette.base-url", "http://localhost:" + settings.port());
        }
        var url = settings.get("datasources.default.url");
        if (url.isPresent()) {
            checkNoDemo(settings);
            properties.put("motette.demo", false);
            checkDatabase(settings, url.get());
            settings.get("motette.secret")
                    .ifPresentOrElse(secret -> SecretCheck.check("MOTETTE_SECRET", secret), () -> {
                        if (settings.isProduction()) {
                            throw new StartupFailure(
                                    "MOTETTE_SECRET is not set; production needs one of at least 32 random"
                                            + " characters.");
                        } else {
                            LOG.warn("no MOTETTE_SECRET: sign-ins end with this process");
                            properties.put("motette.secret", randomSecret());
                        }
                    });
            Map.of(
                            "motette.second-secret", "MOTETTE_SECOND_SECRET",
                            "motette.residence-secret", "MOTETTE_RESIDENCE_SECRET",
                            "motette.second-residence-secret", "MOTETTE_SECOND_RESIDENCE_SECRET",
                            "motette.ballot-secret", "MOTETTE_BALLOT_SECRET",
                            "motette.second-ballot-secret", "MOTETTE_SECOND_BALLOT_SECRET")
                    .forEach((name, variable) ->
                            settings.get(name).ifPresent(secret -> SecretCheck.check(variable, secret)));
            if (settings.isProduction()) {
                checkOwnSecret(settings, "motette.residence-secret", "MOTETTE_RESIDENCE_SECRET", "the electoral roll");
                checkOwnSecret(settings, "motette.ballot-secret", "MOTETTE_BALLOT_SECRET", "the keys of voting rounds");
                checkAddress(settings.get("motette.base-url").orElse(""));
                checkAuditKey(settings.get("motette.audit.key").orElse(""));
            }
        } else if (settings.isProduction()) {
            throw new StartupFailure(
                    "DATASOURCES_DEFAULT_URL is not set; production does not run on the embedded database.");
        } else {
            var home = Path.of(settings.get("motette.home")
                    .or(() -> settings.get("motette.default-home"))
                    .orElse(".motette"));
            properties.put("datasources.default.url", EmbeddedDatabase.start(home));
            properties.put("motette.secret", settings.get("motette.secret").orElseGet(() -> keptSecret(home)));
            if (settings.get("motette.audit.key").isEmpty()) {
                properties.put("motette.audit.key", kept(home, "audit-key", SigningKey::fresh));
                properties.put("motette.audit.previous-key-lost", true);
            }
            properties.put("motette.demo", true);
        }
        return properties;
    }

    private static void checkPort(int port) {
        if (port > 0) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port));
            } catch (IOException taken) {
                throw new StartupFailure("Port " + port + " cannot be used (" + taken.getMessage()
                        + "); end the other program or choose another port with MICRONAUT_SERVER_PORT.");
            }
        }
    }

    private static void checkDatabase(Settings settings, String url) {
        var user = settings.get("datasources.default.username");
        var password = settings.get("datasources.default.password");
        try {
            DriverManager.setLoginTimeout(10);
            (user.isPresent()
                            ? DriverManager.getConnection(url, user.get(), password.orElse(""))
                            : DriverManager.getConnection(url))
                    .close();
        } catch (SQLException broken) {
            throw new StartupFailure("The database '" + url.replaceAll("(?i)(password=)[^&]*", "$1…")
                    + "' of DATASOURCES_DEFAULT_URL does not answer: "
                    + String.valueOf(broken.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void checkNoDemo(Settings settings) {
        settings.get("motette.demo")
                .filter(asked -> !asked.strip().equalsIgnoreCase("false"))
                .ifPresent(asked -> {
                    throw new StartupFailure("MOTETTE_DEMO is '" + asked
                            + "', but with DATASOURCES_DEFAULT_URL there is no demo, in which anybody signs in"
                            + " as anybody; take one of the two away.");
                });
    }

    /** Beside the other one, so that whoever has the one has not the other too. */
    private static void checkOwnSecret(Settings settings, String name, String variable, String what) {
        var own = settings.get(name);
        if (own.isEmpty()) {
            throw new StartupFailure(
                    variable + " is not set; production needs one of at least 32 random characters for " + what + ".");
        } else if (own.equals(settings.get("motette.secret"))) {
            throw new StartupFailure(variable + " is the same as MOTETTE_SECRET; each needs its own.");
        }
    }

    private static void checkAddress(String address) {
        if (!address.matches("https://[^\\s/?#]+/?")) {
            throw new StartupFailure("MOTETTE_BASE_URL is "
                    + (address.isEmpty() ? "not set" : "'" + address + "'")
                    + "; production needs the address of the site, as in https://motette.example, for the"
                    + " links in mails.");
        }
    }

    private static void checkAuditKey(String key) {
        if (key.isEmpty()) {
            throw new StartupFailure("MOTETTE_AUDIT_KEY is not set; production needs the key that signs the audit log,"
                    + " as `openssl genpkey -algorithm ed25519 -outform DER | base64` makes it.");
        }
        try {
            SigningKey.of(key);
        } catch (SigningKey.Unfit unfit) {
            throw new StartupFailure("MOTETTE_AUDIT_KEY " + unfit.getMessage() + ".");
        }
    }

    /** Written beside its place and then moved there, so that a start that breaks off leaves no empty secret behind. */
    static String keptSecret(Path home) {
        return kept(home, "secret", Application::randomSecret);
    }

    private static String kept(Path home, String name, Supplier<String> secret) {
        var file = home.resolve(name);
        try {
            if (Files.notExists(file) || Files.readString(file).isBlank()) {
                var fresh = Files.createTempFile(home, name, ".new");
                Files.writeString(fresh, secret.get());
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartupFailure("The file '" + file + "' cannot be read or written: " + e.getMessage());
        }
    }

    private static String randomSecret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Micronaut's start, but with one sentence instead of a stack trace when it fails. */
    private static final class Portal extends Micronaut {

        @Override
        protected void handleStartupException(io.micronaut.context.env.Environment environment, Throwable exception) {
            LOG.debug("start failed", exception);
            var root = exception;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            throw new StartupFailure("Motette cannot start: "
                    + String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString()));
        }
    }
}
