package motette.votes;

import static motette.votes.OnSiteRights.demand;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** Typing what stands on ballot papers. */
@Controller("/votes/{slug}/paper")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class SheetController {

    private static final String TICK = "tick-";

    private final RoundRepository rounds;
    private final SheetEntries entries;
    private final OnSiteRights rights;
    private final Clock clock;

    SheetController(RoundRepository rounds, SheetEntries entries, OnSiteRights rights, Clock clock) {
        this.rounds = rounds;
        this.entries = entries;
        this.rights = rights;
        this.clock = clock;
    }

    /** @param said first, agreed, different; or empty */
    @Introspected
    record NumberPage(String slug, String title, String typed, Problems problems, String said) {}

    /**
     * A candidate on the sheet that is typed.
     *
     * @param points as typed; 0 for none
     * @param one    as the first read it, other as the second; only where they differ
     */
    @Introspected
    record Line(int number, String title, boolean withdrawn, int points, int one, int other, boolean differs) {}

    /**
     * @param mends    whether it is the third look
     * @param outcomes what both took the sheet for; empty unless it is
     */
    @Introspected
    record SheetPage(
            String slug,
            String title,
            String number,
            String code,
            String district,
            boolean mends,
            int most,
            List<Line> lines,
            String outcome,
            List<String> outcomes,
            Problems problems) {}

    @Get("/entry")
    HttpResponse<?> number(String slug, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.typing(visitor, round));
            return HttpResponse.ok(
                    number(round, "", Problems.none(), said.matches("first|agreed|different") ? said : ""));
        });
    }

    @Post("/sheet")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sheet(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> {
            demand(rights.typing(visitor, round));
            var typed = sent.getOrDefault("code", "");
            return switch (entries.look(visitor, slug, typed)) {
                case SheetEntries.Look.Wrong wrong ->
                    HttpResponse.unprocessableEntity().body(number(round, typed, wrong.problems(), ""));
                case SheetEntries.Look.Type sheet ->
                    HttpResponse.ok(form(round, sheet.number(), sheet.districtKey(), Choice.NOTHING, "valid"));
                case SheetEntries.Look.Differs differs -> HttpResponse.ok(thirdLook(round, differs));
            };
        });
    }

    @Post("/entries")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> type(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> keep(round, sent, visitor, false));
    }

    @Post("/mendings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> mend(String slug, @Body Map<String, String> sent, Visitor visitor) {
        return with(slug, round -> keep(round, sent, visitor, true));
    }

    private HttpResponse<?> keep(Round round, Map<String, String> sent, Visitor visitor, boolean mends) {
        demand(rights.typing(visitor, round));
        var number = SheetNumber.typed(sent.getOrDefault("sheet", ""));
        var outcome = SheetOutcome.find(sent.getOrDefault("outcome", ""));
        if (number.isEmpty() || outcome.isEmpty()) {
            return HttpResponse.unprocessableEntity()
                    .body(number(
                            round,
                            sent.getOrDefault("sheet", ""),
                            Problems.none().add("code", "votes.paper.problem.unknown"),
                            ""));
        }
        var choice = choice(sent);
        var typed = mends
                ? entries.mend(visitor, round.slug(), number.get(), outcome.get(), choice)
                : entries.type(visitor, round.slug(), number.get(), outcome.get(), choice);
        if (typed.result().isPresent()) {
            return HttpResponse.seeOther(URI.create("/votes/" + round.slug() + "/paper/entry?said="
                    + typed.result().get().name().toLowerCase(java.util.Locale.ROOT)));
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(again(round, visitor, number.get(), outcome.get(), choice, typed.problems()));
        }
    }

    /** The same form with what was typed; or the question for a number where this sheet is not to be typed. */
    private View again(
            Round round, Visitor visitor, SheetNumber number, SheetOutcome outcome, Choice choice, Problems problems) {
        if (problems.has("code")) {
            return number(round, number.spaced(), problems, "");
        }
        return switch (entries.look(visitor, round.slug(), number.code())) {
            case SheetEntries.Look.Wrong wrong -> number(round, number.spaced(), wrong.problems(), "");
            case SheetEntries.Look.Type sheet ->
                form(
                        round,
                        number,
                        sheet.districtKey(),
                        false,
                        lines(round, sheet.districtKey(), choice, choice, choice),
                        outcome.key(),
                        List.of(),
                        problems);
            case SheetEntries.Look.Differs differs ->
                form(
                        round,
                        number,
                        differs.districtKey(),
                        true,
                        lines(
                                round,
                                differs.districtKey(),
                                choice,
                                differs.one().choice(),
                                differs.other().choice()),
                        outcome.key(),
                        outcomes(differs),
                        problems);
        };
    }

    private View number(Round round, String typed, Problems problems, String said) {
        return View.of("votes/sheet-number", new NumberPage(round.slug(), round.title(), typed, problems, said));
    }

    private View form(Round round, SheetNumber number, String districtKey, Choice choice, String outcome) {
        return form(
                round,
                number,
                districtKey,
                false,
                lines(round, districtKey, choice, choice, choice),
                outcome,
                List.of(),
                Problems.none());
    }

    private View thirdLook(Round round, SheetEntries.Look.Differs differs) {
        var one = differs.one();
        var other = differs.other();
        var both = new TreeMap<Integer, Integer>();
        one.choice().points().forEach((candidate, points) -> {
            if (other.choice().pointsOf(candidate) == points) {
                both.put(candidate, points);
            }
        });
        return form(
                round,
                differs.number(),
                differs.districtKey(),
                true,
                lines(round, differs.districtKey(), Choice.of(both), one.choice(), other.choice()),
                one.outcome() == other.outcome() ? one.outcome().key() : "",
                outcomes(differs),
                Problems.none());
    }

    private static List<String> outcomes(SheetEntries.Look.Differs differs) {
        return List.of(differs.one().outcome().key(), differs.other().outcome().key());
    }

    private View form(
            Round round,
            SheetNumber number,
            String districtKey,
            boolean mends,
            List<Line> lines,
            String outcome,
            List<String> outcomes,
            Problems problems) {
        return View.of(
                "votes/sheet-form",
                new SheetPage(
                        round.slug(),
                        round.title(),
                        number.spaced(),
                        number.code(),
                        round.district(districtKey).orElseThrow().name(),
                        mends,
                        round.most(),
                        lines,
                        outcome,
                        outcomes,
                        problems));
    }

    private List<Line> lines(Round round, String districtKey, Choice choice, Choice one, Choice other) {
        return rounds.candidates(round.id()).stream()
                .filter(candidate -> candidate.districtKey().equals(districtKey))
                .map(candidate -> new Line(
                        candidate.number(),
                        candidate.title(),
                        !candidate.stands(),
                        choice.pointsOf(candidate.number()),
                        one.pointsOf(candidate.number()),
                        other.pointsOf(candidate.number()),
                        one.pointsOf(candidate.number()) != other.pointsOf(candidate.number())))
                .toList();
    }

    private static Choice choice(Map<String, String> sent) {
        var points = new TreeMap<Integer, Integer>();
        sent.forEach((field, value) -> {
            if (field.matches(TICK + "\\d{1,4}") && value.strip().matches("\\d{1,2}")) {
                points.put(Integer.valueOf(field.substring(TICK.length())), Integer.valueOf(value.strip()));
            }
        });
        return Choice.of(points);
    }

    private HttpResponse<?> with(String slug, Function<Round, HttpResponse<?>> answer) {
        return Optional.of(slug)
                .flatMap(rounds::find)
                .filter(round -> round.phase(clock.instant()).isPublic())
                .<HttpResponse<?>>map(answer)
                .orElseGet(HttpResponse::notFound);
    }
}
