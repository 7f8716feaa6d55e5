package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDateTime;

/**
 * A choice on its way to another device.
 *
 * @param address for typing; empty on the device that takes it over
 * @param until   Berlin time
 * @param gone    the code leads to nothing any more
 */
@Introspected
record HandoverPage(
        RoundCard card, String address, String qr, String box, LocalDateTime until, String code, boolean gone) {}
