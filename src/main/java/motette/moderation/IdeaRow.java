package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import motette.ideas.Authors;
import motette.shared.Message;
import org.jspecify.annotations.Nullable;

/** Everything of one idea that a coordinator reads before deciding, in one row. */
@Introspected
record IdeaRow(
        long number,
        String title,
        String description,
        String kind,
        String state,
        Instant stateSince,
        Instant handedInAt,
        String categoryKey,
        String icon,
        String color,
        boolean forwarded,
        String groupKeys,
        String quarterKey,
        String quarter,
        String district,
        String communityKey,
        String community,
        String body,
        String place,
        double lon,
        double lat,
        boolean exactPlace,
        @Nullable Long costCents,
        String author,
        String language) {

    List<String> groups() {
        return groupKeys.isEmpty() ? List.of() : List.of(groupKeys.split(","));
    }

    boolean waits() {
        return state.equals("handed-in");
    }

    String stateTone() {
        return switch (state) {
            case "published" -> "lake";
            case "returned", "postponed" -> "sun";
            case "declined", "not-granted" -> "clay";
            case "granted", "granted-in-part" -> "leaf";
            default -> "stone";
        };
    }

    String stateIcon() {
        return switch (state) {
            case "published" -> "people";
            case "returned" -> "undo";
            case "declined", "not-granted" -> "x";
            case "granted", "granted-in-part" -> "euro";
            case "postponed" -> "calendar";
            default -> "forward";
        };
    }

    boolean movable() {
        return waits() || state.equals("published");
    }

    Message by() {
        return Authors.said(author);
    }
}
