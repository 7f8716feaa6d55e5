package motette.signin;

import java.util.Locale;

/** What a passkey signs for; a signature for one is worth nothing for another. */
enum PasskeyPurpose {
    ENROLMENT,
    SIGN_IN,
    CONFIRMATION;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
