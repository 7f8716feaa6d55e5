package motette.site;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A drawing of ours, never of anybody else, that is turned into points. */
final class SvgDrawing {

    private final SVGDocument document;

    private SvgDrawing(@Nullable SVGDocument document) {
        this.document = Objects.requireNonNull(document, "no SVG");
    }

    static SvgDrawing of(String svg) {
        return new SvgDrawing(new SVGLoader()
                .load(
                        new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault()));
    }

    /** A file below {@code web/}. */
    static SvgDrawing ofFile(String path) {
        return of(read(path));
    }

    static String read(String path) {
        try (var file = SvgDrawing.class.getResourceAsStream("/assets/" + path)) {
            return new String(Objects.requireNonNull(file, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void draw(Graphics2D pen, float x, float y, float width, float height) {
        smooth(pen);
        document.render((java.awt.Component) null, pen, new ViewBox(x, y, width, height));
    }

    /** A square picture, transparent where nothing is drawn. */
    byte[] png(int points) {
        var picture = new BufferedImage(points, points, BufferedImage.TYPE_INT_ARGB);
        var pen = picture.createGraphics();
        draw(pen, 0, 0, points, points);
        pen.dispose();
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void smooth(Graphics2D pen) {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    }
}
