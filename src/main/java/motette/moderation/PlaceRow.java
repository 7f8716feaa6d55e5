package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/** Where an idea was before its place was corrected. */
@Introspected
record PlaceRow(
        double lon, double lat, String quarterKey, @Nullable String communityKey, String bodyKey, boolean exactPlace) {}
