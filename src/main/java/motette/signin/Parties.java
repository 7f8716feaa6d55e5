package motette.signin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Others whom the city trusts to say who somebody is, as the sign-in page and signing out need to know of them. */
public interface Parties {

    /** What stands on the sign-in page, in the order of the configuration. */
    List<PartyButton> buttons(Locale language);

    /**
     * Where somebody is led who signed out here and may still be signed in with the other party.
     *
     * @param signIn row of {@code sign_ins}; 0 for a guest
     * @return a path of this site
     */
    Optional<String> farewell(long signIn);
}
