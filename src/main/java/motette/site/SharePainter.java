package motette.site;

import jakarta.inject.Singleton;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import motette.places.Patterns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the picture that stands beside a shared address: on one side the words, on the other the photo or the outline of the
 * place. Its font comes with the application and has the scripts of all our languages, so that every machine draws the same.
 */
@Singleton
class SharePainter {

    /** As the Open Graph protocol's readers show it whole. */
    static final int WIDTH = 1200;

    static final int HEIGHT = 630;

    /** Part of every address, so that a picture drawn otherwise is a new one. */
    static final String HAND = "1";

    private static final int PICTURE_X = 700;
    private static final int PICTURE_WIDTH = WIDTH - PICTURE_X;
    private static final int MARGIN = 64;
    private static final int TEXT_WIDTH = PICTURE_X - 2 * MARGIN;
    private static final int TITLE_TOP = 178;
    private static final int TITLE_HEIGHT = 300;
    private static final float QUALITY = .92f;
    private static final Color INK = Oklch.of(25, .015, 75);
    private static final Color INK_SOFT = Oklch.of(45, .018, 75);
    private static final Color GROUND = Oklch.of(98, .01, 85);
    private static final Logger LOG = LoggerFactory.getLogger(SharePainter.class);

    private final Optional<Fonts> fonts = fonts();

    private record Fonts(Font plain, Font bold) {}

    /**
     * @param place   small line above the title; empty where there is none
     * @param badge   words below it, in a frame of the tone; empty where there are none
     * @param photo   JPEG of ours; empty for the outline
     * @param outline of the place; empty only for a place the city pack does not know
     */
    record Sheet(
            String place,
            String title,
            String badge,
            String tone,
            Optional<byte[]> photo,
            Optional<Patterns.Pattern> outline) {}

    /** Where the machine lacks what the JDK needs for any font (on Linux libfontconfig), pages do without such pictures. */
    boolean isReady() {
        return fonts.isPresent();
    }

    /** Of the box that outlines are asked for. */
    static int outlineWidth() {
        return PICTURE_WIDTH;
    }

    /** As JPEG. */
    byte[] paint(Sheet sheet) {
        var hand = fonts.orElseThrow(() -> new IllegalStateException("no fonts"));
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        try {
            SvgDrawing.smooth(pen);
            pen.setColor(GROUND);
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            drawPicture(pen, sheet);
            SvgDrawing.of(SvgDrawing.read("site/wordmark.svg")).draw(pen, MARGIN - 4, 56, 228, 54);
            drawWords(pen, hand, sheet);
            return jpeg(picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pen.dispose();
        }
    }

    private static void drawPicture(Graphics2D pen, Sheet sheet) throws IOException {
        var part = (Graphics2D) pen.create(PICTURE_X, 0, PICTURE_WIDTH, HEIGHT);
        try {
            if (sheet.photo().isPresent()) {
                var photo = ImageIO.read(new ByteArrayInputStream(sheet.photo().get()));
                var scale = Math.max((double) PICTURE_WIDTH / photo.getWidth(), (double) HEIGHT / photo.getHeight());
                int width = (int) Math.ceil(photo.getWidth() * scale);
                int height = (int) Math.ceil(photo.getHeight() * scale);
                part.drawImage(photo, (PICTURE_WIDTH - width) / 2, (HEIGHT - height) / 2, width, height, null);
            } else {
                SvgDrawing.of(outline(sheet)).draw(part, 0, 0, PICTURE_WIDTH, HEIGHT);
            }
        } finally {
            part.dispose();
        }
    }

    private static String outline(Sheet sheet) {
        var paths = sheet.outline().orElse(new Patterns.Pattern("", ""));
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">
            <rect width="%d" height="%d" fill="%s"/>
            <path fill="none" stroke="%s" stroke-width="2.5" stroke-linejoin="round" d="%s"/>
            <path fill="%s" fill-opacity=".82" stroke="%s" stroke-width="4" stroke-linejoin="round" d="%s"/>
            </svg>\
            """.formatted(
                        PICTURE_WIDTH,
                        HEIGHT,
                        PICTURE_WIDTH,
                        HEIGHT,
                        Oklch.hex(Oklch.tone(sheet.tone(), 94, .38)),
                        Oklch.hex(Oklch.tone(sheet.tone(), 80, .6)),
                        paths.around().isEmpty() ? "M0 0" : paths.around(),
                        Oklch.hex(Oklch.tone(sheet.tone(), 78, .8)),
                        Oklch.hex(Oklch.tone(sheet.tone(), 48, 1)),
                        paths.outline().isEmpty() ? "M0 0" : paths.outline());
    }

    private static void drawWords(Graphics2D pen, Fonts fonts, Sheet sheet) {
        if (!sheet.place().isBlank()) {
            pen.setColor(INK_SOFT);
            draw(pen, lines(pen, sheet.place(), fonts.plain().deriveFont(27f), 1), TITLE_TOP);
        }
        pen.setColor(INK);
        var title = title(pen, sheet.title(), fonts.bold());
        draw(pen, title, TITLE_TOP + (sheet.place().isBlank() ? 0 : 50));
        if (!sheet.badge().isBlank()) {
            var badge =
                    lines(pen, sheet.badge(), fonts.bold().deriveFont(26f), 1).getFirst();
            var width = badge.getAdvance() + 52;
            var x = badge.isLeftToRight() ? MARGIN : MARGIN + TEXT_WIDTH - width;
            pen.setColor(Oklch.tone(sheet.tone(), 93, .42));
            pen.fill(new RoundRectangle2D.Float(x, HEIGHT - 126, width, 58, 58, 58));
            pen.setColor(Oklch.tone(sheet.tone(), 38, 1));
            badge.draw(pen, x + 26, HEIGHT - 88);
        }
    }

    /** As large as fits without breaking a word; the smallest size breaks what it must. */
    private static List<TextLayout> title(Graphics2D pen, String title, Font bold) {
        for (float size = 66; size > 40; size -= 2) {
            var font = bold.deriveFont(size);
            var lines = lines(pen, title, font, Integer.MAX_VALUE);
            if (breaksNoWord(pen, title, font) && height(lines) <= TITLE_HEIGHT) {
                return lines;
            }
        }
        return lines(pen, title, bold.deriveFont(40f), 6);
    }

    private static boolean breaksNoWord(Graphics2D pen, String title, Font font) {
        return title.lines()
                .flatMap(line -> List.of(line.split("(?<=[\\s-])")).stream())
                .allMatch(word -> font.getStringBounds(word.strip(), pen.getFontRenderContext())
                                .getWidth()
                        <= TEXT_WIDTH);
    }

    private static List<TextLayout> lines(Graphics2D pen, String text, Font font, int most) {
        var shown = printable(text, font);
        var styled = new AttributedString(shown.isBlank() ? "…" : shown, Map.of(TextAttribute.FONT, font));
        var measurer = new LineBreakMeasurer(styled.getIterator(), new FontRenderContext(null, true, true));
        int end = styled.getIterator().getEndIndex();
        var lines = new ArrayList<TextLayout>();
        while (measurer.getPosition() < end && lines.size() < most) {
            lines.add(measurer.nextLayout(TEXT_WIDTH));
        }
        return lines;
    }

    /** Without signs that the font lacks, emoji for example: no boxes. */
    private static String printable(String text, Font font) {
        return text.codePoints()
                .filter(sign -> font.canDisplay(sign))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
    }

    private static float height(List<TextLayout> lines) {
        return (float) lines.stream().mapToDouble(SharePainter::advance).sum();
    }

    private static float advance(TextLayout line) {
        return (line.getAscent() + line.getDescent()) * 1.06f;
    }

    /** Lines of a script from right to left stand at the right. */
    private static void draw(Graphics2D pen, List<TextLayout> lines, float top) {
        float y = top;
        for (var line : lines) {
            line.draw(
                    pen, line.isLeftToRight() ? MARGIN : MARGIN + TEXT_WIDTH - line.getAdvance(), y + line.getAscent());
            y += advance(line);
        }
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream(120_000);
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Optional<Fonts> fonts() {
        try {
            var fonts = new Fonts(font("DejaVuSans.ttf"), font("DejaVuSans-Bold.ttf"));
            new TextLayout("Aa", fonts.bold(), new FontRenderContext(null, true, true)).getAdvance();
            return Optional.of(fonts);
        } catch (IOException | FontFormatException | RuntimeException | LinkageError | InternalError missing) {
            LOG.warn("no pictures for shared addresses, fonts cannot be drawn here: {}", missing.toString());
            return Optional.empty();
        }
    }

    private static Font font(String file) throws IOException, FontFormatException {
        try (var stream = SharePainter.class.getResourceAsStream("/net/sf/jasperreports/fonts/dejavu/" + file)) {
            return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(stream, file));
        }
    }
}
