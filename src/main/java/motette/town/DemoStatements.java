package motette.town;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.shared.Money;
import motette.statements.SampleStatements;
import motette.statements.SampleStatements.Sample;

/** In Ost: an application with a statement; ideas with one that is open, one that is late, and one under appeal. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoStatements implements PackImport {

    private static final String BODY = "sbb-ost";

    private final SampleStatements statements;

    DemoStatements(SampleStatements statements) {
        this.statements = statements;
    }

    @Override
    public int storey() {
        return 95;
    }

    @Override
    public void importFrom(CityPack pack) {
        statements.assign(Town.officer());
        var ideas = statements.waiting(BODY);
        statements
                .complete(BODY)
                .forEach(application -> statements.keep(
                        application,
                        new Sample(
                                "stadtgruen-gewaesser",
                                "Können die Bänke und Sträucher dort stehen?",
                                8,
                                15,
                                "Am Rand des Spielplatzes ist Platz für drei Bänke. Die Sträucher dürfen den Weg der"
                                    + " Feuerwehr nicht verengen, und vor dem Pflanzen ist nach Leitungen zu fragen.",
                                Money.ofEuros(1600),
                                ""),
                        Town.officer()));
        if (ideas.size() >= 3) {
            statements.keep(
                    ideas.get(0),
                    new Sample(
                            "gesundheitsamt",
                            "Was bringt das der Gesundheit im Quartier, und wer führt es weiter?",
                            2,
                            15,
                            "",
                            Money.ZERO,
                            ""),
                    Town.officer());
            statements.keep(
                    ideas.get(1),
                    new Sample(
                            "mobilitaet-tiefbau", "Ist der Standort frei von Leitungen?", 40, 10, "", Money.ZERO, ""),
                    Town.officer());
            statements.keep(
                    ideas.get(2),
                    new Sample(
                            "stadtgruen-gewaesser",
                            "Lässt sich das auf der städtischen Fläche einrichten?",
                            12,
                            15,
                            "Auf der Fläche liegen Leitungen. Möglich ist es zwanzig Meter weiter am Weg, mit höheren"
                                    + " Kosten für den Untergrund.",
                            Money.ofEuros(7200),
                            "Am Weg ist es laut und ohne Schatten. Bitte prüfen Sie den Platz neben den Linden noch"
                                    + " einmal."),
                    Town.officer());
        }
    }
}
