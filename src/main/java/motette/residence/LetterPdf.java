package motette.residence;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Pdf;
import motette.shared.QrCodes;
import motette.shared.Texts;

/**
 * Letters with codes as one PDF for the printer: A4, the address where a window envelope shows it (DIN 5008 form B), tagged
 * for screen readers (PDF/UA). In German with a part in plain language, and a hint in English.
 */
@Singleton
class LetterPdf {

    private final Pdf pdf;
    private final Texts texts;
    private final CityPack city;

    LetterPdf(Pdf pdf, Texts texts, CityPack city) {
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
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
        return pdf.of("residence/letter", sheets);
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
