package motette.shared;

import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.unbescape.html.HtmlEscape;

/** Gathers text as the bytes it leaves in, so that a page is written once and copied by nobody. Not for several threads at once. */
public final class Utf8Writer extends Writer {

    private static final char NONE = 0;

    private byte[] bytes;
    private int length;

    /** The first half of a character that the next writing completes. */
    private char half = NONE;

    public Utf8Writer(int expected) {
        bytes = new byte[expected];
    }

    /** What was written so far, without a copy: nothing may be written afterwards. Half a character at the end becomes a question mark. */
    public ByteBuffer toBuffer() {
        if (half != NONE) {
            append(new byte[] {'?'});
            half = NONE;
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** Number of bytes so far. */
    int length() {
        return length;
    }

    /** What was written from a place on. */
    byte[] since(int place) {
        return Arrays.copyOfRange(bytes, place, length);
    }

    /** Takes over text that is UTF-8 already. */
    Utf8Writer append(byte[] encoded) {
        return append(encoded, encoded.length);
    }

    /** Takes over everything another one gathered. */
    void append(Utf8Writer other) {
        append(other.bytes, other.length);
    }

    private Utf8Writer append(byte[] encoded, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(encoded, 0, bytes, length, count);
        length += count;
        return this;
    }

    /** As text between tags or within quotes of an attribute: nothing in it is taken for markup. */
    Utf8Writer appendEscaped(String text) {
        if (half != NONE || !appendHarmless(text)) {
            write(HtmlEscape.escapeHtml4Xml(text));
        }
        return this;
    }

    /** Most texts have nothing to escape and no letter beyond the Greek ones; such are written without a detour. */
    private boolean appendHarmless(String text) {
        int letters = text.length();
        if (bytes.length - length < 2 * letters) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + 2 * letters));
        }
        var into = bytes;
        int at = length;
        for (int i = 0; i < letters; i++) {
            char letter = text.charAt(i);
            if (letter < 0x80) {
                if (letter <= '>'
                        && (letter == '<' || letter == '>' || letter == '&' || letter == '"' || letter == '\'')) {
                    return false;
                }
                into[at++] = (byte) letter;
            } else if (letter < 0x800) {
                into[at++] = (byte) (0xC0 | letter >> 6);
                into[at++] = (byte) (0x80 | letter & 0x3F);
            } else {
                return false;
            }
        }
        length = at;
        return true;
    }

    Utf8Writer append(String text) {
        write(text);
        return this;
    }

    @Override
    public void write(String text) {
        if (half == NONE && (text.isEmpty() || !Character.isHighSurrogate(text.charAt(text.length() - 1)))) {
            append(text.getBytes(StandardCharsets.UTF_8));
        } else {
            inHalves(text);
        }
    }

    private void inHalves(String text) {
        var whole = half == NONE ? text : half + text;
        half = NONE;
        if (!whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1))) {
            half = whole.charAt(whole.length() - 1);
            whole = whole.substring(0, whole.length() - 1);
        }
        append(whole.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(int letter) {
        write(String.valueOf((char) letter));
    }

    @Override
    public void write(String text, int from, int count) {
        write(text.substring(from, from + count));
    }

    @Override
    public void write(char[] text, int from, int count) {
        write(new String(text, from, count));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
