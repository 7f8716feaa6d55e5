package motette.insights;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import motette.budgets.Accounts;
import motette.places.Places;
import motette.places.Population;

/** What was decided for ideas where, for programs. */
@Singleton
public class PlacedMoney {

    private final MoneyRepository money;
    private final Places places;
    private final Population population;

    PlacedMoney(MoneyRepository money, Places places, Population population) {
        this.money = money;
        this.places = places;
        this.population = population;
    }

    /**
     * What a body has decided on for ideas in a quarter.
     *
     * @param quarter     key; empty for what is for no idea, and so for no place
     * @param inhabitants of the quarter; 0 without one
     */
    public record Part(
            String fund,
            String fundName,
            String body,
            String bodyName,
            String quarter,
            String quarterName,
            Accounts accounts,
            long inhabitants) {}

    /** When the inhabitants were counted. */
    public LocalDate countedOn() {
        return population.day();
    }

    /** By fund, body and quarter. */
    public List<Part> of(int year) {
        var books = money.year(year);
        var parts = new ArrayList<Part>();
        for (var purse : books.open()) {
            var some = books.of(purse);
            for (var quarter :
                    new TreeSet<>(some.flows().stream().map(Flow::quarter).toList())) {
                boolean somewhere = !quarter.equals(MoneyFilter.NOWHERE);
                var accounts = some.in(List.of(quarter)).decided();
                if (somewhere || accounts.appropriated() != 0) {
                    parts.add(new Part(
                            purse.fund(),
                            purse.fundName(),
                            purse.body(),
                            purse.bodyName(),
                            somewhere ? quarter : "",
                            somewhere ? places.known(quarter).name() : "",
                            accounts,
                            somewhere ? population.ofQuarter(quarter) : 0));
                }
            }
        }
        return parts;
    }
}
