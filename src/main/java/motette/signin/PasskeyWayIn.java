package motette.signin;

import jakarta.inject.Singleton;

/** Whoever has a passkey can do without mails and other parties; one that was copied lets nobody in. */
@Singleton
final class PasskeyWayIn implements WayIn {

    private final PasskeyRepository passkeys;

    PasskeyWayIn(PasskeyRepository passkeys) {
        this.passkeys = passkeys;
    }

    @Override
    public int countOf(long personId) {
        return (int) passkeys.of(personId).stream()
                .filter(passkey -> !passkey.isCloned())
                .count();
    }
}
