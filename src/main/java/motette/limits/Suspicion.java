package motette.limits;

import java.util.Locale;

/** Why a form looks as if a program had sent it. Never a reason to refuse: people with helpers of their own look like that too. */
public enum Suspicion {
    /** The field is filled in that people do not see. */
    HONEYPOT,
    /** Sent sooner than somebody could have read the page, or without ever having opened it. */
    TOO_FAST;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
