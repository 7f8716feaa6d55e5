package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDateTime;
import java.util.Optional;

/** Whether an idea can be voted for; the storey of the votes above answers. */
public interface OnBallot {

    /** Asked for every page of an idea, so it must be answered without the database. */
    Optional<Notice> of(long ideaNumber);

    /**
     * @param open   ballots are taken now
     * @param opens  Berlin time
     * @param closes Berlin time
     */
    @Introspected
    record Notice(String slug, String title, boolean open, LocalDateTime opens, LocalDateTime closes) {}
}
