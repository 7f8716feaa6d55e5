package motette.privacy;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;
import motette.places.CityPack;
import motette.shared.Message;
import motette.shared.View;

/** What the law wants to be said about data (DSGVO Art. 13), written from the register, so that it is what is done. */
@Controller("/privacy")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PrivacyController {

    private final PrivacyPage page;

    PrivacyController(CityPack city, Register register, @Value("${motette.contact}") String contact) {
        var officer = city.said("dataProtection", "officer");
        var mail = contact.isBlank() ? city.said("operator", "email") : contact.strip();
        this.page = new PrivacyPage(
                city.said("operator", "name"),
                city.said("operator", "office"),
                mail.isEmpty() ? officer : mail,
                officer,
                city.said("dataProtection", "authority"),
                city.said("dataProtection", "law"),
                register.kinds().stream()
                        .map(kind -> new PrivacyPage.Part(
                                kind,
                                register.retention().stream()
                                        .filter(rule -> rule.kind().equals(kind.key()))
                                        .map(rule -> new PrivacyPage.Term(rule.key(), period(rule.after())))
                                        .toList()))
                        .toList());
    }

    /**
     * What the page prints.
     *
     * @param contact where to write to; empty where the city has not said it
     */
    @Introspected
    record PrivacyPage(
            String operator,
            String office,
            String contact,
            String officer,
            String authority,
            String law,
            List<Part> parts) {

        @Introspected
        record Part(Kind kind, List<Term> terms) {}

        /** @param period in words */
        @Introspected
        record Term(String rule, Message period) {}
    }

    @Get
    View privacy() {
        return View.of("privacy/privacy", page);
    }

    /** Where somebody arrives who has just erased their account. */
    @Get("/erased")
    View erased() {
        return View.of("privacy/erased", Map.of());
    }

    /** "30 days", "6 months", "at once": as the register says it. */
    static Message period(TemporalAmount time) {
        return switch (time) {
            case Period days when days.toTotalMonths() == 0 -> Message.of("privacy.days", (long) days.getDays());
            case Period years
            when years.getDays() == 0 && years.toTotalMonths() % 12 == 0 ->
                Message.of("privacy.years", years.toTotalMonths() / 12);
            case Period months when months.getDays() == 0 -> Message.of("privacy.months", months.toTotalMonths());
            case Duration hours when hours.toHours() > 0 -> Message.of("privacy.hours", hours.toHours());
            case Duration none -> Message.of("privacy.at-once");
            default -> throw new IllegalArgumentException("A period of days, months or years, not " + time);
        };
    }
}
