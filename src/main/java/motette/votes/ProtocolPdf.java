package motette.votes;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Texts;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/** The protocol of the close on paper, with its hash and who signed; tagged for screen readers (PDF/UA). */
@Singleton
class ProtocolPdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Characters that XML 1.0 does not know (production 2, Char). */
    private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\p{Cs}\\uFFFE\\uFFFF]");

    private final TemplateEngine templates;
    private final Texts texts;
    private final CityPack city;

    ProtocolPdf(TemplateEngine templates, Texts texts, CityPack city) {
        this.templates = templates;
        this.texts = texts;
        this.city = city;
        XRLog.setLoggingEnabled(false);
    }

    /** @param signatures one line each */
    @Introspected
    record Sheet(Protocol protocol, String hash, String author, List<String> signatures) {}

    byte[] make(Protocol protocol, List<DeskRepository.Signature> signatures) {
        var german = Languages.standard();
        var lines = signatures.stream()
                .map(one -> texts.get(
                        german,
                        "votes.desk.protocol.signed",
                        texts.get(german, "people.role." + one.office()),
                        one.name(),
                        texts.get(german, "votes.desk.moment", texts.moment(german, one.at()))))
                .toList();
        var sheet = new Sheet(protocol, protocol.hex(), city.said("operator", "name"), lines);
        var html = templates.process("votes/desk/protocol", new Context(german, Map.of("page", sheet)));
        try (var out = new ByteArrayOutputStream()) {
            new PdfRendererBuilder()
                    .usePdfUaAccessibility(true)
                    .useFont(
                            () -> Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT),
                            "Letter",
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
