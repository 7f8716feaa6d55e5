package motette.council;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import motette.shared.Texts;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Name;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Sessions as calendars follow them (iCalendar, RFC 5545): who subscribes sees changes and cancellations by themselves. */
@Singleton
class SessionCalendar {

    /** So long a session is shown in a calendar; nobody knows before when it ends. */
    private static final Duration SHOWN = Duration.ofHours(2);

    private static final Duration ASK_AGAIN = Duration.ofHours(6);

    private final Texts texts;
    private final String home;

    SessionCalendar(Texts texts, @Value("${motette.base-url}") String home) {
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    String of(String name, List<CouncilSession> sessions, Locale language) {
        var calendar = new Calendar();
        calendar.add(new ProdId(
                "-//Motette//Council sessions//" + language.getLanguage().toUpperCase(Locale.ROOT)));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new Name(name));
        calendar.add(new RefreshInterval(null, ASK_AGAIN));
        sessions.forEach(session -> calendar.add(event(session, language)));
        return calendar.toString();
    }

    private VEvent event(CouncilSession session, Locale language) {
        var page = home + session.path();
        var event = new VEvent(session.startsAt(), SHOWN, session.bodyName());
        event.add(new Uid("session-" + session.id() + "@" + URI.create(home).getHost()));
        event.replace(new DtStamp(session.standsSince()));
        event.add(new LastModified(session.standsSince()));
        event.add(new Sequence(session.isCancelled() ? session.version() : session.version() - 1));
        event.add(session.isCancelled() ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        event.add(new Location(
                session.address().isEmpty() ? session.venue() : session.venue() + ", " + session.address()));
        event.add(new Url(URI.create(page)));
        if (session.isCancelled()) {
            event.add(new Description(texts.get(language, "sessions.cancelled.because", session.cancelled())));
        } else if (session.isMoved()) {
            event.add(new Description(texts.get(language, "sessions.moved.because", session.change())));
        }
        return event;
    }
}
