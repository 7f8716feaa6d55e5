package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import motette.places.District;
import motette.shared.Money;
import motette.shared.Problems;

/** Where a round takes place and about how much money, as typed: chosen districts and amounts by key. */
@Introspected
record DistrictsForm(List<String> chosen, Map<String, String> money) {

    private static final String MONEY = "money-";

    static DistrictsForm of(Map<String, String> sent, List<String> chosen, List<District> districts) {
        var money = new LinkedHashMap<String, String>();
        districts.forEach(district -> money.put(district.key(), Typed.line(sent, MONEY + district.key())));
        return new DistrictsForm(
                districts.stream().map(District::key).filter(chosen::contains).toList(), money);
    }

    String typed(String districtKey) {
        return money.getOrDefault(districtKey, "");
    }

    boolean has(String districtKey) {
        return chosen.contains(districtKey);
    }

    Problems problems(List<District> districts) {
        var problems = Problems.none();
        if (chosen.isEmpty()) {
            problems.add("district", "votes.desk.problem.district");
        }
        for (var district : districts) {
            if (has(district.key())
                    && Money.parse(typed(district.key()))
                            .filter(money -> !money.isZero())
                            .isEmpty()) {
                problems.add(MONEY + district.key(), "votes.desk.problem.money", district.name());
            }
        }
        return problems;
    }

    /** Only without problems. */
    Money amount(String districtKey) {
        return Money.parse(typed(districtKey)).orElseThrow();
    }
}
