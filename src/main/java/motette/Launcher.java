package motette;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code java -jar} starts: the portal, or the command that the first argument names. It is compiled for Java 11 so that an
 * older Java gets a sentence, or a newer one found on the machine takes over, instead of a class file error.
 */
public final class Launcher {

    private static final int NEEDED = 25;

    private Launcher() {}

    public static void main(String[] args) throws Exception {
        int feature = Runtime.version().feature();
        if (feature >= NEEDED) {
            Class.forName(program(args)).getMethod("main", String[].class).invoke(null, (Object) args);
        } else {
            File java = newerJava();
            if (java == null) {
                System.err.println("Motette needs Java " + NEEDED + "; this is Java " + feature
                        + ", and no newer one was found in JAVA_HOME or /usr/lib/jvm.");
                System.exit(1);
            } else {
                System.exit(handOver(java, args));
            }
        }
    }

    /** Named, for these classes are of a newer Java than this one. */
    private static String program(String[] args) {
        if (!isCommand(args)) {
            return "motette.Application";
        } else if (args[0].equals("administrator")) {
            return "motette.AdministratorCommand";
        } else {
            return "motette.CommandLine";
        }
    }

    /** As Commands.asked, which is of a newer Java than this class and cannot be linked from here. */
    private static boolean isCommand(String[] args) {
        return args.length > 0 && !args[0].startsWith("-");
    }

    private static int handOver(File java, String[] args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.getPath());
        if (isCommand(args)) {
            // A command ends before the second compiler has earned what it costs.
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-XX:+UseSerialGC");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("motette.Launcher");
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return process.waitFor();
    }

    private static File newerJava() {
        List<File> homes = new ArrayList<>();
        String home = System.getenv("JAVA_HOME");
        if (home != null) {
            homes.add(new File(home));
        }
        File[] installed = new File("/usr/lib/jvm").listFiles();
        if (installed != null) {
            Arrays.sort(installed);
            homes.addAll(Arrays.asList(installed));
        }
        for (File candidate : homes) {
            File java = new File(candidate, "bin/java");
            if (java.canExecute() && version(new File(candidate, "release")) >= NEEDED) {
                return java;
            }
        }
        return null;
    }

    /** Reads JAVA_VERSION="25.0.1" of a JDK's release file; 0 where there is none. */
    private static int version(File release) {
        try {
            for (String line : java.nio.file.Files.readAllLines(release.toPath())) {
                if (line.startsWith("JAVA_VERSION=\"")) {
                    return Integer.parseInt(
                            line.substring("JAVA_VERSION=\"".length()).split("[^0-9]")[0]);
                }
            }
            return 0;
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }
}
