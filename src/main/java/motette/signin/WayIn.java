package motette.signin;

/** A way to sign in beside the mailbox, as a passkey or another party. A feature that keeps such ways implements it. */
public interface WayIn {

    /** By how many of them the person could sign in now. */
    int countOf(long personId);
}
