package motette.signin;

import java.util.Locale;

/** Why a sign-in ended before its time; the key is the word in {@code sign_ins.end_reason}. */
public enum EndReason {
    /** By the person, on this device. */
    SIGNED_OUT,
    /** By the person, on all devices. */
    EVERYWHERE,
    /** By the person, from another device. */
    DEVICE_ENDED,
    /** Somebody signed in anew in the same browser. */
    REPLACED,
    /** A used refresh token was shown again: two hold it, and one of them is not the person. */
    REUSE,
    /** Somebody joined the staff, whose sign-ins last less long. */
    OVER,
    /** The provider that vouched for it says that it has ended there. */
    PROVIDER,
    /** An administrator took away every second factor, because the person lost them. */
    FACTORS_RESET;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
