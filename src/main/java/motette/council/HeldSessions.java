package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Time;

/**
 * A session of the demo city that took place, with signed minutes. It is held through the same deeds as any other, on a clock of its
 * own, and decides on no money.
 */
@Singleton
public class HeldSessions {

    private final SampleSessions samples;
    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final RoomDeeds deeds;
    private final RoomRepository rooms;
    private final Minutes minutes;

    HeldSessions(
            SampleSessions samples,
            SessionRepository sessions,
            AgendaRepository agenda,
            RoomDeeds deeds,
            RoomRepository rooms,
            Minutes minutes) {
        this.samples = samples;
        this.sessions = sessions;
        this.agenda = agenda;
        this.deeds = deeds;
        this.rooms = rooms;
        this.minutes = minutes;
    }

    /**
     * @param day     on which the body does not meet already
     * @param members keys of at least nine with a vote
     * @return number of the session
     */
    @Transactional
    public long hold(String bodyKey, LocalDate day, String chair, String minuteTaker, List<String> members) {
        var evening = new Evening(at(day.minusDays(14), 9));
        long id = plan(bodyKey, day, chair, evening);
        var session = sessions.find(bodyKey, id).orElseThrow();
        evening.now = session.startsAt();
        new Sitting(session, deeds.at(evening), visitor(chair), evening).hold(chair, members);
        evening.now = at(day.plusDays(5), 10);
        sign(session, chair, minuteTaker, members.get(3), minutes.at(evening));
        return id;
    }

    private long plan(String bodyKey, LocalDate day, String chair, Evening evening) {
        long by = samples.person(chair);
        long id = sessions.insert(bodyKey, evening.now, by);
        sessions.take(id, bodyKey, day);
        sessions.plan(id, 1, samples.at(bodyKey, day), "", evening.now, by);
        List.of(
                        "Eröffnung und Feststellung der Beschlussfähigkeit",
                        "Trinkbrunnen auf drei Plätzen",
                        "Späterer Beginn der Sitzungen",
                        "Verschiedenes")
                .forEach(title -> add(id, title, "", evening, by));
        var session = sessions.find(bodyKey, id).orElseThrow();
        agenda.invite(id, agenda.noticeDays(session), "", agenda.members(session), evening.now, by);
        evening.now = at(day.minusDays(2), 9);
        add(id, "Ein Sonntag ohne Autos", "Die Straße muss bis Ende der Woche angemeldet sein.", evening, by);
        return id;
    }

    private void add(long id, String title, String urgency, Evening evening, long by) {
        var form = AgendaForm.of(Map.of("title", title, "urgency", urgency));
        agenda.add(id, Optional.empty(), Optional.empty(), title, form, !urgency.isEmpty(), evening.now, by);
    }

    private void sign(CouncilSession session, String chair, String minuteTaker, String member, Minutes minutes) {
        minutes.write(
                visitor(minuteTaker),
                session,
                MinutesForm.of(Map.of(
                        "base", "0", "text-session", "Elf Gäste waren da. Sie hatten keine Fragen zur Tagesordnung.")));
        sign(session, minutes, "minute-taker", minuteTaker);
        sign(session, minutes, "chair", chair);
        sign(session, minutes, "member", member);
    }

    private void sign(CouncilSession session, Minutes minutes, String role, String person) {
        minutes.sign(visitor(person), session, MinutesForm.of(Map.of("base", "1", "role", role)));
    }

    /** Somebody who has just shown a second factor. */
    private Visitor visitor(String key) {
        return new Visitor(samples.person(key), "", Set.of(), 0, Instant.MAX);
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(Time.ZONE).toInstant();
    }

    private final class Sitting {

        private final CouncilSession session;
        private final RoomDeeds room;
        private final Visitor chair;
        private final Evening evening;

        Sitting(CouncilSession session, RoomDeeds room, Visitor chair, Evening evening) {
            this.session = session;
            this.room = room;
            this.chair = chair;
            this.evening = evening;
        }

        void hold(String chairKey, List<String> members) {
            room.open(chair, session);
            comes(chairKey);
            members.subList(0, 8).forEach(this::comes);
            var items = items();
            call(items.get(0), 3);
            end(items.get(0), "", 14);

            comes(members.get(8));
            call(items.get(1), 1);
            declare(items.get(1), members.get(2));
            vote(
                    items.get(1),
                    "names",
                    Map.of(
                            "kind", "recommended",
                            "wording",
                                    "Der Beirat empfiehlt, auf drei Plätzen im Stadtbezirk Trinkbrunnen aufzustellen.",
                            "reason", "An heißen Tagen hilft Wasser Kindern und älteren Menschen."),
                    14);
            for (int i = 0; i < 9; i++) {
                if (i != 2) {
                    room.choose(visitor(members.get(i)), session, running(), i < 6 ? "yes" : "no");
                }
            }
            count(items.get(1), Map.of());

            call(items.get(2), 1);
            vote(
                    items.get(2),
                    "count",
                    Map.of(
                            "kind", "agreed",
                            "wording", "Die Sitzungen beginnen künftig erst um 19 Uhr.",
                            "reason", "Dann können mehr Menschen nach der Arbeit kommen."),
                    11);
            count(items.get(2), Map.of("yes", "4", "no", "4", "abstentions", "1"));
            checked(room.decline(chair, session, items.get(2), RoomForm.of(Map.of("reason", ""))));

            call(items.get(3), 2);
            end(
                    items.get(3),
                    "Aus dem Publikum kam die Frage nach Schatten an der Haltestelle. Die Verwaltung antwortet bis zur"
                            + " nächsten Sitzung.",
                    9);

            goes(members.get(1));
            call(items.get(4), 1);
            vote(
                    items.get(4),
                    "open",
                    Map.of("kind", "agreed", "wording", "Der Beirat stimmt einem Sonntag ohne Autos im Mai zu."),
                    7);
            for (int i : List.of(0, 2, 3, 4, 5, 6)) {
                room.choose(visitor(members.get(i)), session, running(), i == 6 ? "no" : "yes");
            }
            count(items.get(4), Map.of());
            evening.pass(2);
            room.close(chair, session);
        }

        private List<Long> items() {
            return state().items().stream().map(RoomItem::id).toList();
        }

        private void comes(String member) {
            room.mark(chair, session, samples.person(member), true);
        }

        private void goes(String member) {
            room.mark(chair, session, samples.person(member), false);
        }

        private void call(long item, int minutes) {
            evening.pass(minutes);
            room.call(chair, session, item);
        }

        private void end(long item, String note, int minutes) {
            evening.pass(minutes);
            checked(room.end(chair, session, item, RoomForm.of(Map.of("outcome", "noted", "note", note))));
        }

        private void declare(long item, String member) {
            long person = samples.person(member);
            checked(room.declare(visitor(member), session, item, person, "employer"));
        }

        private void vote(long item, String mode, Map<String, String> motion, int minutes) {
            evening.pass(minutes);
            checked(room.move(chair, session, item, MotionForm.of(with(motion, "request_id", key()))));
            room.begin(chair, session, item, RoomForm.of(Map.of("request_id", key(), "mode", mode)));
            evening.pass(1);
        }

        private void count(long item, Map<String, String> figures) {
            evening.pass(1);
            checked(room.count(chair, session, item, running(), RoomForm.of(figures)));
        }

        private long running() {
            var vote = state().vote();
            return vote == null ? 0 : vote.id();
        }

        private Room state() {
            return rooms.room(session, evening.now);
        }

        private static String key() {
            return UUID.randomUUID().toString();
        }

        private static Map<String, String> with(Map<String, String> fields, String name, String value) {
            var all = new HashMap<>(fields);
            all.put(name, value);
            return all;
        }

        private static void checked(Problems problems) {
            if (!problems.isEmpty()) {
                throw new IllegalStateException("A sample session cannot be held: " + problems.list());
            }
        }
    }

    /** Goes on when something is done. */
    private static final class Evening extends Clock {

        private Instant now;

        Evening(Instant now) {
            this.now = now;
        }

        void pass(int minutes) {
            now = now.plus(Duration.ofMinutes(minutes));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return Time.ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
