package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import motette.places.CityPack;
import motette.shared.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses that programs know without asking (RFC 8615). */
@Controller("/.well-known")
@Secured(SecurityRule.IS_ANONYMOUS)
class WellKnownController {

    private static final Logger LOG = LoggerFactory.getLogger(WellKnownController.class);

    /** RFC 9116, 2.5.5 recommends less than a year. */
    private static final int DAYS_IT_HOLDS = 180;

    private final String contact;
    private final Optional<Instant> expires;
    private final String home;
    private final Clock clock;

    WellKnownController(
            CityPack city,
            @Value("${motette.security.contact}") String contact,
            @Value("${motette.security.expires}") String expires,
            @Value("${motette.contact}") String operator,
            @Value("${motette.base-url}") String home,
            Clock clock) {
        this.contact = contact(contact, operator.isBlank() ? city.said("operator", "email") : operator);
        this.expires = expires.isBlank() ? Optional.empty() : Optional.of(end(expires.strip()));
        this.home = home.replaceFirst("/+$", "");
        this.clock = clock;
    }

    /** Whom to tell of a hole, as RFC 9116 says; not there while nobody is named or the day is over. */
    @Get(value = "/security.txt", produces = "text/plain;charset=utf-8")
    HttpResponse<String> security() {
        var until = expires.orElseGet(
                () -> clock.instant().truncatedTo(ChronoUnit.DAYS).plus(DAYS_IT_HOLDS, ChronoUnit.DAYS));
        return contact.isEmpty() || !until.isAfter(clock.instant())
                ? HttpResponse.notFound()
                : HttpResponse.ok("""
                    Contact: %s
                    Expires: %s
                    Preferred-Languages: de, en
                    Canonical: %s/.well-known/security.txt
                    """.formatted(contact, until, home))
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
    }

    /** Password managers lead here; there are no passwords, but what somebody signs in with stands on their own page. */
    @Get("/change-password")
    HttpResponse<?> changePassword() {
        return HttpResponse.seeOther(URI.create("/me"));
    }

    @EventListener
    void warn(StartupEvent started) {
        if (contact.isEmpty()) {
            LOG.warn("no contact for /.well-known/security.txt: nobody can tell of a hole until"
                    + " MOTETTE_SECURITY_CONTACT is set");
        } else if (expires.filter(until -> !until.isAfter(clock.instant())).isPresent()) {
            LOG.warn("MOTETTE_SECURITY_EXPIRES is over: /.well-known/security.txt is not there until it is mended");
        }
    }

    private static String contact(String told, String operator) {
        var address = told.isBlank() ? operator.strip() : told.strip();
        var uri = address.isEmpty() || address.matches("(?:mailto|tel|https):.*") ? address : "mailto:" + address;
        if (uri.isEmpty() || uri.matches("(?:mailto:[^@\\s]+@[^@\\s]+|tel:\\+[0-9-]+|https://[^\\s]+)")) {
            return uri;
        } else {
            throw new ConfigurationException("motette.security.contact is '" + address
                    + "', but a contact is a mail address, a telephone number as tel:+49… or a page with https:.");
        }
    }

    private static Instant end(String day) {
        try {
            return LocalDate.parse(day).plusDays(1).atStartOfDay(Time.ZONE).toInstant();
        } catch (DateTimeException unreadable) {
            throw new ConfigurationException(
                    "motette.security.expires is '" + day + "', but a day is written as 2027-03-31.");
        }
    }
}
