package motette.residence;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Texts;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Letters with codes as one PDF for the printer: A4, the address where a window envelope shows it (DIN 5008 form B), tagged
 * for screen readers (PDF/UA). In German with a part in plain language, and a hint in English.
 */
@Singleton
class LetterPdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Characters that XML 1.0 does not know (production 2, Char): one of them would keep a whole batch from being printed. */
    private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\p{Cs}\\uFFFE\\uFFFF]");

    private final TemplateEngine templates;
    private final Texts texts;
    private final CityPack city;

    LetterPdf(TemplateEngine templates, Texts texts, CityPack city) {
        this.templates = templates;
        this.texts = texts;
        this.city = city;
        // Its log would repeat parts of the text that it sets.
        XRLog.setLoggingEnabled(false);
    }

    /** @param home address of the site without a slash at its end */
    record Letter(Card card, String quarter, Code code, String home, Instant on, Instant until) {

        /** Never in a log. */
        @Override
        public String toString() {
            return "Letter";
        }
    }

    /** What the template prints of one letter. */
    @Introspected
    record Sheet(
            List<String> address,
            String day,
            String until,
            String quarter,
            String code,
            String qr,
            String where,
            String greeting) {}

    /** @param sender name and office of the city */
    @Introspected
    record Sheets(String title, String sender, List<Sheet> letters, Map<String, String> english) {}

    byte[] make(List<Letter> letters, long batch) {
        var german = Languages.standard();
        var sheets = new Sheets(
                texts.get(german, "residence.pdf.title", String.valueOf(batch)),
                sender(),
                letters.stream().map(this::sheet).toList(),
                Map.of("text", texts.get(Locale.ENGLISH, "residence.pdf.text")));
        var html = templates.process("residence/letter", new Context(german, Map.of("page", sheets)));
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

    private Sheet sheet(Letter letter) {
        var german = Languages.standard();
        var card = letter.card();
        var where = letter.home() + "/residence/code";
        return new Sheet(
                address(card),
                texts.day(german, letter.on()),
                texts.day(german, letter.until()),
                letter.quarter(),
                letter.code().grouped(),
                QrCodes.png(where + "#" + letter.code().signs()),
                where.replaceFirst("^https?://", ""),
                card.name());
    }

    private List<String> address(Card card) {
        var lines = new ArrayList<String>();
        lines.add(card.name());
        if (!card.careOf().isEmpty()) {
            lines.add(texts.get(Languages.standard(), "residence.pdf.care-of", card.careOf()));
        }
        lines.add(card.street());
        lines.add(card.postcode() + " " + city.name());
        return lines;
    }

    private String sender() {
        var address = city.said("operator", "address");
        return city.said("operator", "name")
                + (address.isEmpty() ? ", " + city.said("operator", "office") : ", " + address);
    }
}
