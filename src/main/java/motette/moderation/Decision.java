package motette.moderation;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A decision of a coordinator; its line in the story of the idea is {@code eventId}. */
@MappedEntity("moderation_decisions")
record Decision(
        @Id @GeneratedValue long id,
        long ideaNumber,
        long eventId,
        long decidedBy,
        String areaKey,
        String kind,
        Instant at) {}
