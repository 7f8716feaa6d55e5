package motette.moderation;

import motette.places.Quarter;
import org.jspecify.annotations.Nullable;

/** @param communityKey null outside communities */
record NewPlace(
        double lon, double lat, Quarter quarter, @Nullable String communityKey, String bodyKey, boolean exact) {}
