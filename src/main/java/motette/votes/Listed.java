package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A candidate as a page lists it.
 *
 * @param place     what it is about, in words; empty where only the quarter is known
 * @param quarter   where it is about
 * @param picture   its photo; empty where it has none
 * @param pictureGone why the photo it had is not shown any more; empty where it is, or where there was none
 * @param changed   why it reads otherwise than announced; empty while it stands as announced
 * @param changedAt when it was changed last; of no meaning where it was not
 * @param excludes  numbers of candidates of which at most one can be carried out with it
 */
@Introspected
record Listed(
        Candidate candidate,
        String place,
        String quarter,
        Optional<Shown> picture,
        String pictureGone,
        String changed,
        Instant changedAt,
        List<Integer> excludes) {

    /** @param base address of its renditions, to which the width is added */
    @Introspected
    record Shown(String base, String alt, int width, int height) {

        String path(int wide) {
            return base + "/" + wide + ".jpg";
        }
    }

    /** As people say it: the place, and the quarter it lies in. */
    String where() {
        return place.isEmpty() ? quarter : place + ", " + quarter;
    }

    /** So much is read at once; the rest unfolds. */
    private static final int BEGINNING = 220;

    int number() {
        return candidate.number();
    }

    String title() {
        return candidate.title();
    }

    long idea() {
        return candidate.ideaNumber();
    }

    long cents() {
        return candidate.costCents();
    }

    boolean stands() {
        return candidate.stands();
    }

    String withdrawn() {
        return candidate.withdrawn().orElse("");
    }

    Optional<String> change() {
        return changed.isEmpty() ? Optional.empty() : Optional.of(changed);
    }

    boolean isLong() {
        return candidate.description().length() > BEGINNING + 60;
    }

    /** The whole of a short text, whole words of a long one. */
    String beginning() {
        var text = candidate.description();
        if (isLong()) {
            int end = text.lastIndexOf(' ', BEGINNING);
            return text.substring(0, end > BEGINNING / 2 ? end : BEGINNING) + " …";
        } else {
            return text;
        }
    }

    List<String> paragraphs() {
        return candidate.description().lines().filter(line -> !line.isBlank()).toList();
    }
}
