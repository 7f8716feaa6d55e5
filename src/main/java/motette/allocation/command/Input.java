package motette.allocation.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import motette.allocation.ResultFile;
import motette.allocation.pabulib.PabulibProblem;

/**
 * A file to be read, or the standard input where its name is {@code -}.
 *
 * @param name  of the file
 * @param shown what it is called in sentences
 */
record Input(String name, String shown, Console console) {

    private static final String STANDARD = "-";

    static Input of(String typed, Console console) {
        return new Input(typed, typed.equals(STANDARD) ? "standard input" : typed, console);
    }

    /** What was read, and the SHA-256 of all its bytes in hexadecimal. */
    record Read<T>(T value, String sha256) {}

    @FunctionalInterface
    interface Reader<T> {

        T read(InputStream in) throws IOException;
    }

    boolean isStandard() {
        return name.equals(STANDARD);
    }

    /** @throws InputProblem when the file is not there, or is not what the reader reads; with the file's name */
    <T> Read<T> read(Reader<T> reader) throws OutputProblem {
        try (var in = open()) {
            var digest = MessageDigest.getInstance("SHA-256");
            var value = reader.read(new DigestInputStream(in, digest));
            return new Read<>(value, HexFormat.of().formatHex(digest.digest()));
        } catch (PabulibProblem | ResultFile.Problem problem) {
            throw problem(problem);
        } catch (OutputProblem problem) {
            throw problem;
        } catch (IOException problem) {
            throw unreadable(problem);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same content as a file that can be read again: the standard input is set aside for that. */
    Input kept() {
        if (isStandard()) {
            try {
                var file = Files.createTempFile("motette", ".pb");
                file.toFile().deleteOnExit();
                Files.copy(console.in(), file, StandardCopyOption.REPLACE_EXISTING);
                return new Input(file.toString(), shown, console);
            } catch (IOException problem) {
                throw unreadable(problem);
            }
        } else {
            return this;
        }
    }

    private InputStream open() throws IOException {
        if (isStandard()) {
            return console.in();
        } else {
            try {
                var path = Path.of(name);
                if (Files.isDirectory(path)) {
                    throw new InputProblem(name + " is a directory, not a file.");
                }
                return Files.newInputStream(path);
            } catch (InvalidPathException wrong) {
                throw new InputProblem("'" + name + "' cannot be the name of a file.");
            }
        }
    }

    /** What is wrong with this file, with its name. */
    InputProblem problem(RuntimeException problem) {
        return new InputProblem(shown + ": " + problem.getMessage());
    }

    private InputProblem unreadable(IOException problem) {
        return new InputProblem(
                switch (problem) {
                    case NoSuchFileException _ -> "There is no file " + name + ".";
                    case AccessDeniedException _ -> "The file " + name + " may not be read: permission denied.";
                    default -> shown + " cannot be read: " + problem.getMessage();
                });
    }
}
