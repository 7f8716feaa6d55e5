package motette.allocation.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and writes. Everything is UTF-8, whatever the terminal's language. The standard output is taken as it is:
 * unlike {@link System#out} it tells when nobody reads any more.
 */
record Console(InputStream in, OutputStream out, PrintStream err) {

    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
