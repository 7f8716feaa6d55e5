package motette.opendata;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import motette.shared.Time;
import motette.votes.PublicRound;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers, as {@code openapi.yml} describes it. Fields are always there, null where nothing is known; times
 * are ISO 8601 with their offset, money is in cents. Records are only ever added to.
 */
final class Answers {

    private Answers() {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Licence(String name, String url) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Amount(long cents, String currency) {

        static Amount of(long cents) {
            return new Amount(cents, "EUR");
        }

        static @Nullable Amount ofNullable(@Nullable Long cents) {
            return cents == null || cents == 0 ? null : of(cents);
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Named(String key, String name) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Labelled(String key, Map<String, String> label) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record InDistrict(String key, String slug, String name) {}

    /** @param exact false where only the quarter is known: the point is then one inside of it */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Location(double lon, double lat, boolean exact, String place) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Votes(int inFavour, int against, int abstentions) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Decision(
            String kind,
            String decidedOn,
            @Nullable Named body,
            String reason,
            @Nullable Amount amount,
            @Nullable Votes votes) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Summary(
            long number,
            String url,
            String title,
            String description,
            String kind,
            String state,
            String stateSince,
            String handedInAt,
            String publishedAt,
            String author,
            String language,
            boolean example,
            Labelled category,
            List<Labelled> targetGroups,
            InDistrict district,
            Named quarter,
            @Nullable Named community,
            Named body,
            Location location,
            @Nullable Amount cost,
            long supports,
            @Nullable Decision decision) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Links(
            String self, @Nullable String next, @Nullable String prev) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Ideas(
            Licence licence, String attribution, int page, int size, long total, Links links, List<Summary> items) {}

    /** @param takenBack whether a later line took it back */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(
            String kind,
            String at,
            @Nullable Named office,
            @Nullable String reason,
            String note,
            @Nullable Amount amount,
            boolean takenBack) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Picture(int maxWidth, String url) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PhotoOfIdea(String alt, int width, int height, List<Picture> pictures) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Whole(
            Licence licence,
            String attribution,
            @JsonUnwrapped Summary idea,
            List<Line> timeline,
            List<PhotoOfIdea> photos) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Point(String type, List<Double> coordinates) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Properties(
            long number,
            String url,
            String title,
            String kind,
            String state,
            String publishedAt,
            String category,
            String district,
            String quarter,
            String place,
            boolean exact,
            boolean example,
            long supports,
            @Nullable Amount cost,
            @Nullable Amount granted) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Feature(String type, long id, Point geometry, Properties properties) {

        static Feature of(Summary idea) {
            return new Feature(
                    "Feature",
                    idea.number(),
                    new Point(
                            "Point",
                            List.of(idea.location().lon(), idea.location().lat())),
                    new Properties(
                            idea.number(),
                            idea.url(),
                            idea.title(),
                            idea.kind(),
                            idea.state(),
                            idea.publishedAt(),
                            idea.category().key(),
                            idea.district().slug(),
                            idea.quarter().key(),
                            idea.location().place(),
                            idea.location().exact(),
                            idea.example(),
                            idea.supports(),
                            idea.cost(),
                            idea.decision() == null ? null : idea.decision().amount()));
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Features(
            String type,
            Licence licence,
            String attribution,
            long numberMatched,
            int numberReturned,
            List<Feature> features) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Body(String key, String name, int seats) {}

    /** @param shared whether the community is only a part of the quarter */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Community(
            String key,
            String name,
            boolean shared,
            @Nullable Body body) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Quarter(String key, String name, int population, List<Double> labelPoint, List<Community> communities) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record District(
            String key,
            String slug,
            String name,
            int population,
            @Nullable Body body,
            List<Quarter> quarters) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Districts(Licence licence, String attribution, List<District> items) {}

    /** @param total what the city gave for the year, the sum of the accounts */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Budget(int year, Named fund, Named body, Amount total, Map<String, Amount> accounts) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Budgets(Licence licence, String attribution, List<Budget> items) {}

    /**
     * @param quarter     null for what is for no idea, and so for no place
     * @param decided     the sum of the accounts
     * @param inhabitants of the quarter; null without one
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MoneyPart(
            Named fund,
            Named body,
            @Nullable Named quarter,
            Amount decided,
            Map<String, Amount> accounts,
            @Nullable Long inhabitants) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Money(Licence licence, String attribution, int year, String countedOn, List<MoneyPart> items) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RoundDistrict(String key, String slug, String name, Amount budget) {}

    /**
     * A voting round.
     *
     * @param voters who took part; null before the result is published, as the addresses are
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Round(
            String slug,
            String url,
            String title,
            String phase,
            String form,
            String rule,
            String opensAt,
            String closesAt,
            List<RoundDistrict> districts,
            @Nullable Long voters,
            @Nullable String result,
            @Nullable String files) {

        static Round of(PublicRound round, String home) {
            var url = home + "/votes/" + round.slug();
            return new Round(
                    round.slug(),
                    url,
                    round.title(),
                    round.phase(),
                    round.form(),
                    round.rule(),
                    iso(round.opensAt()),
                    iso(round.closesAt()),
                    round.districts().stream()
                            .map(district -> new RoundDistrict(
                                    district.key(),
                                    district.slug(),
                                    district.name(),
                                    Amount.of(district.budgetCents())))
                            .toList(),
                    round.isPublished() ? round.voters() : null,
                    round.isPublished() ? url + "/files/result.json" : null,
                    round.isPublished() ? url + "/files.zip" : null);
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Rounds(Licence licence, String attribution, List<Round> items) {}

    static String iso(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atZone(Time.ZONE));
    }
}
