package motette.site;

import io.micronaut.core.annotation.Introspected;

/**
 * What the city says about itself on the legal pages; empty where it has not said it yet, and the page then says so.
 *
 * @param contact         where the operator of this installation answers letters, by e-mail
 */
@Introspected
record CityFacts(
        String city,
        String operator,
        String office,
        String address,
        String phone,
        String contact,
        String responsible,
        String protectionOfficer,
        String protectionAuthority,
        String protectionLaw,
        String attribution) {}
