package motette.signin;

/**
 * A way to sign in beside mails and other parties, as a passkey: whoever takes one way away asks whether another is left. A
 * feature that keeps such a way implements it.
 */
public interface OtherWayIn {

    /** Whether the person can sign in by this way alone. */
    boolean isOpenTo(long personId);
}
