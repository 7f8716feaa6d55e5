package motette.insights;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import motette.budgets.Account;
import motette.budgets.Accounts;

/**
 * All that has moved in a year.
 *
 * @param years  with budgets
 * @param purses every fund and body, also where there is no budget yet; in the order of pages
 */
record Books(int year, List<Integer> years, List<Purse> purses, List<Flow> flows) {

    /** The part of one fund, of one body, or of both; all of it where the key is empty. */
    Books of(String fund, String body) {
        var some = purses.stream()
                .filter(purse -> (fund.isEmpty() || purse.fund().equals(fund))
                        && (body.isEmpty() || purse.body().equals(body)))
                .toList();
        var known = Set.copyOf(some);
        return new Books(
                year,
                years,
                some,
                flows.stream().filter(flow -> known.contains(flow.purse())).toList());
    }

    Books of(Purse purse) {
        return of(purse.fund(), purse.body());
    }

    Books in(Collection<String> quarters) {
        var known = Set.copyOf(quarters);
        return new Books(
                year,
                years,
                purses,
                flows.stream().filter(flow -> known.contains(flow.quarter())).toList());
    }

    /** Where every euro is. */
    Accounts accounts() {
        var sums = new EnumMap<Account, Long>(Account.class);
        for (var flow : flows) {
            sums.merge(flow.to(), flow.cents(), Math::addExact);
            sums.merge(flow.from(), -flow.cents(), Math::addExact);
        }
        return new Accounts(sums);
    }

    /** What has been decided on: what is free belongs to a budget and to no place. */
    Accounts decided() {
        return new Accounts(accounts().balances().entrySet().stream()
                .filter(balance -> balance.getKey() != Account.AVAILABLE)
                .collect(Collectors.toMap(balance -> balance.getKey(), balance -> balance.getValue())));
    }

    long entries() {
        return flows.stream().mapToLong(Flow::entries).sum();
    }

    List<Purse> open() {
        return purses.stream().filter(Purse::open).toList();
    }
}
