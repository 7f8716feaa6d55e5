package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;

/**
 * Letters printed together.
 *
 * @param letters   how many are in it now; none once it is void and they wait again
 * @param used      how many of their codes were redeemed
 * @param addresses how many addresses are still there
 */
@Introspected
record Batch(
        long id,
        Instant madeAt,
        Optional<Instant> printedAt,
        Optional<Instant> dispatchedAt,
        Optional<Instant> voidedAt,
        String voidReason,
        long letters,
        long used,
        long addresses) {

    /** made, printed, sent or void. */
    String state() {
        if (voidedAt.isPresent()) {
            return "void";
        } else if (dispatchedAt.isPresent()) {
            return "sent";
        } else {
            return printedAt.isPresent() ? "printed" : "made";
        }
    }

    String tone() {
        return switch (state()) {
            case "void" -> "clay";
            case "sent" -> "leaf";
            case "printed" -> "sun";
            default -> "sky";
        };
    }

    String icon() {
        return switch (state()) {
            case "void" -> "x";
            case "sent" -> "check";
            case "printed" -> "print";
            default -> "clock";
        };
    }
}
