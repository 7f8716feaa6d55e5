package motette.shared;

/**
 * Thrown where a question of authorisation says no: answered 403 with the reason and the way out. Rolls a deed's transaction back.
 * {@link Refused} is for what anybody would be refused now.
 */
public final class Denied extends RuntimeException {

    private final transient Refusal refusal;

    public Denied(Refusal refusal) {
        super(refusal.reason().key(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
