package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import motette.allocation.Proposals;
import motette.ideas.OpenIdea;
import motette.shared.Money;
import motette.statements.Given;
import motette.statements.Statements;
import motette.statements.Subject;
import motette.votes.RoundOutcomes;

/** What a session can select from, with what each rule and the last round propose, read at one instant. */
@Singleton
class Selectables {

    private final RoomRepository rooms;
    private final SelectionRepository selections;
    private final CouncilRepository council;
    private final Proposals proposals;
    private final RoundOutcomes rounds;
    private final Statements statements;
    private final Clock clock;

    Selectables(
            RoomRepository rooms,
            SelectionRepository selections,
            CouncilRepository council,
            Proposals proposals,
            RoundOutcomes rounds,
            Statements statements,
            Clock clock) {
        this.rooms = rooms;
        this.selections = selections;
        this.council = council;
        this.proposals = proposals;
        this.rounds = rounds;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * @param rows             those most wanted first
     * @param proposals        of the rules
     * @param available        what the body has left; nothing where it has no budget
     * @param withoutStatement up to this sum no statement of the administration is needed
     */
    record All(List<Selectable> rows, List<Proposals.Proposal> proposals, Money available, Money withoutStatement) {

        /** Whether the voting round said anything of what can be selected. */
        boolean hasRound() {
            return rows.stream().anyMatch(row -> row.outcome() != null);
        }

        /** Ideas that a proposal pays for; empty where there is no such proposal. */
        Optional<Set<Long>> proposed(String key) {
            if (key.equals("round") && hasRound()) {
                return Optional.of(rows.stream()
                        .filter(row -> row.outcome() != null && row.outcome().proposed())
                        .map(Selectable::number)
                        .collect(Collectors.toUnmodifiableSet()));
            } else {
                return proposals.stream()
                        .filter(proposal -> proposal.key().equals(key))
                        .map(Proposals.Proposal::funded)
                        .findFirst();
            }
        }

        Set<Long> ideas() {
            return rows.stream()
                    .map(Selectable::number)
                    .filter(number -> number != 0)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Transactional(readOnly = true)
    All of(CouncilSession session, Locale locale) {
        int year = session.day().getYear();
        var items = rooms.items(session.id()).stream()
                .filter(item -> item.isPublic() && item.isMatter() && item.isWaiting())
                .toList();
        var numbers =
                items.stream().map(RoomItem::idea).filter(Objects::nonNull).collect(Collectors.toSet());
        var proposed = proposals.of(session.bodyKey(), year, new HashSet<>(numbers), locale);
        var ideas = proposed.map(Proposals.Proposed::ideas).orElse(List.of()).stream()
                .collect(Collectors.toMap(OpenIdea::number, Function.identity()));
        var asked = selections.asked(items, year);
        var given = statements.given(items.stream().map(Selectables::subject).collect(Collectors.toSet()));
        Map<Long, RoundOutcomes.Outcome> outcomes = numbers.isEmpty() ? Map.of() : rounds.of(numbers);
        var rows = new ArrayList<Selectable>();
        for (var item : items) {
            var idea = item.idea() == null ? null : ideas.get(item.idea());
            var cost = item.application() != null
                    ? asked.get(item.application())
                    : idea == null || idea.costCents() == null ? Money.ZERO : new Money(idea.costCents());
            if (cost != null && (idea != null || item.application() != null)) {
                var said = given.getOrDefault(subject(item), Given.nothing(subject(item)));
                rows.add(new Selectable(
                        item,
                        idea,
                        cost,
                        idea == null ? null : outcomes.get(idea.number()),
                        said.state(LocalDate.now(clock)),
                        said.given()));
            }
        }
        rows.sort(Comparator.comparingLong((Selectable row) ->
                        row.outcome() == null ? -1 : -row.outcome().votes() - 1)
                .thenComparingLong(row -> row.idea() == null ? 0 : -row.idea().supports())
                .thenComparingLong(row -> row.item().id()));
        return new All(
                List.copyOf(rows),
                proposed.map(Proposals.Proposed::proposals).orElse(List.of()),
                proposed.map(Proposals.Proposed::available).orElse(Money.ZERO),
                council.procedure(session.bodyKey(), year, session.day())
                        .map(Procedure::withoutStatement)
                        .orElse(Money.ZERO));
    }

    private static Subject subject(RoomItem item) {
        return item.application() != null
                ? Subject.application(item.application())
                : Subject.idea(Objects.requireNonNull(item.idea()));
    }
}
