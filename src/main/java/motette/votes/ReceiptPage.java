package motette.votes;

import io.micronaut.core.annotation.Introspected;

/**
 * @param receipt in groups; empty where nobody here knows it any more, or there is none
 * @param changes the ballot can still be changed
 * @param channel on which channel the reader has voted: web, kiosk, paper or empty
 */
@Introspected
record ReceiptPage(RoundCard card, String receipt, boolean changes, String channel) {

    boolean has() {
        return !receipt.isEmpty();
    }
}
