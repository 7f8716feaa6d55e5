package motette.votes;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import motette.places.CityPack;
import motette.residence.QrCodes;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;
import motette.shared.Time;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/** Ballot papers as one PDF for the printer: A4, large print, tagged for screen readers (PDF/UA). In plain German. */
@Singleton
class SheetPdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Characters that XML 1.0 does not know (production 2, Char). */
    private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\p{Cs}\\uFFFE\\uFFFF]");

    private final TemplateEngine templates;
    private final Texts texts;
    private final CityPack city;

    SheetPdf(TemplateEngine templates, Texts texts, CityPack city) {
        this.templates = templates;
        this.texts = texts;
        this.city = city;
        XRLog.setLoggingEnabled(false);
    }

    /** @param withdrawn whether it can no longer be chosen; then it is marked and has no box */
    @Introspected
    record Line(int number, String title, String text, String price, boolean withdrawn) {}

    /** @param how key of the sentence that says how to fill it in */
    @Introspected
    record Sheets(
            String title,
            String sender,
            String round,
            String district,
            String how,
            int most,
            String money,
            String until,
            List<Line> lines,
            List<Sheet> sheets) {}

    @Introspected
    record Sheet(String number, String qr) {}

    /** @param home address of the site without a slash at its end */
    byte[] make(Papers.Printing printing, List<Candidate> candidates, String home) {
        var german = Languages.standard();
        var round = printing.round();
        var batch = printing.batch();
        var district = round.district(batch.districtKey()).orElseThrow();
        var sheets = new Sheets(
                texts.get(german, "votes.paper.pdf.title", round.title(), district.name()),
                city.said("operator", "name") + ", " + city.said("operator", "office"),
                round.title(),
                district.name(),
                round.form().key(),
                round.most(),
                new Money(district.budgetCents()).text(german),
                texts.get(german, "votes.paper.pdf.until", LocalDateTime.ofInstant(round.closesAt(), Time.ZONE)),
                candidates.stream()
                        .filter(candidate -> candidate.districtKey().equals(batch.districtKey()))
                        .map(candidate -> new Line(
                                candidate.number(),
                                candidate.title(),
                                shortened(candidate.description()),
                                new Money(candidate.costCents()).text(german),
                                !candidate.stands()))
                        .toList(),
                printing.numbers().stream()
                        .map(number -> new Sheet(
                                number.spaced(),
                                QrCodes.png(home + "/votes/" + round.slug() + "/paper/entry#" + number.code())))
                        .toList());
        var html = templates.process("votes/sheet", new Context(german, Map.of("page", sheets)));
        try (var out = new ByteArrayOutputStream()) {
            new PdfRendererBuilder()
                    .usePdfUaAccessibility(true)
                    .useFont(
                            () -> Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT),
                            "Sheet",
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

    /** As much of a description as a paper has room for, cut between words. */
    private static String shortened(String text) {
        int longest = 160;
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.length() <= longest) {
            return line;
        } else {
            int gap = line.lastIndexOf(' ', longest);
            return line.substring(0, gap > 0 ? gap : longest) + " …";
        }
    }
}
