package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Described;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one idea prints.
 *
 * @param communityName empty outside communities
 * @param mine        the reader wrote it
 * @param isPublic    everybody may see it
 * @param closed      why a coordinator has closed it; empty while it is open
 * @param granted     money granted in euro cents; 0 before
 * @param next        who does what by when
 * @param said        key of a text to say once after a deed; empty otherwise
 * @param reading     the wording that is shown
 * @param readings    all wordings, the author's own first
 * @param coordinated the reader coordinates its quarter
 * @param ballot      the round in which it can be voted for, announced or running
 * @param asked       money is asked for it at the moment; nobody reads here by whom
 * @param agenda      the session in which a body deals with it in public
 * @param stated      the administration says something on it, or was asked to, or the reader may ask it
 */
@Introspected
record IdeaPage(
        long number,
        String title,
        String kind,
        IdeaState state,
        String category,
        String icon,
        String tone,
        String quarterKey,
        String quarterName,
        String districtName,
        String districtSlug,
        String communityName,
        String bodyName,
        String place,
        double lon,
        double lat,
        boolean exactPlace,
        @Nullable Long costCents,
        String author,
        boolean example,
        long supports,
        boolean supported,
        boolean mine,
        boolean isPublic,
        boolean revisable,
        String closed,
        List<String> targetGroups,
        List<Photo> photos,
        List<Line> timeline,
        NextStep next,
        long granted,
        String attribution,
        String said,
        Reading reading,
        List<Reading> readings,
        boolean coordinated,
        Optional<OnBallot.Notice> ballot,
        boolean asked,
        boolean stated,
        Optional<OnAgenda.Notice> agenda)
        implements Described {

    /** May the reader write it in another language? */
    boolean translatable() {
        return mine || coordinated;
    }

    /** May its author ask a fund for money now? */
    boolean fundable() {
        return mine && state.takesSupport() && !asked;
    }

    /** Only of what everybody may read. */
    @Override
    public String summary() {
        return isPublic ? String.join(" ", reading.paragraphs()) : "";
    }

    @Override
    public Optional<Subject> pictured() {
        return isPublic
                ? Optional.of(new Subject(
                        "ideas/" + number,
                        List.of(
                                readings.getFirst().title(),
                                quarterName,
                                state.key(),
                                photos.isEmpty() ? "" : photos.getFirst().id().toString())))
                : Optional.empty();
    }

    boolean takesSupport() {
        return state.takesSupport() && closed.isEmpty();
    }

    /** Whoever supports a closed idea can still take that back. */
    boolean showsSupport() {
        return takesSupport() || state.takesSupport() && supported;
    }

    boolean decided() {
        return state == IdeaState.GRANTED || state == IdeaState.GRANTED_IN_PART || state == IdeaState.NOT_GRANTED;
    }

    boolean withdrawable() {
        return state == IdeaState.HANDED_IN || state == IdeaState.RETURNED || state.takesSupport();
    }

    @Introspected
    record Photo(UUID id, String alt, int width, int height) {}

    /**
     * One line of the public timeline; a line taken back stays, marked.
     *
     * @param deputy done by somebody who stood in
     */
    @Introspected
    record Line(
            long id,
            String kind,
            Instant at,
            String office,
            String reason,
            String note,
            @Nullable Long amountCents,
            boolean undone,
            boolean deputy) {}

    /**
     * The promise clock.
     *
     * @param key     text of what comes next: {@code next.<key>}; empty where the story has ended
     * @param who     who owns it
     * @param by      last day; null where no day is promised
     * @param daysLeft whole days until then, negative when overdue
     */
    @Introspected
    record NextStep(String key, String who, @Nullable LocalDate by, long daysLeft) {

        boolean overdue() {
            return by != null && daysLeft < 0;
        }

        /** today, late or left: how the days are said. */
        String when() {
            return daysLeft == 0 ? "today" : overdue() ? "late" : "left";
        }

        /** Days are counted when they can be felt. */
        boolean soon() {
            return daysLeft <= 60;
        }

        long days() {
            return Math.abs(daysLeft);
        }

        boolean isNone() {
            return key.isEmpty();
        }
    }
}
