package motette.votes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import motette.shared.Money;
import motette.shared.Texts;
import motette.votes.Round.RoundDistrict;

/**
 * What a choice comes to in one district, reckoned here and shown as it is.
 *
 * @param district its key
 * @param words    how much is ticked
 * @param left     how much money is left or too much; empty where the form knows no limit
 * @param exceeds  more than the money pays for
 * @param percent  of the money, at most 100
 */
@Introspected
@Serdeable
record Sum(String district, String words, String left, boolean exceeds, int percent) {

    static Sum of(Round round, RoundDistrict district, List<Candidate> candidates, Choice choice, Texts.In texts) {
        var here = choice.in(district.key(), candidates);
        long ticked = here.points().size();
        long cents = choice.cents(candidates, district.key());
        return switch (round.form()) {
            case APPROVAL -> new Sum(district.key(), texts.get("votes.sum.chosen", ticked), "", false, 0);
            case POINTS ->
                new Sum(
                        district.key(),
                        texts.get(
                                "votes.sum.points",
                                ticked,
                                here.points().values().stream()
                                        .mapToLong(Integer::longValue)
                                        .sum()),
                        "",
                        false,
                        0);
            case BUDGET -> budget(district, ticked, cents, texts);
        };
    }

    private static Sum budget(RoundDistrict district, long ticked, long cents, Texts.In texts) {
        long left = district.budgetCents() - cents;
        return new Sum(
                district.key(),
                texts.get("votes.sum.cost", ticked, new Money(cents)),
                left >= 0
                        ? texts.get("votes.sum.left", new Money(left), new Money(district.budgetCents()))
                        : texts.get("votes.sum.over", new Money(-left), new Money(district.budgetCents())),
                left < 0,
                (int) Math.min(100, Math.ceilDiv(cents * 100, district.budgetCents())));
    }

    static List<Sum> all(Round round, List<Candidate> candidates, Choice choice, Texts texts, Locale locale) {
        var in = texts.in(locale);
        return round.districts().stream()
                .map(district -> of(round, district, candidates, choice, in))
                .toList();
    }
}
