package motette.ideas;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Files as people and others may send them; red on the left half, blue on the right. */
final class Pictures {

    static final Color RED = new Color(0xd02020);
    static final Color BLUE = new Color(0x2020d0);

    private Pictures() {}

    static byte[] jpeg(int width, int height) {
        return file(picture(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    }

    static byte[] png(int width, int height) {
        return file(picture(width, height, BufferedImage.TYPE_3BYTE_BGR), "png");
    }

    static BufferedImage picture(int width, int height, int type) {
        var picture = new BufferedImage(width, height, type);
        var pen = picture.createGraphics();
        pen.setColor(RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        return picture;
    }

    static byte[] file(BufferedImage picture, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalArgumentException("Cannot write " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the camera's name, its orientation and 51.34 N, 12.37 E behind the first marker. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        var exif = exif(orientation);
        var file = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        file.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (exif.length + 8));
        file.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif).put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    /** With a colour profile behind the first marker. */
    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        var file = ByteBuffer.allocate(jpeg.length + profile.length + 18);
        file.put(jpeg, 0, 2).putShort((short) 0xFFE2).putShort((short) (profile.length + 16));
        file.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(profile);
        return file.put(jpeg, 2, jpeg.length - 2).array();
    }

    static byte[] exif(int orientation) {
        var tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x010F, 2, 4, 'A' | 'C' << 8 | 'M' << 16);
        entry(tiff, 0x0112, 3, 1, orientation);
        entry(tiff, 0x8825, 4, 1, 50);
        tiff.putInt(0);
        tiff.position(50);
        tiff.putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 2, 5, 3, 110);
        entry(tiff, 3, 2, 2, 'E');
        entry(tiff, 4, 5, 3, 134);
        tiff.putInt(0);
        tiff.position(110);
        for (int part : new int[] {51, 20, 24, 12, 22, 12}) {
            tiff.putInt(part).putInt(1);
        }
        return java.util.Arrays.copyOf(tiff.array(), tiff.position());
    }

    /** A PNG of a few bytes that says it is that large. */
    static byte[] emptyPng(int width, int height) {
        var file = ByteBuffer.allocate(8 + 25 + 12 + 12);
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        for (var chunk : new Object[][] {{"IHDR", header.array()}, {"IDAT", new byte[0]}, {"IEND", new byte[0]}}) {
            var name = ((String) chunk[0]).getBytes(StandardCharsets.US_ASCII);
            var content = (byte[]) chunk[1];
            var sum = new CRC32();
            sum.update(name);
            sum.update(content);
            file.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
        }
        return file.array();
    }

    /** 64 by 40 points, made by a browser. */
    static byte[] webp() {
        return Base64.getMimeDecoder().decode("""
            UklGRkgCAABXRUJQVlA4WAoAAAAgAAAAPwAAJwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAA
            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            AAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAA
            ABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1
            AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAP
            KnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZW
            UDggWgAAAPAEAJ0BKkAAKAA+bTSVR6QjIiEquAgAgA2JYwDUTY28b+gfir+AAAsw/ecQfHrkPAD+75rH6slBz0M//bQc2B36kVO8tf/20HNgd+
            3Hkk9p2AGsUmQBhQAAAA==
            """);
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
