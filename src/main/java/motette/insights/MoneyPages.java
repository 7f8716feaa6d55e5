package motette.insights;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import motette.budgets.Account;
import motette.budgets.Accounts;
import motette.places.CityPack;
import motette.places.Patterns;
import motette.places.Places;
import motette.places.Population;
import motette.places.Quarter;
import motette.shared.Message;
import motette.shared.Paging;
import org.jspecify.annotations.Nullable;

/** Makes of the books of a year what a page, a table or a program reads of it. */
@Singleton
class MoneyPages {

    private static final int MOVEMENTS = 20;
    private static final int MAP_WIDTH = 480;
    private static final int MAP_MARGIN = 4;

    private final MoneyRepository money;
    private final Places places;
    private final Population population;
    private final CityPack city;
    private final Patterns.CityMap drawing;

    MoneyPages(MoneyRepository money, Places places, Population population, CityPack city, Patterns patterns) {
        this.money = money;
        this.places = places;
        this.population = population;
        this.city = city;
        this.drawing = patterns.cityMap(MAP_WIDTH, MAP_MARGIN);
    }

    /** Empty where there is no such fund, body or place. */
    Optional<MoneyPage> page(MoneyFilter wanted) {
        var all = money.year(wanted.year());
        if (!isKnown(wanted, all)) {
            return Optional.empty();
        }
        var quarters = quarters(wanted.place());
        var purses = all.of(wanted.fund(), wanted.body());
        var chosen = wanted.hasPlace() ? purses.in(quarters) : purses;
        var paging = paging(wanted.page(), chosen.entries());
        var filter = wanted.onPage(paging.page());
        var accounts = filter.hasPlace() ? chosen.decided() : chosen.accounts();
        long people = people(filter, quarters, purses);
        var rows = placeRows(filter, chosen);
        return Optional.of(new MoneyPage(
                filter,
                choices(filter, all),
                name(filter, purses),
                accounts,
                stations(accounts, filter.hasPlace() ? Account.DECIDED : Account.STATIONS, people),
                backs(chosen),
                people,
                basis(filter, purses),
                population.day(),
                population.source(),
                filter.hasPlace() || purses.open().size() < 2 ? List.of() : bodies(filter, purses),
                purses.purses().stream()
                        .filter(purse -> !purse.open())
                        .map(Purse::bodyName)
                        .toList(),
                rows,
                (filter.hasPlace()
                                ? (filter.isNowhere() ? 0 : quarters.size())
                                : places.quarters().size())
                        - rows.size(),
                chosen.in(List.of(MoneyFilter.NOWHERE)).decided(),
                map(filter, quarters, rows),
                money.movements(filter, quarters, paging.size(), paging.offset()),
                paging));
    }

    /** The chosen part of the books; empty where there is no such fund, body or place. */
    Optional<Books> books(MoneyFilter filter) {
        var all = money.year(filter.year());
        return isKnown(filter, all)
                ? Optional.of(all.of(filter.fund(), filter.body()))
                        .map(some -> filter.hasPlace() ? some.in(quarters(filter.place())) : some)
                : Optional.empty();
    }

    /** All lines of the chosen part, the oldest first; empty where there is no such fund, body or place. */
    Optional<List<MoneyMovement>> movements(MoneyFilter filter) {
        return isKnown(filter, money.year(filter.year()))
                ? Optional.of(money.movements(filter, quarters(filter.place()), Integer.MAX_VALUE, 0)
                        .reversed())
                : Optional.empty();
    }

    /** Whom a body decides for; 0 where there is no figure. */
    long people(Purse purse) {
        return switch (purse.bodyKind()) {
            case "districtCouncil" -> population.ofDistrictWithoutCommunities(purse.district());
            case "localCouncil" -> population.ofCommunity(purse.community()).orElse(0);
            default -> population.ofCity();
        };
    }

    private boolean isKnown(MoneyFilter filter, Books all) {
        return (filter.fund().isEmpty()
                        || all.purses().stream().anyMatch(purse -> purse.fund().equals(filter.fund())))
                && (filter.body().isEmpty()
                        || all.purses().stream().anyMatch(purse -> purse.body().equals(filter.body())))
                && (!filter.hasPlace() || !quarters(filter.place()).isEmpty());
    }

    /** Empty where no place is chosen, and for a place that there is not. */
    private List<String> quarters(String place) {
        return place.equals(MoneyFilter.NOWHERE) || places.quarter(place).isPresent()
                ? List.of(place)
                : places.quartersOf(place);
    }

    private static Paging paging(int wanted, long entries) {
        int last = new Paging(1, MOVEMENTS, entries).pages();
        return new Paging(Math.clamp(wanted, 1, last), MOVEMENTS, entries);
    }

    private long people(MoneyFilter filter, List<String> quarters, Books purses) {
        if (filter.hasPlace()) {
            return population.of(quarters);
        } else if (purses.open().stream().anyMatch(MoneyPages::isForTheCity)) {
            return population.ofCity();
        } else {
            return purses.open().stream()
                    .collect(Collectors.toMap(Purse::body, purse -> purse, (first, second) -> first))
                    .values()
                    .stream()
                    .mapToLong(this::people)
                    .sum();
        }
    }

    private Message basis(MoneyFilter filter, Books purses) {
        var open = purses.open();
        if (filter.isNowhere()) {
            return Message.of("insights.money.basis.none");
        } else if (filter.hasPlace()) {
            return Message.of("insights.money.basis.place", placeName(filter.place()));
        } else if (open.stream().anyMatch(MoneyPages::isForTheCity)) {
            return Message.of("insights.money.basis.city", city.name());
        } else if (open.stream().anyMatch(purse -> purse.bodyKind().equals("districtCouncil"))) {
            return Message.of("insights.money.basis.districtCouncil");
        } else {
            return Message.of("insights.money.basis.localCouncil");
        }
    }

    private static boolean isForTheCity(Purse purse) {
        return purse.district().isEmpty() && purse.community().isEmpty();
    }

    private String name(MoneyFilter filter, Books purses) {
        var first = purses.purses().stream().findFirst();
        return Stream.of(
                        filter.fund().isEmpty()
                                ? ""
                                : first.map(Purse::fundName).orElse(""),
                        filter.body().isEmpty()
                                ? ""
                                : first.map(Purse::bodyName).orElse(""),
                        filter.hasPlace() && !filter.isNowhere() ? placeName(filter.place()) : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private String placeName(String place) {
        return places.quarter(place)
                .map(Quarter::name)
                .orElseGet(() -> places.districtBySlug(place).orElseThrow().name());
    }

    private static List<MoneyPage.Station> stations(Accounts accounts, List<Account> shown, long people) {
        var keys = shown.stream().map(Account::key).toList();
        boolean nothing = accounts.appropriated() == 0;
        return accounts.parts().reversed().stream()
                .filter(part -> keys.contains(part.key()))
                .map(part -> new MoneyPage.Station(
                        part.key(), part.cents(), nothing ? 0 : part.percent(), PerPerson.of(part.cents(), people)))
                .toList();
    }

    private static List<MoneyPage.Back> backs(Books chosen) {
        var sums = new LinkedHashMap<String, Long>();
        chosen.flows().stream()
                .filter(Flow::isBack)
                .sorted(Comparator.comparing(Flow::from).thenComparing(Flow::to))
                .forEach(flow -> sums.merge(flow.kind(), flow.cents(), Long::sum));
        return sums.entrySet().stream()
                .map(sum -> new MoneyPage.Back(sum.getKey(), sum.getValue()))
                .toList();
    }

    private List<MoneyPage.BodyRow> bodies(MoneyFilter filter, Books purses) {
        return purses.open().stream()
                .map(purse -> {
                    var accounts = purses.of(purse).accounts();
                    long people = people(purse);
                    return new MoneyPage.BodyRow(
                            purse,
                            filter.from("").by(purse.body()).address(),
                            accounts,
                            people,
                            PerPerson.of(accounts.decided(), people),
                            accounts.appropriated() == 0
                                    ? 0
                                    : (int) Math.round(accounts.decided() * 100.0 / accounts.appropriated()));
                })
                .sorted(order(filter.sort()))
                .toList();
    }

    /** Equal ones stay in the order of funds and names. */
    private static Comparator<MoneyPage.BodyRow> order(String sort) {
        return switch (sort) {
            case "decided" ->
                Comparator.comparing((MoneyPage.BodyRow row) -> row.accounts().decided())
                        .reversed();
            case "share" ->
                Comparator.comparing((MoneyPage.BodyRow row) -> row.accounts().decided()
                                / (double) Math.max(1, row.accounts().appropriated()))
                        .reversed();
            case "name" -> (one, other) -> 0;
            default ->
                Comparator.comparing((MoneyPage.BodyRow row) ->
                                row.people() == 0 ? -1 : row.accounts().decided() / (double) row.people())
                        .reversed();
        };
    }

    private List<MoneyPage.PlaceRow> placeRows(MoneyFilter filter, Books chosen) {
        var byQuarter = new LinkedHashSet<>(
                chosen.flows().stream().map(Flow::quarter).sorted().toList());
        byQuarter.remove(MoneyFilter.NOWHERE);
        var sums = byQuarter.stream()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> chosen.in(List.of(key)).decided(),
                        (first, second) -> first,
                        LinkedHashMap::new));
        var scale = scale(sums);
        return sums.entrySet().stream()
                .map(sum -> {
                    var quarter = places.known(sum.getKey());
                    long people = population.ofQuarter(quarter.key());
                    var perPerson = PerPerson.of(sum.getValue().decided(), people);
                    return new MoneyPage.PlaceRow(
                            quarter.name(),
                            quarter.districtName(),
                            filter.at(quarter.key()).address(),
                            sum.getValue(),
                            people,
                            perPerson,
                            scale.step(perPerson == null ? 0 : perPerson));
                })
                .sorted(Comparator.comparing((MoneyPage.PlaceRow row) -> row.perPerson() == null ? -1 : row.perPerson())
                        .reversed())
                .toList();
    }

    private Scale scale(Map<String, Accounts> sums) {
        return Scale.upTo(sums.entrySet().stream()
                .map(sum -> PerPerson.of(sum.getValue().decided(), population.ofQuarter(sum.getKey())))
                .mapToLong(cents -> cents == null ? 0 : cents)
                .max()
                .orElse(0));
    }

    private MoneyPage.MoneyMap map(MoneyFilter filter, List<String> quarters, List<MoneyPage.PlaceRow> rows) {
        var byAddress = rows.stream().collect(Collectors.toMap(MoneyPage.PlaceRow::address, row -> row));
        var most = rows.stream()
                .map(MoneyPage.PlaceRow::perPerson)
                .mapToLong(cents -> cents == null ? 0 : cents)
                .max()
                .orElse(0);
        var areas = drawing.quarters().stream()
                .map(shape -> {
                    var address = filter.at(shape.key()).address();
                    var row = byAddress.get(address);
                    return area(shape, address, row, quarters.isEmpty() || quarters.contains(shape.key()));
                })
                .toList();
        return new MoneyPage.MoneyMap(
                drawing.width(),
                drawing.height(),
                areas,
                drawing.districts().stream().map(shape -> border(shape, areas)).toList(),
                Scale.upTo(most).steps());
    }

    private MoneyPage.Area area(
            Patterns.Outline shape, String address, MoneyPage.@Nullable PlaceRow row, boolean chosen) {
        return new MoneyPage.Area(
                places.known(shape.key()).name(),
                address,
                shape.outline(),
                shape.x(),
                shape.y(),
                row == null ? 0 : row.step(),
                row == null ? Long.valueOf(0) : row.perPerson(),
                chosen);
    }

    /** Its name gives way to the numbers of quarters, up or down. */
    private MoneyPage.Border border(Patterns.Outline shape, List<MoneyPage.Area> areas) {
        var name = districtName(shape.key());
        double y = DoubleStream.of(0, 17, -17, 34, -34)
                .map(aside -> shape.y() + aside)
                .filter(line -> areas.stream()
                        .noneMatch(area -> area.step() > 0
                                && Math.abs(area.y() - line) < 15
                                && Math.abs(area.x() - shape.x()) < 8 + 3.5 * name.length()))
                .findFirst()
                .orElse(shape.y());
        return new MoneyPage.Border(name, shape.outline(), shape.x(), y);
    }

    private String districtName(String key) {
        return places.districts().stream()
                .filter(district -> district.key().equals(key))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private MoneyPage.Choices choices(MoneyFilter filter, Books all) {
        var years = new TreeSet<>(all.years());
        years.add(filter.year());
        var funds = new LinkedHashMap<String, String>();
        var bodies = new LinkedHashMap<String, String>();
        all.purses().forEach(purse -> {
            funds.put(purse.fund(), purse.fundName());
            bodies.put(purse.body(), purse.bodyName());
        });
        var groups = new ArrayList<MoneyPage.Group>();
        for (var district : places.districts()) {
            groups.add(new MoneyPage.Group(
                    option(district.slug(), district.name(), filter.place()),
                    places.quarters().stream()
                            .filter(quarter -> quarter.districtKey().equals(district.key()))
                            .map(quarter -> option(quarter.key(), quarter.name(), filter.place()))
                            .toList()));
        }
        return new MoneyPage.Choices(
                List.copyOf(years), options(funds, filter.fund()), options(bodies, filter.body()), groups);
    }

    private static List<MoneyPage.Option> options(Map<String, String> labels, String chosen) {
        return labels.entrySet().stream()
                .map(label -> option(label.getKey(), label.getValue(), chosen))
                .toList();
    }

    private static MoneyPage.Option option(String key, String label, String chosen) {
        return new MoneyPage.Option(key, label, key.equals(chosen));
    }
}
