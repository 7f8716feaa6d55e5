package motette.votes;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.List;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Pdf;
import motette.shared.Texts;

/** The protocol of the close on paper, with its hash and who signed; tagged for screen readers (PDF/UA). */
@Singleton
class ProtocolPdf {

    private final Pdf pdf;
    private final Texts texts;
    private final CityPack city;

    ProtocolPdf(Pdf pdf, Texts texts, CityPack city) {
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
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
        return pdf.of("votes/desk/protocol", sheet);
    }
}
