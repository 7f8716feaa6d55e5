package motette.people;

/** A form that was not sent from one of our own pages, or from a page of another sign-in. */
public final class ForgedRequest extends RuntimeException {

    ForgedRequest(String why) {
        super(why, null, false, false);
    }
}
