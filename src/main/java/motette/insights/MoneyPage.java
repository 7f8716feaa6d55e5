package motette.insights;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.budgets.Accounts;
import motette.shared.Message;
import motette.shared.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Where the chosen money is.
 *
 * @param name      what is chosen, in the words of the city; empty for all of it
 * @param accounts  what is decided on where a place is chosen, otherwise everything
 * @param stations  rows of the first table
 * @param backs     what went back on the way, added up by kind
 * @param people    inhabitants the sums are divided by; 0 where there is no figure
 * @param basis     who they are
 * @param countedOn day of the figure
 * @param bodies    the comparison; empty where there is nothing to compare
 * @param unopened  names of bodies without a budget
 * @param places    quarters that money was decided for, the most for each inhabitant first
 * @param others    how many of the chosen quarters have none
 * @param elsewhere what is for no idea, and so for no place
 * @param paging    of the movements
 */
@Introspected
record MoneyPage(
        MoneyFilter filter,
        Choices choices,
        String name,
        Accounts accounts,
        List<Station> stations,
        List<Back> backs,
        long people,
        Message basis,
        LocalDate countedOn,
        String source,
        List<BodyRow> bodies,
        List<String> unopened,
        List<PlaceRow> places,
        int others,
        Accounts elsewhere,
        MoneyMap map,
        List<MoneyMovement> movements,
        Paging paging) {

    /** So many budgets are seen at first; the others open. */
    private static final int FIRST = 6;

    List<BodyRow> firstBodies() {
        return bodies.subList(0, bodies.size() <= FIRST + 2 ? bodies.size() : FIRST);
    }

    List<BodyRow> otherBodies() {
        return bodies.subList(firstBodies().size(), bodies.size());
    }

    boolean isEmpty() {
        return paging.total() == 0;
    }

    @Nullable
    Long perPerson() {
        return PerPerson.of(accounts.decided(), people);
    }

    boolean hasElsewhere() {
        return elsewhere.appropriated() != 0;
    }

    @Nullable
    Long available() {
        return filter.hasPlace() ? null : accounts.available();
    }

    List<String> sorts() {
        return MoneyFilter.SORTS;
    }

    /** @param group name of the district that the options stand below; empty for those above all */
    @Introspected
    record Choices(List<Integer> years, List<Option> funds, List<Option> bodies, List<Group> places) {}

    @Introspected
    record Option(String key, String label, boolean chosen) {}

    @Introspected
    record Group(Option whole, List<Option> parts) {}

    /**
     * @param key       of the account
     * @param percent   of the whole
     * @param perPerson cents; null without a number of people
     */
    @Introspected
    record Station(
            String key, long cents, int percent, @Nullable Long perPerson) {}

    /** @param kind from and to, as "paid-available" */
    @Introspected
    record Back(String kind, long cents) {}

    /**
     * @param perPerson cents that the body has decided on for each inhabitant; null without a figure
     * @param percent   of its money that it has decided on
     */
    @Introspected
    record BodyRow(
            Purse purse,
            String address,
            Accounts accounts,
            long people,
            @Nullable Long perPerson,
            int percent) {}

    /** @param step of the map's scale */
    @Introspected
    record PlaceRow(
            String name,
            String district,
            String address,
            Accounts accounts,
            long people,
            @Nullable Long perPerson,
            int step) {}

    @Introspected
    record MoneyMap(int width, int height, List<Area> areas, List<Border> borders, List<Scale.Step> steps) {}

    /**
     * A quarter on the map.
     *
     * @param x      where its number stands
     * @param chosen whether it is among what is looked at
     */
    @Introspected
    record Area(
            String name,
            String address,
            String path,
            double x,
            double y,
            int step,
            @Nullable Long perPerson,
            boolean chosen) {}

    /** A district on the map. */
    @Introspected
    record Border(String name, String path, double x, double y) {}
}
