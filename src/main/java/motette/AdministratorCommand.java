package motette;

import io.micronaut.context.ApplicationContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.people.FirstAdministrator;
import motette.people.FirstAdministrator.Outcome;
import motette.shared.Texts;

/**
 * {@code java -jar motette.jar administrator --email …}: makes somebody the administrator of a platform that has none. They sign in
 * with a link to that address; there is no password. Needs the database and its settings, no server and no running portal. Exit codes as of
 * the other commands: 0 done or so already, 1 refused, 2 wrong usage, 4 the database could not be reached.
 */
public final class AdministratorCommand {

    static final String NAME = "administrator";

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int WRONG_USAGE = 2;
    static final int FAILED = 4;

    private static final String EMAIL = "--email";
    private static final String SHOWN_AS = "--name";
    private static final String FURTHER = "--further";

    private static final String HELP = """
        Usage: java -jar motette.jar administrator --email ADDRESS [--name NAME] [--further REASON]

        Makes somebody the administrator of this platform. They sign in with a link that is sent to the address.

          --email ADDRESS   the address they sign in with
          --name NAME       what the public reads of them where they are new here; "Administration" by default
          --further REASON  makes one although there is an administrator already; the reason stands in the audit

        The database is that of DATASOURCES_DEFAULT_URL, DATASOURCES_DEFAULT_USERNAME and DATASOURCES_DEFAULT_PASSWORD;
        without them the embedded one in MOTETTE_HOME.
        """;

    private AdministratorCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(Arrays.asList(args).subList(1, args.length), Settings.ofProcess(), out, err));
    }

    static boolean asked(String[] args) {
        return args.length > 0 && args[0].equals(NAME);
    }

    static int run(List<String> args, Settings settings, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.print(HELP);
            return DONE;
        }
        try {
            var said = read(args);
            if (said.getOrDefault(EMAIL, "").isBlank()) {
                throw new IllegalArgumentException("The flag " + EMAIL + " is missing.");
            }
            try (var context = ApplicationContext.builder()
                    .mainClass(Application.class)
                    .banner(false)
                    .properties(properties(settings))
                    .start()) {
                return tell(
                        context.getBean(FirstAdministrator.class)
                                .make(
                                        said.getOrDefault(EMAIL, ""),
                                        said.getOrDefault(SHOWN_AS, "Administration"),
                                        said.getOrDefault(FURTHER, "")),
                        context.getBean(Texts.class),
                        out,
                        err);
            }
        } catch (IllegalArgumentException misused) {
            err.println(misused.getMessage() + " See " + NAME + " --help.");
            return WRONG_USAGE;
        } catch (StartupFailure failure) {
            err.println(failure.getMessage());
            return FAILED;
        } catch (RuntimeException failure) {
            err.println("No administrator was made: " + root(failure));
            return FAILED;
        }
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<>(Application.prepare(settings));
        for (var name :
                List.of("datasources.default.url", "datasources.default.username", "datasources.default.password")) {
            settings.get(name).ifPresent(value -> properties.put(name, value));
        }
        return properties;
    }

    private static Map<String, String> read(List<String> args) {
        var said = new HashMap<String, String>();
        for (int i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            int equals = arg.indexOf('=');
            var flag = equals < 0 ? arg : arg.substring(0, equals);
            if (!List.of(EMAIL, SHOWN_AS, FURTHER).contains(flag)) {
                throw new IllegalArgumentException("There is no flag " + flag + ".");
            } else if (equals < 0 && (i + 1 == args.size() || args.get(i + 1).startsWith("--"))) {
                throw new IllegalArgumentException("The flag " + flag + " needs a value.");
            }
            var value = equals < 0 ? args.get(++i) : arg.substring(equals + 1);
            if (value.isBlank()) {
                throw new IllegalArgumentException("The flag " + flag + " needs a value.");
            } else if (said.putIfAbsent(flag, value.strip()) != null) {
                throw new IllegalArgumentException("The flag " + flag + " stands twice.");
            }
        }
        return said;
    }

    private static int tell(Outcome outcome, Texts texts, PrintStream out, PrintStream err) {
        return switch (outcome) {
            case Outcome.Made made -> {
                out.println("Person " + made.personId() + " (" + made.pseudonym()
                        + ") administers this platform from today on, and signs in with a link to the address given.");
                yield DONE;
            }
            case Outcome.Already already -> {
                out.println("Person " + already.personId() + " (" + already.pseudonym()
                        + ") administers this platform already. Nothing was changed.");
                yield DONE;
            }
            case Outcome.OthersThere others -> {
                err.println("There "
                        + (others.count() == 1 ? "is an administrator" : "are " + others.count() + " administrators")
                        + " already, who can grant the role under /people. To make one all the same, say why: "
                        + FURTHER
                        + " \"…\".");
                yield REFUSED;
            }
            case Outcome.Wrong wrong -> {
                err.println("No administrator was made: " + texts.get(Locale.ENGLISH, wrong.why()));
                yield REFUSED;
            }
        };
    }

    private static String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}
