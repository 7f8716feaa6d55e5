package motette.allocation.command;

import java.io.IOException;
import java.io.OutputStream;

/** Writes on, and tells a failure to write from a failure to read. */
final class Output extends OutputStream {

    private final OutputStream out;

    Output(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException failed) {
            throw new OutputProblem(failed);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException failed) {
            throw new OutputProblem(failed);
        }
    }
}
