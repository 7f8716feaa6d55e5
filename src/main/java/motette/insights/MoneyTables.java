package motette.insights;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import motette.budgets.Account;
import motette.budgets.Accounts;
import motette.budgets.Csv;
import motette.places.Places;
import motette.places.Population;
import motette.shared.Time;

/** The same figures for spreadsheets. */
@Singleton
class MoneyTables {

    private final MoneyPages pages;
    private final Places places;
    private final Population population;

    MoneyTables(MoneyPages pages, Places places, Population population) {
        this.pages = pages;
        this.places = places;
        this.population = population;
    }

    /**
     * A line with the level "body" for each budget, and below it one with the level "place" for each quarter that its money was
     * decided for, with an empty quarter for what has none. Where a place is chosen, only the latter.
     */
    String sums(Books books, MoneyFilter filter) {
        var csv = new Csv().line(head());
        for (var purse : books.open()) {
            var some = books.of(purse);
            if (!filter.hasPlace()) {
                csv.line(line("body", purse, books.year(), "", "", some.accounts(), true, pages.people(purse)));
            }
            for (var quarter :
                    new TreeSet<>(some.flows().stream().map(Flow::quarter).toList())) {
                var decided = some.in(List.of(quarter)).decided();
                if (!quarter.equals(MoneyFilter.NOWHERE)) {
                    var place = places.known(quarter);
                    csv.line(line(
                            "place",
                            purse,
                            books.year(),
                            place.districtName(),
                            place.name(),
                            decided,
                            false,
                            population.ofQuarter(quarter)));
                } else if (decided.appropriated() != 0) {
                    csv.line(line("place", purse, books.year(), "", "", decided, false, 0));
                }
            }
        }
        return csv.toString();
    }

    String movements(List<MoneyMovement> movements) {
        var csv = new Csv()
                .line(
                        "date",
                        "fund",
                        "body",
                        "from",
                        "to",
                        "amount_eur",
                        "idea",
                        "title",
                        "quarter",
                        "reason",
                        "reference");
        for (var movement : movements) {
            csv.line(
                    movement.at().atZone(Time.ZONE).toLocalDate().toString(),
                    movement.fundName(),
                    movement.bodyName(),
                    movement.from(),
                    movement.to(),
                    Csv.euros(movement.cents()),
                    movement.idea() == 0 ? "" : String.valueOf(movement.idea()),
                    movement.title(),
                    movement.quarter(),
                    movement.reason(),
                    movement.reference());
        }
        return csv.toString();
    }

    private static String[] head() {
        var head = new ArrayList<>(List.of("level", "year", "fund", "body", "district", "quarter", "budget_eur"));
        Account.STATIONS.forEach(account -> head.add(account.key() + "_eur"));
        head.addAll(List.of("decided_eur", "inhabitants", "decided_per_inhabitant_eur"));
        return head.toArray(String[]::new);
    }

    private static String[] line(
            String level,
            Purse purse,
            int year,
            String district,
            String quarter,
            Accounts accounts,
            boolean whole,
            long people) {
        var line = new ArrayList<>(List.of(
                level,
                String.valueOf(year),
                purse.fundName(),
                purse.bodyName(),
                district,
                quarter,
                whole ? Csv.euros(accounts.appropriated()) : ""));
        Account.STATIONS.forEach(
                account -> line.add(account == Account.AVAILABLE && !whole ? "" : Csv.euros(accounts.on(account))));
        var perPerson = PerPerson.of(accounts.decided(), people);
        line.addAll(List.of(
                Csv.euros(accounts.decided()),
                people == 0 ? "" : String.valueOf(people),
                perPerson == null ? "" : Csv.euros(perPerson)));
        return line.toArray(String[]::new);
    }
}
