package motette.council;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Pdf;
import motette.shared.Say;
import motette.shared.Texts;

/** Minutes for the printer and for screen readers (PDF/UA), in German as they were signed. */
@Singleton
class MinutesPdf {

    private final Pdf pdf;
    private final Texts texts;
    private final CityPack city;

    MinutesPdf(Pdf pdf, Texts texts, CityPack city) {
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
    }

    @Introspected
    record Sheet(MinutesPage page, String author, Say say) {}

    byte[] make(MinutesPage page) {
        return pdf.of(
                "council/minutes-sheet",
                new Sheet(page, city.said("operator", "name"), new Say(texts, Languages.standard())));
    }
}
