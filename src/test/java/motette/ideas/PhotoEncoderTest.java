package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import motette.ideas.PhotoEncoder.Encoded;
import motette.ideas.PhotoEncoder.Rendition;
import motette.shared.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoEncoderTest {

    private final PhotoEncoder encoder = new PhotoEncoder();

    @ParameterizedTest
    @CsvSource({
        "2000, 1500, '480x360 960x720 1600x1200'",
        "1600, 1200, '480x360 960x720 1600x1200'",
        "1500, 2000, '480x640 960x1280 1500x2000'",
        "700, 500, '480x343 700x500'",
        "300, 200, '300x200'",
        "1, 1, '1x1'",
        "500, 20000, '80x3200'",
    })
    void a_picture_comes_in_three_sizes_and_is_never_made_larger(int width, int height, String sizes) {
        assertThat(encoder.encode(Pictures.jpeg(width, height)).renditions())
                .extracting(rendition -> rendition.width() + "x" + rendition.height())
                .containsExactly(sizes.split(" "));
    }

    @Test
    void every_rendition_is_what_it_says() {
        for (var rendition : encoder.encode(Pictures.png(2000, 1000)).renditions()) {
            var picture = Pictures.read(rendition.jpeg());
            assertThat(picture.getWidth()).isEqualTo(rendition.width());
            assertThat(picture.getHeight()).isEqualTo(rendition.height());
            assertThat(PhotoKind.of(rendition.jpeg())).isEqualTo(PhotoKind.JPEG);
            assertLike(picture, 0.25, 0.5, Pictures.RED);
            assertLike(picture, 0.75, 0.5, Pictures.BLUE);
            var webp = Pictures.read(rendition.webp());
            assertThat(PhotoKind.of(rendition.webp())).isEqualTo(PhotoKind.WEBP);
            assertThat(webp.getWidth()).isEqualTo(rendition.width());
            assertThat(webp.getHeight()).isEqualTo(rendition.height());
            assertLike(webp, 0.25, 0.5, Pictures.RED);
            assertLike(webp, 0.75, 0.5, Pictures.BLUE);
        }
    }

    @Test
    void what_comes_from_outside_is_read_in_java_alone() {
        assertThat(ImageIO.getImageReadersByMIMEType("image/webp"))
                .toIterable()
                .isNotEmpty()
                .allSatisfy(reader -> assertThat(reader.getClass().getName()).startsWith("com.twelvemonkeys."));
    }

    @Test
    void webp_holds_the_picture_and_nothing_else() throws Exception {
        var photo = Pictures.withExif(Pictures.jpeg(1000, 800), 1);
        for (var rendition : encoder.encode(photo).renditions()) {
            assertThat(new String(rendition.webp(), 0, 16, StandardCharsets.ISO_8859_1))
                    .startsWith("RIFF")
                    .endsWith("VP8 ");
            var after = ImageMetadataReader.readMetadata(new ByteArrayInputStream(rendition.webp()));
            assertThat(after.getDirectories()).extracting(Directory::getName).containsOnly("WebP", "File Type");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, left", "2, right", "3, right", "4, left", "5, top", "6, top", "7, bottom", "8, bottom"})
    void a_photo_stands_as_the_camera_was_held(int orientation, String redSide) {
        var encoded = encoder.encode(Pictures.withExif(Pictures.jpeg(2000, 1200), orientation));
        var picture = largest(encoded);
        var lies = orientation >= 5;
        assertThat(picture.getWidth() < picture.getHeight()).isEqualTo(lies);
        assertThat(encoded.width()).isEqualTo(lies ? 1200 : 1600);
        assertThat(encoded.height()).isEqualTo(lies ? 2000 : 960);
        double x = redSide.equals("left") ? 0.1 : redSide.equals("right") ? 0.9 : 0.5;
        double y = redSide.equals("top") ? 0.1 : redSide.equals("bottom") ? 0.9 : 0.5;
        assertLike(picture, x, y, Pictures.RED);
        assertLike(picture, 1 - x, 1 - y, Pictures.BLUE);
    }

    /** The eighth part of the picture that is green must come to stand in another corner for each orientation. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"})
    void no_orientation_is_mistaken_for_its_mirror(int orientation, int x, int y) {
        var marked = Pictures.picture(800, 400, BufferedImage.TYPE_3BYTE_BGR);
        var pen = marked.createGraphics();
        pen.setColor(Color.GREEN);
        pen.fillRect(0, 0, 100, 100);
        pen.dispose();
        var picture = largest(encoder.encode(Pictures.withExif(Pictures.file(marked, "jpeg"), orientation)));
        assertLike(picture, 0.05 + 0.9 * x, 0.05 + 0.9 * y, Color.GREEN);
    }

    @Test
    void place_camera_and_every_other_word_about_the_photo_are_gone() throws Exception {
        var photo = Pictures.withExif(Pictures.jpeg(1000, 800), 1);
        var before = ImageMetadataReader.readMetadata(new ByteArrayInputStream(photo));
        assertThat(before.getFirstDirectoryOfType(GpsDirectory.class)
                        .getGeoLocation()
                        .getLatitude())
                .isBetween(51.33, 51.35);
        for (var rendition : encoder.encode(photo).renditions()) {
            var after = ImageMetadataReader.readMetadata(new ByteArrayInputStream(rendition.jpeg()));
            assertThat(after.getDirectoriesOfType(ExifDirectoryBase.class)).isEmpty();
            assertThat(after.getDirectoriesOfType(GpsDirectory.class)).isEmpty();
            assertThat(after.getDirectories())
                    .extracting(Directory::getName)
                    .containsOnly("JPEG", "JFIF", "Huffman", "File Type");
        }
    }

    @Test
    void what_hangs_behind_or_inside_a_photo_stays_behind() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("inside.txt"));
            entries.write("SMUGGLED".getBytes(StandardCharsets.UTF_8));
        }
        var polyglot = new ByteArrayOutputStream();
        var photo = Pictures.jpeg(600, 400);
        var comment = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        polyglot.write(photo, 0, 2);
        polyglot.write(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (comment.length + 2)});
        polyglot.write(comment);
        polyglot.write(photo, 2, photo.length - 2);
        polyglot.write("<html><script>alert(2)</script>".getBytes(StandardCharsets.UTF_8));
        polyglot.write(zip.toByteArray());
        for (var rendition : encoder.encode(polyglot.toByteArray()).renditions()) {
            var text = new String(rendition.jpeg(), StandardCharsets.ISO_8859_1);
            assertThat(text)
                    .doesNotContain("script", "PK\u0003\u0004", "inside.txt")
                    .endsWith("\u00ff\u00d9");
        }
    }

    @Test
    void what_is_transparent_becomes_white() {
        var seeThrough = new BufferedImage(400, 300, BufferedImage.TYPE_INT_ARGB);
        var pen = seeThrough.createGraphics();
        pen.setColor(Pictures.RED);
        pen.fillRect(0, 0, 200, 300);
        pen.dispose();
        var picture = largest(encoder.encode(Pictures.file(seeThrough, "png")));
        assertLike(picture, 0.25, 0.5, Pictures.RED);
        assertLike(picture, 0.75, 0.5, Color.WHITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY})
    void indexed_and_black_and_white_pictures_are_pictures(int type) {
        var source = Pictures.picture(900, 600, type);
        var picture = largest(encoder.encode(Pictures.file(source, "png")));
        assertThat(picture.getWidth()).isEqualTo(900);
        assertLike(picture, 0.25, 0.5, new Color(source.getRGB(225, 300)));
    }

    /** Sample values are what a browser shows; the JDK would take them for linear light and brighten them. */
    @Test
    void grey_stays_as_dark_as_it_is() {
        for (var type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            var source = new BufferedImage(600, 400, type);
            fill(source, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 85 : 85 << 8);
            assertLike(largest(encoder.encode(Pictures.file(source, "png"))), 0.5, 0.5, new Color(85, 85, 85));
        }
        var source = new BufferedImage(600, 400, BufferedImage.TYPE_BYTE_GRAY);
        fill(source, 0, 85);
        assertLike(largest(encoder.encode(Pictures.file(source, "jpeg"))), 0.5, 0.5, new Color(85, 85, 85));
    }

    @Test
    void grey_and_half_transparent_is_half_white() {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        var source = new BufferedImage(model, model.createCompatibleWritableRaster(600, 400), false, null);
        fill(source, 0, 85);
        fill(source, 1, 128);
        assertLike(largest(encoder.encode(Pictures.file(source, "png"))), 0.5, 0.5, new Color(170, 170, 170));
    }

    private static void fill(BufferedImage picture, int band, int value) {
        var samples = new int[picture.getWidth() * picture.getHeight()];
        Arrays.fill(samples, value);
        picture.getRaster().setSamples(0, 0, picture.getWidth(), picture.getHeight(), band, samples);
    }

    @Test
    void a_picture_for_printing_is_a_picture() throws IOException {
        var picture = largest(encoder.encode(cmyk(900, 600)));
        var ink = new Color(picture.getRGB(450, 300));
        assertThat(ink.getBlue()).as("cyan on paper").isGreaterThan(ink.getRed() + 60);
    }

    @Test
    void a_webp_is_a_picture() {
        var picture = largest(encoder.encode(Pictures.webp()));
        assertThat(picture.getWidth()).isEqualTo(64);
        assertLike(picture, 0.25, 0.5, Pictures.RED);
        assertLike(picture, 0.75, 0.5, Pictures.BLUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg is my name, but I am a text",
                "",
                "GIF89a",
                "%PDF-1.7",
                "<svg xmlns='http://www.w3.org/2000/svg'/>"
            })
    void what_is_no_picture_is_refused_whatever_its_name(String content) {
        assertRefused(content.getBytes(StandardCharsets.UTF_8), "photo.not-a-picture");
    }

    @Test
    void an_iphones_own_format_is_refused_with_the_way_out() {
        assertRefused("\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1), "photo.heic");
    }

    @Test
    void fifty_megabytes_are_refused_unread() {
        assertRefused(Arrays.copyOf(Pictures.jpeg(100, 100), 50 * 1024 * 1024), "photo.too-large");
    }

    @Test
    void a_tiny_file_that_claims_to_be_huge_is_refused_before_it_is_unpacked() {
        assertRefused(Pictures.emptyPng(50_000, 50_000), "photo.too-many-pixels");
        assertRefused(Pictures.emptyPng(Integer.MAX_VALUE, Integer.MAX_VALUE), "photo.too-many-pixels");
        assertRefused(claiming(Pictures.jpeg(64, 64), 50_000, 50_000), "photo.too-many-pixels");
    }

    @Test
    void a_cut_photo_is_refused_and_not_shown_with_a_grey_half() {
        var jpeg = Pictures.jpeg(1200, 900);
        var png = Pictures.png(1200, 900);
        var webp = Pictures.webp();
        for (var percent : new int[] {1, 10, 50, 90, 99}) {
            assertRefused(Arrays.copyOf(jpeg, Math.max(20, jpeg.length * percent / 100)), "photo.damaged");
            assertRefused(Arrays.copyOf(png, Math.max(20, png.length * percent / 100)), "photo.damaged");
            assertRefused(Arrays.copyOf(webp, Math.max(20, webp.length * percent / 100)), "photo.damaged");
        }
    }

    @Test
    void a_webp_whose_chunk_says_it_is_longer_than_the_file_is_refused() {
        var webp = Pictures.webp();
        for (int i = 16; i < 20; i++) {
            webp[i] = (byte) (i == 19 ? 0x7f : 0xff);
        }
        assertRefused(webp, "photo.damaged");
    }

    @Test
    void a_colour_profile_that_says_it_takes_two_gigabytes_is_refused_before_anybody_asks_for_them() {
        assertThat(encoder.encode(Pictures.withProfile(Pictures.jpeg(64, 64), profile(0)))
                        .renditions())
                .isNotEmpty();
        assertRefused(Pictures.withProfile(Pictures.jpeg(64, 64), profile(Integer.MAX_VALUE)), "photo.damaged");
        var webp = Pictures.webp();
        assertThat(new String(webp, 30, 4, StandardCharsets.US_ASCII)).isEqualTo("ICCP");
        webp[38] = 0x7f;
        assertRefused(webp, "photo.damaged");
    }

    /** Colours as on every screen; the profile says it has so many bytes, or the truth. */
    private static byte[] profile(int bytes) {
        var profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        if (bytes > 0) {
            ByteBuffer.wrap(profile).putInt(bytes);
        }
        return profile;
    }

    @Test
    void a_damaged_photo_is_a_sentence_and_never_a_fault() {
        var random = new Random(7);
        for (var whole :
                new byte[][] {Pictures.withExif(Pictures.jpeg(300, 200), 6), Pictures.png(300, 200), Pictures.webp()}) {
            for (int i = 0; i < 60; i++) {
                var damaged = whole.clone();
                for (int j = 0; j < 12; j++) {
                    damaged[12 + random.nextInt(damaged.length - 12)] = (byte) random.nextInt();
                }
                try {
                    assertThat(encoder.encode(damaged).renditions()).isNotEmpty();
                } catch (Refused refused) {
                    assertThat(refused.refusal().reason().key()).startsWith("photo.");
                }
            }
        }
    }

    @Test
    void a_photo_of_endless_passes_is_refused() throws IOException {
        var photo = new ByteArrayOutputStream();
        var whole = Pictures.jpeg(100, 100);
        photo.write(whole, 0, whole.length - 2);
        for (int i = 0; i < 5000; i++) {
            photo.write(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0});
        }
        photo.write(new byte[] {(byte) 0xFF, (byte) 0xD9});
        assertRefused(photo.toByteArray(), "photo.damaged");
    }

    @Test
    void large_photos_are_made_small_by_a_process_of_160_megabytes(@TempDir Path folder) throws Exception {
        var photo = folder.resolve("large.jpg");
        Files.write(photo, Pictures.jpeg(8000, 6000));
        var small = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallProcess.class.getName(),
                        photo.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(small.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("1600x1200", "done");
        try (var left = Files.walk(folder.resolve("tmp"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().contains("hsperfdata")))
                    .isEmpty();
        }
    }

    /** Two at a time, as the portal does. */
    static final class SmallProcess {

        private SmallProcess() {}

        public static void main(String[] args) throws Exception {
            var encoder = new PhotoEncoder();
            var file = Files.readAllBytes(Path.of(args[0]));
            var threads = new Thread[3];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    Encoded encoded = encoder.encode(file);
                    System.out.println(encoded.width() + "x" + encoded.height());
                });
                threads[i].start();
            }
            for (var thread : threads) {
                thread.join();
            }
            System.out.println("done");
        }
    }

    private void assertRefused(byte[] upload, String key) {
        assertThatThrownBy(() -> encoder.encode(upload))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().reason().key()).isEqualTo(key));
    }

    private static BufferedImage largest(Encoded encoded) {
        Rendition rendition = encoded.renditions().getLast();
        return Pictures.read(rendition.jpeg());
    }

    private static void assertLike(BufferedImage picture, double x, double y, Color wanted) {
        var found = new Color(picture.getRGB((int) (x * picture.getWidth()), (int) (y * picture.getHeight())));
        assertThat(Math.abs(found.getRed() - wanted.getRed())
                        + Math.abs(found.getGreen() - wanted.getGreen())
                        + Math.abs(found.getBlue() - wanted.getBlue()))
                .as("%s at %s, %s, wanted %s", found, x, y, wanted)
                .isLessThan(40);
    }

    /** Cyan as printers write it: four inks, inverted, with Adobe's marker. */
    private static byte[] cmyk(int width, int height) throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        raster.setPixels(0, 0, width, height, inks(width * height));
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        writer.dispose();
        var jpeg = bytes.toByteArray();
        var marked = new ByteArrayOutputStream();
        marked.write(jpeg, 0, 2);
        marked.write(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0});
        marked.write(jpeg, 2, jpeg.length - 2);
        return marked.toByteArray();
    }

    private static int[] inks(int points) {
        var inks = new int[points * 4];
        for (int i = 0; i < points; i++) {
            inks[4 * i] = 0;
            inks[4 * i + 1] = 255;
            inks[4 * i + 2] = 255;
            inks[4 * i + 3] = 255;
        }
        return inks;
    }

    private static byte[] claiming(byte[] jpeg, int width, int height) {
        var claiming = jpeg.clone();
        for (int i = 2; i + 9 < jpeg.length; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                claiming[i + 5] = (byte) (height >> 8);
                claiming[i + 6] = (byte) height;
                claiming[i + 7] = (byte) (width >> 8);
                claiming[i + 8] = (byte) width;
                return claiming;
            }
        }
        throw new IllegalArgumentException("No frame header");
    }
}
