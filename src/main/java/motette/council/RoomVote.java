package motette.council;

import io.micronaut.core.annotation.Introspected;

/**
 * The last vote on the item that is open.
 *
 * @param motion  number of the motion that is voted on
 * @param mode    open, names: on devices; count, secret: counted by who runs the session
 * @param voters  who may take part
 * @param cast    who has voted on a device
 * @param needed  voters without whom it counts nothing
 * @param outcome adopted, rejected, void; empty while it runs
 * @param reason  why it is void
 */
@Introspected
record RoomVote(
        long id,
        long motion,
        String mode,
        int voters,
        int cast,
        int needed,
        String outcome,
        int yes,
        int no,
        int abstentions,
        String reason) {

    boolean runs() {
        return outcome.isEmpty();
    }

    boolean isOnDevices() {
        return mode.equals("open") || mode.equals("names");
    }

    boolean isByName() {
        return mode.equals("names");
    }

    boolean isRejected() {
        return outcome.equals("rejected");
    }

    boolean hasLostQuorum() {
        return runs() && voters < needed;
    }

    int percent() {
        return voters == 0 ? 0 : cast * 100 / voters;
    }
}
