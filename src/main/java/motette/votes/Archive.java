package motette.votes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The files of a round in a folder or packed as one. */
final class Archive {

    private static final byte[] PACKED = {'P', 'K', 3, 4};

    /** No round is larger, unpacked; what claims to be is no round. */
    private static final long MOST = 1L << 30;

    /** ZIP knows no time zone, and the time of packing says nothing. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Archive() {}

    static boolean isPacked(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(PACKED.length), PACKED);
        }
    }

    /** Files by name, without folders. */
    static Map<String, byte[]> read(Path place) throws IOException {
        return Files.isDirectory(place) ? folder(place) : packed(place);
    }

    private static Map<String, byte[]> folder(Path folder) throws IOException {
        var files = new HashMap<String, byte[]>();
        long all = 0;
        try (var list = Files.list(folder)) {
            for (var file : list.filter(Files::isRegularFile).sorted().toList()) {
                all += Files.size(file);
                demandRoom(all);
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Map<String, byte[]> packed(Path file) throws IOException {
        var files = new HashMap<String, byte[]>();
        long all = 0;
        try (var zip = new ZipInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    var content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, MOST - all + 1));
                    all += content.length;
                    demandRoom(all);
                    var name = entry.getName().replaceFirst("^.*/", "");
                    if (files.put(name, content) != null) {
                        throw new ZipException("it holds " + name + " twice");
                    }
                }
            }
        } catch (IllegalArgumentException unreadable) {
            throw new ZipException("it holds a name that cannot be read");
        }
        return files;
    }

    private static void demandRoom(long bytes) throws IOException {
        if (bytes > MOST) {
            throw new IOException("it is larger than any round");
        }
    }

    /** The same files give the same bytes. */
    static void pack(String folder, SortedMap<String, byte[]> files, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (var file : files.entrySet()) {
            var entry = new ZipEntry(folder + "/" + file.getKey());
            entry.setTimeLocal(ALWAYS);
            zip.putNextEntry(entry);
            zip.write(file.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }
}
