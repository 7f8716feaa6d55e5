package motette.shared;

/** Thrown inside a deed's transaction so that it is rolled back whole; carries the refusal that the page shows. */
public final class Refused extends RuntimeException {

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.reason().key(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
