package motette.votes;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.List;
import motette.places.CityPack;
import motette.shared.Described;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Pdf;
import motette.shared.QrCodes;
import motette.shared.Texts;
import motette.shared.Time;

/** Ballot papers as one PDF for the printer: A4, large print, tagged for screen readers (PDF/UA). In plain German. */
@Singleton
class SheetPdf {

    /** Characters of a description that a paper has room for. */
    private static final int ROOM = 160;

    private final Pdf pdf;
    private final Texts texts;
    private final CityPack city;

    SheetPdf(Pdf pdf, Texts texts, CityPack city) {
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
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
                                Described.beginning(candidate.description(), ROOM),
                                new Money(candidate.costCents()).text(german),
                                !candidate.stands()))
                        .toList(),
                printing.numbers().stream()
                        .map(number -> new Sheet(
                                number.spaced(),
                                QrCodes.png(home + "/votes/" + round.slug() + "/paper/entry#" + number.code())))
                        .toList());
        return pdf.of("votes/sheet", sheets);
    }
}
