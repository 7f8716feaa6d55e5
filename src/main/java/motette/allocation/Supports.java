package motette.allocation;

import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.ideas.OpenIdea;
import motette.ideas.OpenIdeas;
import motette.ideas.SupportGroup;
import motette.places.CityPack;

/**
 * Makes an election of the running support: candidates are the ideas a body can still decide on in the year and whose cost is
 * known; a voter is a person who supports at least one of them, and approves of all she supports; the budget is what the body
 * has left.
 */
@Singleton
class Supports {

    private final Budgets budgets;
    private final OpenIdeas ideas;
    private final String city;

    Supports(Budgets budgets, OpenIdeas ideas, CityPack pack) {
        this.budgets = budgets;
        this.ideas = ideas;
        this.city = pack.name();
    }

    /** Read at one instant; empty where there is no such body. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<Matter> of(String bodyKey, int year, Locale locale) {
        return budgets.of(bodyKey, year)
                .map(budget -> matter(city, budget, ideas.of(bodyKey, year, locale), ideas.supporters(bodyKey, year)));
    }

    /**
     * The same of some of its ideas alone, as they stand on the agenda of a session: whoever supports none of them has no vote.
     *
     * @param only numbers of ideas
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<Matter> of(String bodyKey, int year, Set<Long> only, Locale locale) {
        return budgets.of(bodyKey, year)
                .map(budget -> matter(
                                city,
                                budget,
                                ideas.of(bodyKey, year, locale).stream()
                                        .filter(idea -> only.contains(idea.number()))
                                        .toList(),
                                among(only, ideas.supporters(bodyKey, year)))
                        .told("comment", "Nur Ideen, die auf der Tagesordnung einer Sitzung stehen"));
    }

    /** Who differed in other ideas alone is told apart no longer. */
    private static List<SupportGroup> among(Set<Long> only, List<SupportGroup> supporters) {
        var people = new LinkedHashMap<SupportGroup, Long>();
        for (var group : supporters) {
            var left = group.ideas().stream().filter(only::contains).toList();
            if (!left.isEmpty()) {
                people.merge(new SupportGroup(group.homeQuarter(), left, 0), group.people(), Long::sum);
            }
        }
        return people.entrySet().stream()
                .map(group -> new SupportGroup(
                        group.getKey().homeQuarter(), group.getKey().ideas(), group.getValue()))
                .sorted(Comparator.comparing(
                                (SupportGroup group) -> group.ideas().toString())
                        .thenComparing(SupportGroup::homeQuarter))
                .toList();
    }

    static Matter matter(String city, BudgetView budget, List<OpenIdea> open, List<SupportGroup> supporters) {
        var priced = open.stream().filter(idea -> idea.costCents() != null).toList();
        var election = Election.builder(euros(budget.accounts().available()), VoteType.APPROVAL);
        var indices = new HashMap<Long, Integer>();
        for (var idea : priced) {
            indices.put(idea.number(), indices.size());
            election.project(String.valueOf(idea.number()), euros(cents(idea)), idea.title());
        }
        var people = new ArrayList<Matter.People>();
        for (var group : supporters) {
            var projects = group.ideas().stream().map(indices::get).toList();
            election.ballot(
                    group.people(),
                    projects.stream().mapToInt(Integer::intValue).toArray());
            people.add(new Matter.People(group.homeQuarter(), projects, group.people()));
        }
        return new Matter(
                Subject.supports(budget.bodyKey(), budget.year()),
                budget,
                election.build(),
                priced,
                List.copyOf(people),
                open.stream().filter(idea -> idea.costCents() == null).toList(),
                told(city, budget));
    }

    /** In no reader's language, and nothing of the moment: the same supports give the same file. */
    private static Map<String, String> told(String city, BudgetView budget) {
        var year = String.valueOf(budget.year());
        var told = new LinkedHashMap<String, String>();
        told.put("description", "Unterstützungen für Ideen, " + budget.bodyName() + " " + year);
        told.put("country", "Germany");
        told.put("unit", city);
        told.put("subunit", budget.bodyName());
        told.put("instance", Subject.supports(budget.bodyKey(), budget.year()).key());
        told.put("rule", "unknown");
        told.put("date_begin", year);
        told.put("date_end", year);
        told.put("language", "de");
        told.put("currency", "EUR");
        return told;
    }

    static BigDecimal euros(long cents) {
        return cents % 100 == 0 ? BigDecimal.valueOf(cents / 100) : BigDecimal.valueOf(cents, 2);
    }

    private static long cents(OpenIdea idea) {
        var cents = idea.costCents();
        return cents == null ? 0 : cents;
    }
}
