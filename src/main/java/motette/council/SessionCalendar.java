package motette.council;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import biweekly.util.Duration;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import motette.shared.Texts;

/** Sessions as calendars follow them (iCalendar, RFC 5545): who subscribes sees changes and cancellations by themselves. */
@Singleton
class SessionCalendar {

    /** So long a session is shown in a calendar; nobody knows before when it ends. */
    private static final Duration SHOWN = Duration.builder().hours(2).build();

    private static final Duration ASK_AGAIN = Duration.builder().hours(6).build();

    private final Texts texts;
    private final String home;

    SessionCalendar(Texts texts, @Value("${motette.base-url}") String home) {
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    String of(String name, List<CouncilSession> sessions, Locale language) {
        var calendar = new ICalendar();
        calendar.setProductId(
                "-//Motette//Council sessions//" + language.getLanguage().toUpperCase(Locale.ROOT));
        calendar.setName(name);
        calendar.setRefreshInterval(ASK_AGAIN);
        sessions.forEach(session -> calendar.addEvent(event(session, language)));
        return Biweekly.write(calendar).go();
    }

    private VEvent event(CouncilSession session, Locale language) {
        var event = new VEvent();
        event.setUid("session-" + session.id() + "@" + URI.create(home).getHost());
        event.setDateTimeStamp(Date.from(session.standsSince()));
        event.setLastModified(Date.from(session.standsSince()));
        event.setDateStart(Date.from(session.startsAt()));
        event.setDuration(SHOWN);
        event.setSummary(session.bodyName());
        event.setLocation(session.address().isEmpty() ? session.venue() : session.venue() + ", " + session.address());
        event.setUrl(home + session.path());
        event.setSequence(session.isCancelled() ? session.version() : session.version() - 1);
        event.setStatus(session.isCancelled() ? Status.cancelled() : Status.confirmed());
        if (session.isCancelled()) {
            event.setDescription(texts.get(language, "sessions.cancelled.because", session.cancelled()));
        } else if (session.isMoved()) {
            event.setDescription(texts.get(language, "sessions.moved.because", session.change()));
        }
        return event;
    }
}
