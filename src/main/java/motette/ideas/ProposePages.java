package motette.ideas;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.bodies.Responsible;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Problems;

/** Puts together what the steps of proposing show. */
@Singleton
class ProposePages {

    private final Places places;
    private final Bodies bodies;
    private final Catalogue catalogue;
    private final Photos photos;
    private final CityPack city;

    ProposePages(Places places, Bodies bodies, Catalogue catalogue, Photos photos, CityPack city) {
        this.places = places;
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.photos = photos;
        this.city = city;
    }

    ProposePage of(
            int step,
            Draft draft,
            Problems problems,
            String query,
            List<SimilarIdeas.Similar> similar,
            Visitor visitor,
            Locale locale) {
        var quarter = places.quarter(draft.get(Draft.QUARTER));
        var form = new IdeaForm(draft);
        var category = catalogue.category(draft.get(Draft.CATEGORY));
        var language = draft.has(Draft.LANGUAGE) ? draft.get(Draft.LANGUAGE) : Languages.writtenIn(locale);
        return new ProposePage(
                step,
                draft,
                problems,
                query,
                step == 1 ? spots(query) : List.of(),
                step == 1 ? districts(draft) : List.of(),
                step == 1 ? communities(draft) : List.of(),
                step == 2 ? categories(draft, locale) : List.of(),
                step == 3 ? groups(draft, locale) : List.of(),
                similar,
                step == 2 || step == 4
                        ? photos.of(draft.id()).stream()
                                .map(photo -> new ProposePage.Photo(photo.id().toString(), photo.alt()))
                                .toList()
                        : List.of(),
                category.filter(Catalogue.Category::forwarded).isPresent() ? city.reportService() : "",
                quarter.map(Quarter::name).orElse(""),
                form.responsible(bodies).map(decided -> decided.body().name()).orElse(""),
                category.map(found -> found.label(locale)).orElse(""),
                draft.groups().stream()
                        .flatMap(key -> catalogue.targetGroup(key).stream())
                        .map(group -> group.label(locale))
                        .toList(),
                form.cost().map(Money::cents).orElse(null),
                city.bounds().stream().map(String::valueOf).collect(Collectors.joining(",")),
                city.attribution(),
                visitor.isSignedIn(),
                visitor.isSignedIn() ? String.valueOf(visitor.personId()) : "",
                visitor.pseudonym(),
                language,
                Reading.Spoken.all(language));
    }

    /** What can be chosen without net: the same for everybody, so that a device may keep it. */
    OfflinePage offline(Locale locale) {
        var nothing = new Draft(new UUID(0, 0), "", Map.of());
        var forwarded = catalogue.categories().stream()
                .filter(Catalogue.Category::forwarded)
                .map(Catalogue.Category::key)
                .collect(Collectors.toUnmodifiableSet());
        return new OfflinePage(
                districts(nothing),
                places.quarters().stream()
                        .map(quarter -> new OfflinePage.Shared(
                                quarter.key(),
                                quarter.name(),
                                communities(nothing.with(Map.of(Draft.QUARTER, quarter.key())))))
                        .filter(shared -> !shared.communities().isEmpty())
                        .toList(),
                categories(nothing, locale).stream()
                        .filter(category -> !forwarded.contains(category.key()))
                        .toList(),
                groups(nothing, locale));
    }

    private List<ProposePage.Spot> spots(String query) {
        return query.isBlank()
                ? List.of()
                : places.search(query, 6).stream()
                        .map(spot -> new ProposePage.Spot(
                                "%s,%s,%s".formatted(spot.lon(), spot.lat(), spot.name()),
                                spot.name(),
                                spot.quarterName(),
                                spot.kind(),
                                false))
                        .toList();
    }

    private List<ProposePage.District> districts(Draft draft) {
        var byDistrict = new LinkedHashMap<String, List<ProposePage.Option>>();
        places.quarters()
                .forEach(quarter -> byDistrict
                        .computeIfAbsent(quarter.districtName(), absent -> new ArrayList<>())
                        .add(new ProposePage.Option(
                                quarter.key(),
                                quarter.name(),
                                "",
                                "",
                                "",
                                quarter.key().equals(draft.get(Draft.QUARTER)))));
        return byDistrict.entrySet().stream()
                .map(district -> new ProposePage.District(district.getKey(), district.getValue()))
                .toList();
    }

    private List<ProposePage.Community> communities(Draft draft) {
        var quarter = draft.get(Draft.QUARTER);
        return !quarter.isEmpty() && bodies.responsibleFor(quarter, "") instanceof Responsible.Choose choose
                ? choose.choices().stream()
                        .map(choice -> new ProposePage.Community(
                                choice.communityKey(),
                                choice.name(),
                                choice.body().name(),
                                choice.communityKey().equals(draft.get(Draft.COMMUNITY))))
                        .toList()
                : List.of();
    }

    private List<ProposePage.Option> categories(Draft draft, Locale locale) {
        return catalogue.categories().stream()
                .map(category -> new ProposePage.Option(
                        category.key(),
                        category.label(locale),
                        category.example(locale),
                        category.icon(),
                        category.tone(),
                        category.key().equals(draft.get(Draft.CATEGORY))))
                .toList();
    }

    private List<ProposePage.Option> groups(Draft draft, Locale locale) {
        return catalogue.targetGroups().stream()
                .map(group -> new ProposePage.Option(
                        group.key(),
                        group.label(locale),
                        "",
                        "",
                        "",
                        draft.groups().contains(group.key())))
                .toList();
    }
}
