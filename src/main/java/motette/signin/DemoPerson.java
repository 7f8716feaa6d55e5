package motette.signin;

import io.micronaut.core.annotation.Introspected;

/** One button on the sign-in page of the demo city. */
@Introspected
record DemoPerson(String demoKey, String pseudonym, String role, String district) {}
