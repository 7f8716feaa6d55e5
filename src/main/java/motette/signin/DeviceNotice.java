package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import jakarta.inject.Singleton;
import java.time.Clock;
import motette.mail.Outbox;
import motette.people.Person;
import motette.shared.Texts;

/** Tells somebody by mail that a kind of device they never used has signed in as them. */
@Singleton
class DeviceNotice {

    private final Outbox outbox;
    private final Texts texts;
    private final HttpLocaleResolver languages;
    private final Clock clock;
    private final String home;

    DeviceNotice(
            Outbox outbox,
            Texts texts,
            HttpLocaleResolver languages,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.outbox = outbox;
        this.texts = texts;
        this.languages = languages;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** In the running transaction; somebody without an address is told nothing. */
    void post(Person person, long signIn, String device, HttpRequest<?> request) {
        var address = person.email();
        if (address != null) {
            var language = languages.resolveOrDefault(request);
            outbox.post(
                    "new-device:" + signIn,
                    address,
                    texts.get(language, "devices.mail.subject"),
                    texts.get(
                            language,
                            "devices.mail.text",
                            device.isEmpty() ? texts.get(language, "devices.unknown") : device,
                            texts.moment(language, clock.instant()),
                            home + "/me/sign-ins"));
        }
    }
}
