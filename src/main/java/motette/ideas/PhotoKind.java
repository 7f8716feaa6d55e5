package motette.ideas;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is by its first bytes, and the little of its structure that has to be known before it is decoded. */
enum PhotoKind {
    JPEG,
    PNG,
    WEBP,
    /** The format of iPhones and its sister AVIF, which the JDK does not read. */
    HEIC,
    OTHER;

    private static final Set<String> HEIC_BRANDS =
            Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif");
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;

    static PhotoKind of(byte[] file) {
        if (file.length > 3 && at(file, 0) == 0xFF && at(file, 1) == 0xD8 && at(file, 2) == 0xFF) {
            return JPEG;
        } else if (startsWith(file, 0, PNG_SIGNATURE)) {
            return PNG;
        } else if (text(file, 0).equals("RIFF") && text(file, 8).equals("WEBP")) {
            return WEBP;
        } else if (text(file, 4).equals("ftyp") && HEIC_BRANDS.contains(text(file, 8))) {
            return HEIC;
        } else {
            return OTHER;
        }
    }

    /** Name of the format in ImageIO. */
    String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the file ends where its format says. A cut JPEG would otherwise come out with a grey half, and one of
     * thousands of passes over the same points would keep the server busy.
     */
    boolean isComplete(byte[] file, int maxScans) {
        return switch (this) {
            case JPEG -> hasEndAndFewScans(file, maxScans);
            case PNG ->
                chunks(file, 8, true).stream().anyMatch(chunk -> chunk.name().equals("IEND"));
            case WEBP -> littleEndian(file, 4) + 8 <= file.length;
            case HEIC, OTHER -> false;
        };
    }

    /**
     * Whether a colour profile says that it is longer than the whole file: the readers ask for as much memory as it says
     * (ICC.1:2022, 7.2.2) before they look for it. It is found by its mark wherever it stands, so that no reader finds one
     * that was not seen here.
     */
    boolean hasEndlessProfile(byte[] file) {
        return switch (this) {
            case JPEG -> hasEndlessProfile(file, "ICC_PROFILE\0", 14);
            case WEBP -> hasEndlessProfile(file, "ICCP", 8);
            case PNG, HEIC, OTHER -> false;
        };
    }

    private static boolean hasEndlessProfile(byte[] file, String mark, int toProfile) {
        var bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i + toProfile + 40 <= file.length; i++) {
            int profile = i + toProfile;
            if (startsWith(file, i, bytes)
                    && text(file, profile + 36).equals("acsp")
                    && bigEndian(file, profile) > file.length) {
                return true;
            }
        }
        return false;
    }

    /** The EXIF blocks, as TIFF; nothing else of the metadata is looked at, compressed texts least of all. */
    List<byte[]> exif(byte[] file) {
        return switch (this) {
            case JPEG -> exifOfJpeg(file);
            case PNG ->
                chunks(file, 8, true).stream()
                        .filter(c -> c.name().equals("eXIf"))
                        .map(c -> c.of(file))
                        .toList();
            case WEBP ->
                chunks(file, 12, false).stream()
                        .filter(chunk -> chunk.name().equals("EXIF"))
                        .map(chunk -> chunk.of(file))
                        .map(tiff ->
                                startsWith(tiff, 0, EXIF) ? Arrays.copyOfRange(tiff, EXIF.length, tiff.length) : tiff)
                        .toList();
            case HEIC, OTHER -> List.of();
        };
    }

    /** Inside coded data 0xFF is always followed by 0x00 or a restart marker, so these two bytes are what they seem. */
    private static boolean hasEndAndFewScans(byte[] file, int maxScans) {
        int scans = 0;
        boolean ended = false;
        for (int i = 2; i + 1 < file.length; i++) {
            if (at(file, i) == 0xFF) {
                if (at(file, i + 1) == START_OF_SCAN) {
                    scans++;
                    ended = false;
                } else if (at(file, i + 1) == END_OF_IMAGE) {
                    ended = scans > 0;
                }
            }
        }
        return ended && scans <= maxScans;
    }

    private static List<byte[]> exifOfJpeg(byte[] file) {
        var found = new ArrayList<byte[]>();
        int i = 2;
        while (i + 4 < file.length && at(file, i) == 0xFF && at(file, i + 1) != START_OF_SCAN) {
            int length = at(file, i + 2) << 8 | at(file, i + 3);
            if (at(file, i + 1) == APP1
                    && startsWith(file, i + 4, EXIF)
                    && i + 2 + length <= file.length
                    && length > 8) {
                found.add(Arrays.copyOfRange(file, i + 4 + EXIF.length, i + 2 + length));
            }
            i += 2 + length;
        }
        return found;
    }

    private record Chunk(String name, int from, int to) {
        byte[] of(byte[] file) {
            return Arrays.copyOfRange(file, from, to);
        }
    }

    /** PNG: length, name, content, checksum. WebP: name, length, content, padded to an even length. */
    private static List<Chunk> chunks(byte[] file, int start, boolean png) {
        var chunks = new ArrayList<Chunk>();
        long i = start;
        while (i + 8 <= file.length && chunks.size() < 100_000) {
            int here = (int) i;
            long length = png ? bigEndian(file, here) : littleEndian(file, here + 4);
            long end = i + 8 + length;
            if (end > file.length) {
                break;
            }
            chunks.add(new Chunk(text(file, png ? here + 4 : here), here + 8, (int) end));
            i = png ? end + 4 : end + (length & 1);
        }
        return chunks;
    }

    private static long bigEndian(byte[] file, int i) {
        return (long) at(file, i) << 24 | at(file, i + 1) << 16 | at(file, i + 2) << 8 | at(file, i + 3);
    }

    private static long littleEndian(byte[] file, int i) {
        return file.length < i + 4
                ? 0
                : (long) at(file, i + 3) << 24 | at(file, i + 2) << 16 | at(file, i + 1) << 8 | at(file, i);
    }

    private static String text(byte[] file, int from) {
        return file.length < from + 4 ? "" : new String(file, from, 4, StandardCharsets.ISO_8859_1);
    }

    private static boolean startsWith(byte[] file, int from, byte[] start) {
        return file.length >= from + start.length
                && Arrays.equals(file, from, from + start.length, start, 0, start.length);
    }

    private static int at(byte[] file, int i) {
        return file[i] & 0xFF;
    }
}
