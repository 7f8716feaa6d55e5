package motette.ideas;

import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import jakarta.inject.Singleton;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import motette.shared.Refusal;
import motette.shared.Refused;
import net.coobird.thumbnailator.resizers.Resizers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what somebody uploads into JPEG and WebP pictures of our own: only the points of the picture go over, so that no
 * metadata, no place and nothing appended to the file can. What a file is says its content, never its name.
 *
 * <p>Heap is bounded before anything is decoded: the header says how many points there are, large pictures are read
 * with gaps, and only two pictures are in work at a time. A JVM of 160 MB is enough for one of 60 megapixels.
 */
@Singleton
public class PhotoEncoder {

    /** Largest upload in bytes: 12 MB. */
    static final int MAX_BYTES = 12 * 1024 * 1024;

    /** Largest picture in points, as its header says: 60 megapixels. */
    static final long MAX_PIXELS = 60_000_000;

    /** WebP is unpacked whole before gaps apply, so it may have fewer points. */
    static final long MAX_PIXELS_OF_WEBP = 12_600_000;

    /** Widths of the pictures that are made, in points; a narrower original keeps its own width. */
    static final List<Integer> WIDTHS = List.of(480, 960, 1600);

    /** A picture is at most this many times as high as wide allowed, so that a strip does not become a tower. */
    private static final int TALLEST = 2;

    private static final int DECODED_BYTES = 40_000_000;
    private static final int MAX_SCANS = 100;
    private static final float QUALITY = 0.82f;
    private static final Logger LOG = LoggerFactory.getLogger(PhotoEncoder.class);

    private final boolean makesWebp;
    private final Semaphore atWork = new Semaphore(1, true);

    /**
     * One picture in its sizes.
     *
     * @param width  points of the largest rendition
     * @param height points of the largest rendition
     * @param renditions smallest first, widths differ
     */
    public record Encoded(int width, int height, List<Rendition> renditions) {}

    /** @param webp the same as WebP; empty where this machine has no encoder for it */
    public record Rendition(int width, int height, byte[] jpeg, byte[] webp) {}

    PhotoEncoder() {
        ImageIO.setUseCache(false);
        keepForeignBytesFromNativeCode();
        this.makesWebp = makesWebp();
    }

    /** The library that writes WebP also reads it, in C; what comes from outside is read by the one in Java alone. */
    private static void keepForeignBytesFromNativeCode() {
        var registry = IIORegistry.getDefaultInstance();
        var reader = registry.getServiceProviderByClass(WebPImageReaderSpi.class);
        if (reader != null) {
            registry.deregisterServiceProvider(reader, ImageReaderSpi.class);
        }
    }

    /** The encoder is native and comes for Linux, macOS and Windows on the usual processors. */
    private static boolean makesWebp() {
        try {
            return webp(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)).length > 0;
        } catch (IOException | RuntimeException | LinkageError missing) {
            LOG.warn("no WebP on this machine, photos are JPEG only: {}", missing.toString());
            return false;
        }
    }

    /** Throws {@link Refused} with the sentence for whoever uploaded it. */
    Encoded encode(byte[] upload) {
        return encode(upload.length, () -> upload);
    }

    /**
     * The same. Uploads wait for their turn outside of memory: many at once must not fill it.
     *
     * @param bytes length of the upload, before it is read
     */
    public Encoded encode(long bytes, Supplier<byte[]> upload) {
        if (bytes > MAX_BYTES) {
            throw no("photo.too-large", MAX_BYTES / 1024 / 1024);
        }
        atWork.acquireUninterruptibly();
        try {
            return encodeNow(upload.get());
        } finally {
            atWork.release();
        }
    }

    private Encoded encodeNow(byte[] upload) {
        var kind = PhotoKind.of(upload);
        if (kind == PhotoKind.HEIC) {
            throw no("photo.heic");
        } else if (kind == PhotoKind.OTHER) {
            throw no("photo.not-a-picture");
        } else if (!kind.isComplete(upload, MAX_SCANS) || kind.hasEndlessProfile(upload)) {
            throw no("photo.damaged");
        }
        try {
            return renditions(upright(decode(kind, upload), orientation(kind, upload)));
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof Refused refused) {
                throw refused;
            } else {
                LOG.debug(
                        "photo unreadable kind={} bytes={} reason={}",
                        kind,
                        upload.length,
                        broken.getClass().getSimpleName());
                throw no("photo.damaged");
            }
        }
    }

    private static BufferedImage decode(PhotoKind kind, byte[] upload) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(kind.format()).next();
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(upload))) {
            reader.setInput(input, true, true);
            checkSize(kind, reader.getWidth(0), reader.getHeight(0));
            return onWhite(reader.read(0, withGaps(reader)));
        } finally {
            reader.dispose();
        }
    }

    private static void checkSize(PhotoKind kind, long width, long height) {
        var most = kind == PhotoKind.WEBP ? MAX_PIXELS_OF_WEBP : MAX_PIXELS;
        if (width * height > most) {
            throw no("photo.too-many-pixels", width, height, most / 1_000_000);
        }
    }

    /** Reads every n-th point of a picture that would not fit {@link #DECODED_BYTES} whole. */
    private static ImageReadParam withGaps(ImageReader reader) throws IOException {
        var param = reader.getDefaultReadParam();
        var types = new ArrayList<ImageTypeSpecifier>();
        reader.getImageTypes(0).forEachRemaining(types::add);
        types.stream().filter(PhotoEncoder::isOrdinary).findFirst().ifPresent(param::setDestinationType);
        var raw = reader.getRawImageType(0);
        long pointBytes = Stream.concat(types.stream(), Stream.ofNullable(raw))
                .mapToLong(PhotoEncoder::bytesOfPoint)
                .max()
                .orElse(8);
        long points = (long) reader.getWidth(0) * reader.getHeight(0);
        int gap = 1;
        while (points * pointBytes / ((long) gap * gap) > DECODED_BYTES) {
            gap++;
        }
        param.setSourceSubsampling(gap, gap, 0, 0);
        return param;
    }

    private static boolean isOrdinary(ImageTypeSpecifier type) {
        return type.getColorModel().getColorSpace().isCS_sRGB()
                && type.getSampleModel().getDataType() == DataBuffer.TYPE_BYTE;
    }

    private static long bytesOfPoint(ImageTypeSpecifier type) {
        var samples = type.getSampleModel();
        return (long) samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType()) / 8;
    }

    private static BufferedImage onWhite(BufferedImage picture) {
        var plain = !picture.getColorModel().hasAlpha()
                && picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_RGB
                && picture.getColorModel().getColorSpace().isCS_sRGB();
        if (plain && picture.getType() != BufferedImage.TYPE_CUSTOM) {
            return picture;
        } else if (picture.getColorModel() instanceof ComponentColorModel
                && picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return greyOnWhite(picture);
        } else {
            var paper = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            var pen = paper.createGraphics();
            pen.drawImage(picture, 0, 0, Color.WHITE, null);
            pen.dispose();
            return paper;
        }
    }

    /** The JDK takes grey for linear light and would brighten it where it has transparency or 16 bits. */
    private static BufferedImage greyOnWhite(BufferedImage picture) {
        var paper = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        var points = picture.getRaster();
        int shift = points.getSampleModel().getSampleSize(0) - 8;
        int width = picture.getWidth();
        var grey = new int[width];
        var cover = new int[width];
        Arrays.fill(cover, 255 << shift);
        for (int y = 0; y < picture.getHeight(); y++) {
            points.getSamples(0, y, width, 1, 0, grey);
            if (points.getNumBands() > 1) {
                points.getSamples(0, y, width, 1, 1, cover);
            }
            for (int x = 0; x < width; x++) {
                int covers = cover[x] >> shift;
                int value = ((grey[x] >> shift) * covers + 255 * (255 - covers)) / 255;
                paper.setRGB(x, y, value << 16 | value << 8 | value);
            }
        }
        return paper;
    }

    /** Fits the picture to the largest size first, so that turning it costs little; the camera's turn is done once. */
    private static BufferedImage upright(BufferedImage picture, int orientation) {
        var lies = orientation >= 5;
        var largest = WIDTHS.getLast();
        var fitted = lies
                ? fit(picture, new Rectangle(largest * TALLEST, largest))
                : fit(picture, new Rectangle(largest, largest * TALLEST));
        if (orientation <= 1 || orientation > 8) {
            return fitted;
        } else {
            int w = fitted.getWidth();
            int h = fitted.getHeight();
            var turned = new BufferedImage(lies ? h : w, lies ? w : h, BufferedImage.TYPE_INT_RGB);
            var pen = turned.createGraphics();
            pen.drawImage(fitted, turn(orientation, w, h), null);
            pen.dispose();
            return turned;
        }
    }

    /** EXIF 2.32, tag 0x0112: where the first row and column of the stored picture belong. */
    private static AffineTransform turn(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    private Encoded renditions(BufferedImage picture) throws IOException {
        var renditions = new ArrayList<Rendition>();
        var smaller = picture;
        renditions.add(rendition(picture));
        for (var width : WIDTHS.reversed()) {
            if (width < smaller.getWidth()) {
                smaller = fit(smaller, new Rectangle(width, width * TALLEST));
                renditions.addFirst(rendition(smaller));
            }
        }
        return new Encoded(picture.getWidth(), picture.getHeight(), List.copyOf(renditions));
    }

    private Rendition rendition(BufferedImage picture) throws IOException {
        return new Rendition(
                picture.getWidth(), picture.getHeight(), jpeg(picture), makesWebp ? webp(picture) : new byte[0]);
    }

    /** Never larger than it is. */
    private static BufferedImage fit(BufferedImage picture, Rectangle box) {
        var scale = Math.min((double) box.width / picture.getWidth(), (double) box.height / picture.getHeight());
        int width = scale < 1 ? Math.clamp(Math.round(picture.getWidth() * scale), 1, box.width) : picture.getWidth();
        int height =
                scale < 1 ? Math.clamp(Math.round(picture.getHeight() * scale), 1, box.height) : picture.getHeight();
        var fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        if (scale < 1) {
            Resizers.PROGRESSIVE.resize(picture, fitted);
        } else {
            var pen = fitted.createGraphics();
            pen.drawImage(picture, 0, 0, null);
            pen.dispose();
        }
        return fitted;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return written(picture, writer, param);
    }

    private static byte[] webp(BufferedImage picture) throws IOException {
        var writer = ImageIO.getImageWritersByMIMEType("image/webp").next();
        var param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("Lossy");
        param.setCompressionQuality(QUALITY);
        return written(picture, writer, param);
    }

    private static byte[] written(BufferedImage picture, ImageWriter writer, ImageWriteParam param) throws IOException {
        var bytes = new ByteArrayOutputStream(200_000);
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** How the camera was held, 1 to 8; 1 where the file does not say. */
    private static int orientation(PhotoKind kind, byte[] upload) {
        var metadata = new Metadata();
        for (var exif : kind.exif(upload)) {
            RandomAccessReader reader = new ByteArrayReader(exif);
            new ExifReader().extract(reader, metadata);
        }
        return metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
                .map(directory -> directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
                .filter(value -> value != null && value >= 1 && value <= 8)
                .findFirst()
                .orElse(1);
    }

    private static Refused no(String key, Object... args) {
        return new Refused(Refusal.of(key, args));
    }
}
