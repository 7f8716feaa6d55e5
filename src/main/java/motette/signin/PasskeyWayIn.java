package motette.signin;

import jakarta.inject.Singleton;

/** Whoever has a passkey can do without mails and other parties. */
@Singleton
final class PasskeyWayIn implements OtherWayIn {

    private final PasskeyRepository passkeys;

    PasskeyWayIn(PasskeyRepository passkeys) {
        this.passkeys = passkeys;
    }

    @Override
    public boolean isOpenTo(long personId) {
        return !passkeys.of(personId).isEmpty();
    }
}
