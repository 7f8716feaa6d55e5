package motette.signin;

import io.micronaut.core.annotation.Introspected;

/**
 * One other party on the sign-in page.
 *
 * @param path  where the button leads, without what the person wanted before
 * @param staff whether it stands with those who work for the city
 */
@Introspected
public record PartyButton(String path, String label, boolean staff) {}
