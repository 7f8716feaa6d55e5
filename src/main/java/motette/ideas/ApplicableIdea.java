package motette.ideas;

/**
 * An idea for which its author can ask a fund for money, as an application begins with it.
 *
 * @param communityKey empty outside communities
 */
public record ApplicableIdea(
        long number,
        String title,
        String description,
        String kind,
        String quarterKey,
        String communityKey,
        String place) {}
