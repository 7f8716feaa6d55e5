package motette.allocation.pabulib;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which voters have been read, to notice one who comes twice. Ids lie one behind the other as UTF-8 and are compared whole, so
 * that no two voters are ever taken for one; each of millions needs its own length, rounded up to four bytes, and some six more.
 */
final class VoterIds {

    /** Bytes of a chunk; an id never crosses from one to the next, and no row is long enough to hold an id of that size. */
    private static final int CHUNK = 1 << 22;

    /** Ids begin at multiples of this, so that an {@code int} reaches far enough. */
    private static final int STEP = 4;

    private static final int LONG = 255;

    /** Unknown beforehand, so that nobody can prepare a file whose ids all fall into one place. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private final List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    /** Where an id begins, in steps, plus one; zero for a free slot. */
    private int[] slots = new int[1 << 16];

    private int count;
    private byte[] id = new byte[64];

    /** False when that voter is there already. */
    boolean add(char[] chars, int from, int to) {
        int size = encode(chars, from, to);
        int slot = slot(hash(id, 0, size));
        while (slots[slot] != 0 && !same(slots[slot] - 1, size)) {
            slot = next(slot);
        }
        if (slots[slot] == 0) {
            slots[slot] = store(size) + 1;
            count++;
            if (3L * count > 2L * slots.length) {
                grow();
            }
            return true;
        } else {
            return false;
        }
    }

    private int encode(char[] chars, int from, int to) {
        if (id.length < to - from) {
            id = new byte[2 * (to - from)];
        }
        boolean ascii = true;
        for (int i = from; ascii && i < to; i++) {
            ascii = chars[i] < 128;
            id[i - from] = (byte) chars[i];
        }
        if (ascii) {
            return to - from;
        } else {
            var bytes = new String(chars, from, to - from).getBytes(StandardCharsets.UTF_8);
            id = bytes.length < 64 ? Arrays.copyOf(bytes, 64) : bytes;
            return bytes.length;
        }
    }

    private int store(int size) {
        int needed = size + (size < LONG ? 1 : 5);
        if (used + needed > CHUNK) {
            chunks.add(new byte[CHUNK]);
            used = 0;
        }
        var chunk = chunks.getLast();
        int at = used;
        if (size < LONG) {
            chunk[at] = (byte) size;
        } else {
            chunk[at] = (byte) LONG;
            for (int i = 0; i < 4; i++) {
                chunk[at + 1 + i] = (byte) (size >>> (24 - 8 * i));
            }
        }
        System.arraycopy(id, 0, chunk, at + needed - size, size);
        used = (at + needed + STEP - 1) / STEP * STEP;
        return (chunks.size() - 1) * (CHUNK / STEP) + at / STEP;
    }

    private boolean same(int step, int size) {
        var chunk = chunk(step);
        int at = offset(step);
        return size(chunk, at) == size && Arrays.equals(chunk, start(chunk, at), start(chunk, at) + size, id, 0, size);
    }

    private byte[] chunk(int step) {
        return chunks.get(Integer.divideUnsigned(step, CHUNK / STEP));
    }

    private static int offset(int step) {
        return Integer.remainderUnsigned(step, CHUNK / STEP) * STEP;
    }

    private static int size(byte[] chunk, int at) {
        int size = chunk[at] & 0xff;
        if (size == LONG) {
            size = 0;
            for (int i = 1; i <= 4; i++) {
                size = size << 8 | (chunk[at + i] & 0xff);
            }
        }
        return size;
    }

    private static int start(byte[] chunk, int at) {
        return at + ((chunk[at] & 0xff) == LONG ? 5 : 1);
    }

    private void grow() {
        var old = slots;
        slots = new int[2 * old.length];
        for (int entry : old) {
            if (entry != 0) {
                var chunk = chunk(entry - 1);
                int at = offset(entry - 1);
                int slot = slot(hash(chunk, start(chunk, at), size(chunk, at)));
                while (slots[slot] != 0) {
                    slot = next(slot);
                }
                slots[slot] = entry;
            }
        }
    }

    private long hash(byte[] bytes, int from, int size) {
        long hash = seed;
        for (int i = from; i < from + size; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private int slot(long hash) {
        return (int) (hash >>> 17) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}
