package motette.shared;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/** A template as a PDF for the printer and for screen readers: tagged (PDF/UA), in German, its one font inside. */
@Singleton
public class Pdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Characters that XML 1.0 does not know (production 2, Char): one of them would keep the whole from being printed. */
    private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\p{Cs}\\uFFFE\\uFFFF]");

    private final TemplateEngine templates;

    Pdf(TemplateEngine templates) {
        this.templates = templates;
        // Its log would repeat parts of the text that it sets.
        XRLog.setLoggingEnabled(false);
    }

    /** @param page what the template calls {@code page}; its style sheet calls the font {@code Print} */
    public byte[] of(String template, Object page) {
        var html = templates.process(template, new Context(Languages.standard(), Map.of("page", page)));
        try (var out = new ByteArrayOutputStream()) {
            new PdfRendererBuilder()
                    .usePdfUaAccessibility(true)
                    .useFont(
                            () -> Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT),
                            "Print",
                            400,
                            FontStyle.NORMAL,
                            true)
                    .withHtmlContent(NO_XML.matcher(html).replaceAll(" "), null)
                    .withProducer("Motette")
                    .toStream(out)
                    .run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
