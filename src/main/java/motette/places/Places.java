package motette.places;

import io.micronaut.context.annotation.Context;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Geometry;

/** The places of the city, read once from its pack: no question here asks the database. */
@Singleton
@Context
public class Places {

    private final Map<String, District> districts;
    private final Map<String, Quarter> quarters;
    private final Map<String, Community> communities;
    private final Map<String, List<Community>> communitiesOf;
    private final Set<String> remainders;
    private final Map<String, Area> areas;
    private final Boundaries boundaries;
    private final PlaceSearch search;

    Places(CityPack pack, JsonMapper json) {
        var quarterItems = PackFile.items(pack, "quarters.json", json);
        this.districts = byKey(
                PackFile.items(pack, "districts.json", json).stream()
                        .map(Places::district)
                        .sorted(Comparator.comparing(District::key))
                        .toList(),
                District::key);
        this.quarters = byKey(
                quarterItems.stream()
                        .map(this::quarterOf)
                        .sorted(Comparator.comparing(Quarter::districtKey).thenComparing(Quarter::name))
                        .toList(),
                Quarter::key);
        this.remainders = quarterItems.stream()
                .filter(item -> PackFile.holds(item, "remainder"))
                .map(item -> PackFile.text(item, "key"))
                .collect(Collectors.toUnmodifiableSet());
        var communityItems = PackFile.items(pack, "communities.json", json);
        this.communities =
                byKey(communityItems.stream().map(Places::communityOf).toList(), Community::key);
        this.communitiesOf = communitiesByQuarter(communityItems);
        this.areas = byKey(
                PackFile.items(pack, "areas.json", json).stream()
                        .map(this::areaOf)
                        .toList(),
                Area::key);
        var shapes = Boundaries.read(PackFile.read(pack, "boundaries.geojson", json));
        everyQuarterHasItsOutline(shapes);
        this.boundaries = new Boundaries(shapes);
        this.search = new PlaceSearch(
                pack.name(),
                PackFile.items(pack, "landmarks.json", json).stream().map(this::landmark),
                quarters());
    }

    /** By district, then by name. */
    public List<Quarter> quarters() {
        return List.copyOf(quarters.values());
    }

    public List<District> districts() {
        return List.copyOf(districts.values());
    }

    public Optional<Quarter> quarter(String key) {
        return Optional.ofNullable(quarters.get(key));
    }

    /** Keys of the quarters of a district; none for a slug no district has. */
    public List<String> quartersOf(String districtSlug) {
        return quarters.values().stream()
                .filter(quarter -> quarter.districtSlug().equals(districtSlug))
                .map(Quarter::key)
                .toList();
    }

    /** @throws IllegalStateException when the city pack no longer knows the quarter of something */
    public Quarter known(String quarterKey) {
        return known(quarters, quarterKey);
    }

    public Optional<District> districtBySlug(String slug) {
        return districts.values().stream()
                .filter(district -> district.slug().equals(slug))
                .findFirst();
    }

    /** The quarter a point in degrees lies in; empty outside the city. A point on a border has one quarter, always the same. */
    public Optional<Quarter> quarterAt(double lon, double lat) {
        return boundaries.quarterAt(lon, lat).flatMap(this::quarter);
    }

    public List<Community> communitiesOf(String quarterKey) {
        return communitiesOf.getOrDefault(quarterKey, List.of());
    }

    public Optional<Community> community(String key) {
        return Optional.ofNullable(communities.get(key));
    }

    public Optional<Area> area(String key) {
        return Optional.ofNullable(areas.get(key));
    }

    /** All areas of a kind, in the order of the city pack. */
    public List<Area> areas(String kind) {
        return areas.values().stream().filter(area -> area.kind().equals(kind)).toList();
    }

    /** The area of the coordinator who looks after a quarter. */
    public Optional<Area> coordinatorAreaOf(String quarterKey) {
        return areas.values().stream()
                .filter(area -> area.kind().equals("coordinator"))
                .filter(area -> area.quarters().contains(quarterKey))
                .findFirst();
    }

    /** Whether a part of the quarter belongs to none of the communities that share it. */
    public boolean hasRemainder(String quarterKey) {
        return remainders.contains(quarterKey);
    }

    /** Quarters and landmarks by name, best first; forgives slips where nothing fits what was typed. */
    public List<Landmark> search(String text, int limit) {
        return search.search(text, limit);
    }

    private static District district(Map<String, Object> item) {
        return new District(PackFile.text(item, "key"), PackFile.text(item, "slug"), PackFile.text(item, "name"), (int)
                PackFile.number(item, "population"));
    }

    private Quarter quarterOf(Map<String, Object> item) {
        var district = known(districts, PackFile.text(item, "district"));
        var label = PackFile.list(item, "labelPoint");
        return new Quarter(
                PackFile.text(item, "key"),
                PackFile.text(item, "name"),
                district.key(),
                district.name(),
                district.slug(),
                ((Number) label.get(0)).doubleValue(),
                ((Number) label.get(1)).doubleValue());
    }

    private Area areaOf(Map<String, Object> item) {
        var single = PackFile.list(item, "quarters");
        var whole = PackFile.list(item, "districts");
        return new Area(
                PackFile.text(item, "key"),
                PackFile.text(item, "kind"),
                PackFile.text(item, "name"),
                quarters.values().stream()
                        .filter(quarter -> single.contains(quarter.key()) || whole.contains(quarter.districtKey()))
                        .map(Quarter::key)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Community communityOf(Map<String, Object> item) {
        return new Community(PackFile.text(item, "key"), PackFile.text(item, "name"), PackFile.holds(item, "shared"));
    }

    private Map<String, List<Community>> communitiesByQuarter(List<Map<String, Object>> items) {
        var byQuarter = new TreeMap<String, List<Community>>();
        for (var item : items) {
            for (var quarter : PackFile.list(item, "quarters")) {
                byQuarter
                        .computeIfAbsent(known(quarters, (String) quarter).key(), absent -> new ArrayList<>())
                        .add(communityOf(item));
            }
        }
        byQuarter.replaceAll((quarter, shared) ->
                shared.stream().sorted(Comparator.comparing(Community::name)).toList());
        return byQuarter;
    }

    private Landmark landmark(Map<String, Object> item) {
        var quarter = known(quarters, PackFile.text(item, "quarter"));
        return new Landmark(
                PackFile.text(item, "name"),
                PackFile.text(item, "kind"),
                quarter.key(),
                quarter.name(),
                PackFile.number(item, "lon"),
                PackFile.number(item, "lat"));
    }

    private void everyQuarterHasItsOutline(Map<String, Geometry> shapes) {
        if (!shapes.keySet().equals(quarters.keySet())) {
            var without = new HashSet<>(quarters.keySet());
            without.removeAll(shapes.keySet());
            var unknown = new HashSet<>(shapes.keySet());
            unknown.removeAll(quarters.keySet());
            throw new IllegalStateException("The city pack has quarters without outline " + without
                    + " or outlines without quarter " + unknown);
        }
    }

    private static <T> T known(Map<String, T> things, String key) {
        var thing = things.get(key);
        if (thing == null) {
            throw new IllegalStateException(
                    "The city pack names the key '" + key + "' and knows only " + things.keySet());
        } else {
            return thing;
        }
    }

    private static <T> Map<String, T> byKey(Collection<T> things, Function<T, String> key) {
        var map = new LinkedHashMap<String, T>();
        things.forEach(thing -> map.put(key.apply(thing), thing));
        return map;
    }
}
