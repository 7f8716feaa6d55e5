package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.shared.Sql;

/** Ideas for which their authors can ask a fund for money: published and not decided. */
@Singleton
public class ApplicableIdeas {

    private final Sql sql;

    ApplicableIdeas(Sql sql) {
        this.sql = sql;
    }

    /** Empty where the idea is somebody else's, or not public, or decided. */
    @Connectable
    public Optional<ApplicableIdea> of(long number, long authorId) {
        return sql.one(
                "select number, title, description, kind, quarter_key, coalesce(community_key, ''), place from ideas"
                        + " where number = ? and author_id = ? and state in ('published', 'postponed')",
                row -> new ApplicableIdea(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                number,
                authorId);
    }
}
