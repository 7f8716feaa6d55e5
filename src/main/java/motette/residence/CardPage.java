package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.format.DateTimeFormatter;
import motette.shared.QrCodes;
import motette.shared.Time;

/**
 * The code that a phone shows at a coordinator's desk.
 *
 * @param qr    path of the QR code, which holds the address of the desk with the code behind the hash
 * @param until hour and minute
 */
@Introspected
record CardPage(String code, String quarter, String until, String qr, String box) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    static CardPage of(DeskCodes.Shown shown, String home) {
        var address = home + "/residence/desk#" + shown.code().signs();
        return new CardPage(
                shown.code().grouped(),
                shown.quarter().name(),
                HOUR.format(shown.until().atZone(Time.ZONE)),
                QrCodes.path(address),
                QrCodes.box(address));
    }
}
