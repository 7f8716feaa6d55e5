package motette.places;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How many people live where, on one day, as the city pack says; read once. */
@Singleton
public class Population {

    private final Map<String, Long> quarters = new HashMap<>();
    private final Map<String, Long> communities = new HashMap<>();
    private final Places places;
    private final LocalDate day;
    private final String source;

    Population(CityPack pack, Places places, JsonMapper json) {
        this.places = places;
        PackFile.items(pack, "quarters.json", json)
                .forEach(item -> quarters.put(PackFile.text(item, "key"), (long) PackFile.number(item, "population")));
        PackFile.items(pack, "communities.json", json).stream()
                .filter(item -> item.get("population") != null)
                .forEach(item ->
                        communities.put(PackFile.text(item, "key"), (long) PackFile.number(item, "population")));
        this.day = LocalDate.parse(PackFile.text(PackFile.read(pack, "city.json", json), "populationDate"));
        this.source = PackFile.text(PackFile.read(pack, "quarters.json", json), "source");
    }

    /** On which the people were counted. */
    public LocalDate day() {
        return day;
    }

    /** Who counted, up to the first semicolon: what follows in the pack is about boundaries and licence. */
    public String source() {
        return source.split(";", 2)[0];
    }

    public long ofQuarter(String key) {
        return quarters.getOrDefault(key, 0L);
    }

    public long of(List<String> quarterKeys) {
        return quarterKeys.stream().mapToLong(this::ofQuarter).sum();
    }

    public long ofCity() {
        return quarters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Empty where no figure exists. */
    public OptionalLong ofCommunity(String key) {
        var people = communities.get(key);
        return people == null ? OptionalLong.empty() : OptionalLong.of(people);
    }

    /**
     * Whom the council of a district decides for: those in its quarters that are in no community as a whole. Of a quarter that a
     * community shares, there is no figure for the rest, so it counts whole.
     */
    public long ofDistrictWithoutCommunities(String districtKey) {
        return of(places.quarters().stream()
                .filter(quarter -> quarter.districtKey().equals(districtKey))
                .map(Quarter::key)
                .filter(key -> places.communitiesOf(key).isEmpty() || places.hasRemainder(key))
                .toList());
    }
}
