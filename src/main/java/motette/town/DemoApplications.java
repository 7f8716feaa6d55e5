package motette.town;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import motette.applications.SampleApplications;
import motette.applications.SampleApplications.Sample;
import motette.places.CityPack;
import motette.places.PackImport;

/** Three applications in Ost: one half written, one with gaps named, one complete. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoApplications implements PackImport {

    private final SampleApplications applications;
    private final Clock clock;

    DemoApplications(SampleApplications applications, Clock clock) {
        this.applications = applications;
        this.clock = clock;
    }

    @Override
    public int storey() {
        return 94;
    }

    @Override
    public void importFrom(CityPack pack) {
        applications.keep(new Sample(
                Town.resident(3),
                Town.officer(),
                "draft",
                "",
                Map.of(
                        "title", "Laufgruppe für den Morgen",
                        "quarter", "22",
                        "what", "Zweimal in der Woche laufen Nachbarinnen und Nachbarn gemeinsam durch den Park.")));
        applications.keep(new Sample(
                Town.resident(13),
                Town.officer(),
                "returned",
                "Bitte nennen Sie die Kosten der Geräte einzeln.",
                fields(
                        "Gemeinsam kochen am Freitag",
                        "21",
                        "Einmal im Monat kochen Ältere und Jüngere zusammen, mit Rezepten aus vielen Ländern.",
                        Map.ofEntries(
                                Map.entry("legal", "person"),
                                Map.entry("name", "Demo-Einwohner Ost"),
                                Map.entry("cost1-what", "Lebensmittel"),
                                Map.entry("cost1-amount", "480"),
                                Map.entry("cost2-what", "Kochgeräte"),
                                Map.entry("cost2-amount", "320"),
                                Map.entry("asked", "700"),
                                Map.entry("finance1-source", "own-money"),
                                Map.entry("finance1-what", "Spenden der Runde"),
                                Map.entry("finance1-amount", "100")))));
        applications.keep(new Sample(
                Town.resident(2),
                Town.officer(),
                "complete",
                "",
                fields(
                        "Schattige Sitzplätze am Spielplatz",
                        "20",
                        "Wir bauen mit Familien drei Bänke und pflanzen Sträucher, damit es im Sommer Schatten gibt.",
                        Map.ofEntries(
                                Map.entry("legal", "organisation"),
                                Map.entry("legal-form", "Verein"),
                                Map.entry("contact", "Demo-Vertretung des Vereins"),
                                Map.entry("name", "Demo-Nachbarschaftsverein"),
                                Map.entry("cost1-what", "Holz und Schrauben"),
                                Map.entry("cost1-amount", "1.150,50"),
                                Map.entry("cost2-what", "Sträucher"),
                                Map.entry("cost2-amount", "349,50"),
                                Map.entry("asked", "1.200"),
                                Map.entry("finance1-source", "own-work"),
                                Map.entry("finance1-what", "20 Stunden Arbeit zu 15 Euro"),
                                Map.entry("finance1-amount", "300")))));
    }

    private Map<String, String> fields(String title, String quarter, String what, Map<String, String> more) {
        int year = LocalDate.now(clock).getYear() + 1;
        var fields = new HashMap<String, String>(Map.of(
                "title",
                title,
                "quarter",
                quarter,
                "kind",
                "own-project",
                "what",
                what,
                "for-whom",
                "Alle im Quartier, vor allem Familien und Ältere",
                "how",
                "Wir treffen uns regelmäßig und laden mit Aushängen ein.",
                "from",
                year + "-03-01",
                "to",
                year + "-10-31"));
        fields.putAll(Map.of(
                "street", "Demostraße 1",
                "postcode", "04315",
                "town", "Leipzig",
                "confirmed", "yes"));
        fields.putAll(more);
        return fields;
    }
}
