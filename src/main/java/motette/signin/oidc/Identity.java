package motette.signin.oidc;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDate;

/** By whom else a person is known; the columns say what each means. */
@MappedEntity("identities")
record Identity(
        @Id @GeneratedValue long id,
        String provider,
        String subject,
        long personId,
        String level,
        String acr,
        LocalDate firstSeen,
        LocalDate lastSeen) {}
