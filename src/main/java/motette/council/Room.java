package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import motette.bodies.Quorum;
import motette.shared.Money;
import motette.statements.Given;
import org.jspecify.annotations.Nullable;

/**
 * A session as it runs.
 *
 * @param openedAt null before it has begun
 * @param endedAt  null before it is closed
 * @param on       whether it is its day, so that it is worth following
 * @param version  one more with each deed; 0 before it has begun
 * @param quorum   for the item that is open, or in general; null before it has begun
 * @param motions  on the item that is open, the last one first
 * @param vote     the last on the item that is open; null without
 * @param matter   what the open item is about; null without
 * @param given    what the administration said of it; null without
 * @param free     money that can be granted for it, in cents; null where none can
 * @param withoutStatement up to this sum nothing needs to be asked of the administration; null where the body has no rules
 */
@Introspected
record Room(
        CouncilSession session,
        boolean on,
        @Nullable Instant openedAt,
        @Nullable Instant endedAt,
        long version,
        List<RoomMember> members,
        List<RoomItem> items,
        @Nullable Quorum quorum,
        List<Motion> motions,
        @Nullable RoomVote vote,
        @Nullable Matter matter,
        @Nullable Given given,
        @Nullable Long free,
        @Nullable Money withoutStatement) {

    /** Where the page hears of what is done in the room; null where nothing will be. */
    @Nullable
    String events() {
        return on && !isClosed() ? path() + "/live/events" : null;
    }

    boolean isOpen() {
        return openedAt != null && endedAt == null;
    }

    boolean isClosed() {
        return endedAt != null;
    }

    /** The item that is open; null between items. */
    @Nullable
    RoomItem current() {
        return items.stream().filter(RoomItem::isOpen).findFirst().orElse(null);
    }

    @Nullable
    Motion motion() {
        return motions.isEmpty() ? null : motions.getFirst();
    }

    boolean isVoting() {
        return vote != null && vote.runs();
    }

    /** The vote on the motion as it stands now; null where it was changed since, or nobody has voted on it. */
    @Nullable
    RoomVote voteOnMotion() {
        return vote != null && motion() != null && vote.motion() == motion().number() ? vote : null;
    }

    /** Whether the motion that failed was to grant money, or is about no idea or application: then it can be declined. */
    boolean canDecline() {
        return matter == null || motion() != null && motion().grants();
    }

    /** Who is there and has a vote. */
    long present() {
        return members.stream()
                .filter(RoomMember::present)
                .filter(RoomMember::hasVote)
                .count();
    }

    long biased() {
        return members.stream().filter(RoomMember::biased).count();
    }

    List<RoomMember> voters() {
        return members.stream().filter(RoomMember::voter).toList();
    }

    /** Those who may vote and have not yet. */
    List<RoomMember> missing() {
        return voters().stream().filter(each -> each.choice().isEmpty()).toList();
    }

    List<RoomMember> chose(String choice) {
        return voters().stream().filter(each -> each.choice().equals(choice)).toList();
    }

    Optional<RoomMember> member(long personId) {
        return members.stream().filter(each -> each.personId() == personId).findFirst();
    }

    Optional<RoomItem> item(long id) {
        return items.stream().filter(each -> each.id() == id).findFirst();
    }

    /** The first item that waits to be called. */
    @Nullable
    RoomItem next() {
        return items.stream().filter(RoomItem::isWaiting).findFirst().orElse(null);
    }

    /** Whether a statement of the administration stands on what is dealt with. */
    boolean isStated() {
        return given != null && given.given();
    }

    /** Whether what is moved, or asked while nothing is, needs one. */
    boolean needsStatement() {
        var motion = motion();
        var sum = motion != null && motion.grants() ? motion.amount() : matter != null ? matter.asked() : new Money(0);
        return withoutStatement == null || sum.compareTo(withoutStatement) > 0;
    }

    String path() {
        return session.path();
    }
}
