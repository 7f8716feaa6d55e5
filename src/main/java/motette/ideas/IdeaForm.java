package motette.ideas;

import java.util.List;
import java.util.Optional;
import motette.bodies.Bodies;
import motette.bodies.Responsible;
import motette.places.Places;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/** A draft read as an idea: each step's conversions and what is wrong with it. */
record IdeaForm(Draft draft) {

    static final int TITLE_MIN = 5;
    static final int TITLE_MAX = 120;
    static final int DESCRIPTION_MIN = 20;
    static final int DESCRIPTION_MAX = 5_000;
    static final int PLACE_MAX = 120;
    static final long COST_MAX_CENTS = 100_000_000;

    /** A complete idea, ready to be handed in. */
    record Complete(
            String title,
            String description,
            String kind,
            String category,
            String quarter,
            @Nullable String community,
            String body,
            String place,
            double lon,
            double lat,
            boolean exact,
            @Nullable Long costCents,
            List<String> groups,
            Optional<String> language) {}

    Problems placeProblems(Places places, Bodies bodies) {
        var problems = Problems.none();
        var quarter = places.quarter(draft.get(Draft.QUARTER));
        if (quarter.isEmpty() || !draft.has(Draft.LON) || !draft.has(Draft.LAT)) {
            problems.add("place", "propose.place.missing");
        } else if (responsible(bodies).isEmpty()) {
            problems.add("community", "propose.community.missing");
        }
        if (Typed.length(draft.get(Draft.PLACE).strip()) > PLACE_MAX) {
            problems.add("where", "propose.where.long", PLACE_MAX);
        }
        return problems;
    }

    Problems topicProblems(Catalogue catalogue) {
        var problems = Problems.none();
        var category = catalogue.category(draft.get(Draft.CATEGORY));
        if (category.isEmpty()) {
            problems.add("category", "propose.category.missing");
        } else if (category.get().forwarded()) {
            problems.add("category", "propose.category.forwarded");
        }
        var length = Typed.length(title());
        if (length < TITLE_MIN) {
            problems.add("title", "propose.title.short", TITLE_MIN);
        } else if (length > TITLE_MAX) {
            problems.add("title", "propose.title.long", TITLE_MAX, length);
        }
        return problems;
    }

    Problems textProblems() {
        var problems = Problems.none();
        var length = Typed.length(description());
        if (length < DESCRIPTION_MIN) {
            problems.add("description", "propose.description.short", DESCRIPTION_MIN);
        } else if (length > DESCRIPTION_MAX) {
            problems.add("description", "propose.description.long", DESCRIPTION_MAX, length);
        }
        if (!draft.get(Draft.KIND).matches("proposal|own-project")) {
            problems.add("kind", "propose.kind.missing");
        }
        if (draft.has(Draft.COST)
                && cost().filter(money -> money.cents() <= COST_MAX_CENTS).isEmpty()) {
            problems.add("cost", "propose.cost.unreadable", draft.get(Draft.COST));
        }
        return problems;
    }

    Problems groupProblems(Catalogue catalogue) {
        var problems = Problems.none();
        if (draft.groups().stream()
                .noneMatch(group -> catalogue.targetGroup(group).isPresent())) {
            problems.add("groups", "propose.groups.missing");
        }
        return problems;
    }

    /** The complete idea; empty as long as any step has a problem. */
    Optional<Complete> complete(Places places, Bodies bodies, Catalogue catalogue) {
        var ready = placeProblems(places, bodies).isEmpty()
                && topicProblems(catalogue).isEmpty()
                && textProblems().isEmpty()
                && groupProblems(catalogue).isEmpty();
        return ready
                ? responsible(bodies)
                        .map(decided -> new Complete(
                                title(),
                                description(),
                                draft.get(Draft.KIND),
                                draft.get(Draft.CATEGORY),
                                draft.get(Draft.QUARTER),
                                decided.community() == null
                                        ? null
                                        : decided.community().key(),
                                decided.body().key(),
                                draft.get(Draft.PLACE).strip(),
                                Double.parseDouble(draft.get(Draft.LON)),
                                Double.parseDouble(draft.get(Draft.LAT)),
                                draft.get(Draft.EXACT).equals("true"),
                                cost().map(Money::cents).orElse(null),
                                draft.groups().stream()
                                        .filter(group ->
                                                catalogue.targetGroup(group).isPresent())
                                        .distinct()
                                        .toList(),
                                Languages.find(draft.get(Draft.LANGUAGE)).map(Languages::tag)))
                : Optional.empty();
    }

    String title() {
        return draft.get(Draft.TITLE).strip().replaceAll("\\s+", " ");
    }

    String description() {
        return draft.get(Draft.DESCRIPTION).strip().replace("\r\n", "\n");
    }

    Optional<Money> cost() {
        return draft.has(Draft.COST) ? Money.parse(draft.get(Draft.COST)) : Optional.empty();
    }

    Optional<Responsible.Decided> responsible(Bodies bodies) {
        return draft.has(Draft.QUARTER)
                        && bodies.responsibleFor(draft.get(Draft.QUARTER), draft.get(Draft.COMMUNITY))
                                instanceof Responsible.Decided decided
                ? Optional.of(decided)
                : Optional.empty();
    }
}
