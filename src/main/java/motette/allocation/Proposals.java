package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.allocation.rules.Rules;
import motette.ideas.OpenIdea;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Message;
import motette.shared.Money;
import motette.shared.Texts;

/** What each rule would fund of the ideas that a session deals with. A proposal decides nothing. */
@Singleton
public class Proposals {

    /** The rules that are shown side by side, as the comparison of a whole year shows them first. */
    public static final List<String> KEYS = RuleSet.STANDARD.keys();

    private final Supports supports;
    private final Runs runs;
    private final Texts texts;

    Proposals(Supports supports, Runs runs, Texts texts) {
        this.supports = supports;
        this.runs = runs;
        this.texts = texts;
    }

    /**
     * What one rule proposes.
     *
     * @param funded numbers of ideas, each with its whole cost
     * @param reach  how many of those who support anything support something of it
     */
    @Introspected
    public record Proposal(String key, Set<Long> funded, Money spent, Message reach) {

        public boolean funds(long idea) {
            return funded.contains(idea);
        }
    }

    /**
     * @param ideas     those that are still open, with or without a cost
     * @param available what the body has left
     * @param proposals in the order of {@link #KEYS}; empty where no idea has a cost
     */
    public record Proposed(List<OpenIdea> ideas, Money available, List<Proposal> proposals) {}

    /** Empty where the body has no budget for the year. */
    @Transactional(readOnly = true)
    public Optional<Proposed> of(String bodyKey, int year, Set<Long> ideas, Locale locale) {
        return supports.of(bodyKey, year, ideas, locale)
                .map(matter -> new Proposed(
                        Stream.concat(matter.ideas().stream(), matter.unpriced().stream())
                                .toList(),
                        new Money(matter.budget().accounts().available()),
                        matter.ideas().isEmpty()
                                ? List.of()
                                : KEYS.stream()
                                        .map(key -> proposal(matter, key))
                                        .toList()));
    }

    private static Proposal proposal(Matter matter, String key) {
        var run = Rules.allocate(
                matter.election(), RuleSet.rule(key, matter.election()).orElseThrow());
        long served = matter.people().stream()
                .filter(people -> people.projects().stream().anyMatch(run::funded))
                .mapToLong(Matter.People::count)
                .sum();
        return new Proposal(
                key,
                run.selected().stream()
                        .map(project -> matter.ideas().get(project).number())
                        .collect(Collectors.toUnmodifiableSet()),
                new Money(Comparison.cents(run.totalCost())),
                SmallGroups.share(served, run.election().voters()));
    }

    /**
     * Keeps the run behind a proposal, so that anybody may check later what a body started from; the caller has asked whether the
     * visitor may.
     *
     * @param key one of {@link #KEYS}
     * @return the number of the run; empty where the rule or the budget does not exist
     */
    @Transactional
    public Optional<Long> keep(Visitor visitor, String bodyKey, int year, Set<Long> ideas, String key) {
        return supports.of(bodyKey, year, ideas, Languages.standard())
                .flatMap(matter -> RuleSet.rule(key, matter.election())
                        .map(rule -> runs.keep(visitor, Reckoned.of(matter, rule, texts))));
    }
}
