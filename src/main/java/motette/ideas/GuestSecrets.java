package motette.ideas;

import io.micronaut.context.annotation.Context;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;

/** Keyed hashes for guests: whoever reads the database learns no code from it. */
@Context
class GuestSecrets {

    private final Secrets secrets;

    GuestSecrets(KeptSecrets kept) {
        this.secrets = kept.of("guests");
    }

    /**
     * The code of the idea handed in from a draft. It follows from the secret that only the device of the draft has, so the page
     * after handing in can be opened again and handing in twice gives one code.
     */
    LookUpCode codeOf(String ticket) {
        return LookUpCode.from(secrets.hash("code of", ticket));
    }

    /** What is kept of a code; 32 bytes. */
    byte[] hashOf(LookUpCode code) {
        return secrets.hash("look up", code.letters());
    }
}
