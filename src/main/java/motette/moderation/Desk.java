package motette.moderation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.ideas.Catalogue;
import motette.ideas.SimilarIdeas;
import motette.ideas.Translations;
import motette.people.Delegations;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Message;
import motette.shared.Problems;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** Lays the desk: the queue or the decisions of the coordinator's areas, and one idea with all that is needed to decide. */
@Singleton
class Desk {

    private final DeskRepository desk;
    private final ModerationRights rights;
    private final Delegations delegations;
    private final CityPack city;
    private final Places places;
    private final WorkingDays workingDays;
    private final SimilarIdeas similar;
    private final Catalogue catalogue;
    private final Translations translations;
    private final Clock clock;

    Desk(
            DeskRepository desk,
            ModerationRights rights,
            Delegations delegations,
            CityPack city,
            Places places,
            WorkingDays workingDays,
            SimilarIdeas similar,
            Catalogue catalogue,
            Translations translations,
            Clock clock) {
        this.desk = desk;
        this.rights = rights;
        this.delegations = delegations;
        this.city = city;
        this.places = places;
        this.workingDays = workingDays;
        this.similar = similar;
        this.catalogue = catalogue;
        this.translations = translations;
        this.clock = clock;
    }

    /** What a coordinator asked to see; {@code idea} and {@code done} are 0 when not said. */
    record Wish(boolean decided, long idea, long done, boolean correcting) {}

    /** What came back because something is wrong with it; the page shows it again. */
    record Typed(DecisionForm decision, @Nullable PlaceForm place, String closing, Problems problems) {

        static final Typed NOTHING = new Typed(DecisionForm.EMPTY, null, "", Problems.none());
    }

    /** Empty when the idea is not there or not in an area of this coordinator. */
    @Transactional(readOnly = true)
    public Optional<DeskPage> lay(Visitor visitor, Locale language, Wish wish, Typed typed) {
        var areas = areas(visitor);
        var waiting = wish.decided() ? List.<WaitingRow>of() : desk.waiting(areas);
        var decided = wish.decided() ? desk.decided(areas, undoableSince()) : List.<DecidedRow>of();
        long number = wish.idea() == 0 ? first(waiting, decided) : wish.idea();
        var idea = number == 0 ? Optional.<IdeaRow>empty() : desk.idea(number, areas);
        if (wish.idea() != 0 && idea.isEmpty()) {
            return Optional.empty();
        } else {
            return Optional.of(page(visitor, areas, language, wish, waiting, decided, idea, typed));
        }
    }

    /** The idea that waits longest; 0 when none does. */
    @Transactional(readOnly = true)
    public long next(Visitor visitor) {
        return first(desk.waiting(areas(visitor)), List.of());
    }

    /** Whether an idea lies in an area of this coordinator. */
    @Transactional(readOnly = true)
    public boolean reads(Visitor visitor, long number) {
        return desk.idea(number, areas(visitor)).isPresent();
    }

    private DeskPage page(
            Visitor visitor,
            List<String> areas,
            Locale language,
            Wish wish,
            List<WaitingRow> waiting,
            List<DecidedRow> decided,
            Optional<IdeaRow> idea,
            Typed typed) {
        var number = idea.map(IdeaRow::number).orElse(0L);
        var correcting = idea.filter(row -> wish.correcting() && row.movable())
                .map(row -> typed.place() == null ? PlaceForm.of(row) : typed.place())
                .orElse(null);
        var undoable = desk.undoable(areas, wish.done(), number, undoableSince());
        return new DeskPage(
                wish.decided() ? "decided" : "waiting",
                wish.idea() == 0 ? "list" : "detail",
                waiting.isEmpty() ? 0 : waiting.getFirst().total(),
                city.number("moderationWorkingDays"),
                waiting.stream()
                        .map(row -> waiting(row, row.number() == number, language))
                        .toList(),
                decided,
                idea.orElse(null),
                idea.map(row -> catalogue.labelOf(row.categoryKey(), language)).orElse(""),
                idea.map(row -> catalogue.groupLabels(row.groups(), language)).orElse(List.of()),
                idea.filter(IdeaRow::waits).map(row -> waits(row.stateSince())).orElse(null),
                idea.filter(IdeaRow::waits)
                        .filter(row -> isOverdue(row.stateSince()))
                        .isPresent(),
                idea.map(row -> desk.photos(row.number())).orElse(List.of()),
                idea.map(row -> desk.marks(row.number())).orElse(List.of()),
                idea.flatMap(row -> desk.closing(row.number())).orElse(""),
                typed.closing(),
                idea.map(row -> desk.history(row.number())).orElse(List.of()),
                idea.map(row -> similar.to(
                                row.categoryKey(), row.title(), row.lon(), row.lat(), 0, row.number(), language))
                        .orElse(List.of()),
                DecisionKind.RETURN.reasons(),
                DecisionKind.DECLINE.reasons(),
                undoable.stream()
                        .filter(row -> row.number() == number)
                        .findFirst()
                        .orElse(null),
                undoable.stream()
                        .filter(row -> row.id() == wish.done())
                        .findFirst()
                        .orElse(null),
                typed.decision(),
                typed.problems(),
                correcting,
                correcting == null ? List.of() : places.quarters(),
                city.bounds().stream().map(String::valueOf).collect(Collectors.joining(",")),
                city.attribution(),
                rights.desk(visitor).orElse(null),
                delegations.takenBy(visitor.personId()).stream()
                        .filter(standin -> standin.role().equals(RoleName.COORDINATOR.key()))
                        .toList(),
                wish.decided() ? List.of() : translations.waiting(areas));
    }

    private DeskPage.Waiting waiting(WaitingRow row, boolean current, Locale language) {
        return new DeskPage.Waiting(
                row.number(),
                row.title(),
                row.quarter(),
                catalogue.labelOf(row.categoryKey(), language),
                row.stateSince(),
                waits(row.stateSince()),
                isOverdue(row.stateSince()),
                row.odd(),
                current);
    }

    private Message waits(Instant since) {
        return Message.of(
                "moderation.waits",
                day(since).datesUntil(LocalDate.now(clock).plusDays(1)).count() - 1);
    }

    private boolean isOverdue(Instant since) {
        return LocalDate.now(clock).isAfter(workingDays.after(day(since), city.number("moderationWorkingDays")));
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(Time.ZONE).toLocalDate();
    }

    private Instant undoableSince() {
        return clock.instant().minus(Moderation.UNDO_WITHIN);
    }

    private List<String> areas(Visitor visitor) {
        rights.desk(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return rights.areas(visitor);
    }

    private static long first(List<WaitingRow> waiting, List<DecidedRow> decided) {
        return waiting.stream()
                .map(WaitingRow::number)
                .findFirst()
                .or(() -> decided.stream()
                        .filter(DecidedRow::here)
                        .map(DecidedRow::number)
                        .findFirst())
                .orElse(0L);
    }
}
