package motette.council;

import java.util.List;
import motette.Waiting;

/** A session that takes place, as rows: who is there, what is called, moved, voted and resolved. */
public final class Sittings {

    private final Waiting town;
    private final long session;

    public Sittings(Waiting town, long session) {
        this.town = town;
        this.session = session;
    }

    /** One of a body far ahead, with a public item and one that is not, that took place and is closed. */
    public static long closed(Waiting town, String body) {
        var by = "(select min(person_id) from roles where name = 'chair' and scope = '" + body + "')";
        town.change("insert into council_sessions (body_key, planned_at, planned_by) values ('" + body + "', now(), "
                + by + ")");
        var session = town.ask("select max(id) from council_sessions");
        town.change("insert into council_session_times (session_id, version, starts_at, venue, at, by) values ("
                + session + ", 1, now() + interval '600 days', 'Saal', now(), " + by + ")");
        town.change("insert into agenda_items (session_id, position, title, secrecy, added_at, added_by) values ("
                + session + ", 1, 'Bänke am Wasser', '', now(), " + by + "), (" + session
                + ", 2, 'Ein Vertrag', 'Es geht um einzelne Menschen.', now(), " + by + ")");
        town.change("insert into council_invitations (session_id, at, by, notice_days) values (" + session + ", now(), "
                + by + ", 7)");
        var sitting = new Sittings(town, Long.parseLong(session));
        sitting.open(8);
        for (var item : List.of("Bänke am Wasser", "Ein Vertrag")) {
            var id = Long.parseLong(town.ask(
                    "select id from agenda_items where session_id = " + session + " and title = '" + item + "'"));
            sitting.call(id);
            sitting.resolve(id, "names", "So wird es gemacht.", 6);
        }
        sitting.close();
        return Long.parseLong(session);
    }

    /** So many members with a vote are there from the first moment on, and a chair without one. */
    public void open(int members) {
        town.change("insert into council_rooms (session_id, opened_at, opened_by) select " + session
                + ", now() - interval '2 hours', planned_by from council_sessions where id = " + session);
        town.change("insert into council_attendance (session_id, person_id, seat, present, at, by) select " + session
                + ", r.person_id, r.seat, true, now() - interval '2 hours', r.person_id from roles r join"
                + " council_sessions s on s.id = " + session + " and s.body_key = r.scope where r.begins_at <= now()"
                + " and r.acts_until > now() and (r.seat <= " + members + " or r.name = 'chair') and"
                + " r.name in ('councillor', 'chair')");
    }

    public void goes(String seat) {
        town.change("insert into council_attendance (session_id, person_id, seat, present, at, by) select session_id,"
                + " person_id, seat, false, now(), person_id from council_attendance where session_id = " + session
                + " and seat = " + seat + " order by id desc limit 1");
    }

    public void call(long item) {
        town.change("insert into item_treatments (item_id, session_id, called_at, called_by) select " + item + ", "
                + session + ", now() - interval '1 hour', opened_by from council_rooms where session_id = " + session);
    }

    public void bias(long item, int seat, String ground) {
        town.change("insert into item_biases (item_id, person_id, ground, at, by) select " + item
                + ", person_id, '" + ground + "', now(), person_id from council_attendance where session_id = "
                + session
                + " and seat = " + seat + " limit 1");
    }

    /** A motion "agreed", voted on by everybody who may; the rest says no. */
    public void resolve(long item, String mode, String wording, int yes) {
        var by = "(select opened_by from council_rooms where session_id = " + session + ")";
        town.change("insert into council_motions (request_id, item_id, number, kind, amount_cents, wording, reason,"
                + " statement, at, by) values (gen_random_uuid(), " + item + ", 1, 'agreed', 0, '" + wording
                + "', '', false, now(), " + by + ")");
        town.change(
                "insert into council_votes (request_id, motion_id, session_id, item_id, mode, seats, present, biased,"
                        + " needed, rule, opened_at, opened_by) select gen_random_uuid(), m.id, " + session + ", "
                        + item + ", '"
                        + mode + "', q.seats, q.present, q.biased, q.needed, q.rule, now(), " + by
                        + " from council_motions m, council_quorum(" + item + ") q where m.item_id = " + item);
        var vote = town.ask("select max(id) from council_votes where item_id = " + item);
        if (List.of("open", "names").contains(mode)) {
            town.change("insert into council_choices (vote_id, person_id, choice, at, by) select vote_id, person_id,"
                    + " case when row_number() over (order by person_id) <= " + yes
                    + " then 'yes' else 'no' end, now(), person_id from council_voters where vote_id = " + vote);
        }
        town.change("insert into council_vote_results (vote_id, outcome, yes, no, abstentions, at, by) select " + vote
                + ", 'adopted', " + yes + ", count(*) - " + yes
                + ", 0, now(), " + by + " from council_voters where vote_id = " + vote);
        town.change("insert into resolutions (request_id, kind, amount_cents, reason, votes_yes, votes_no, abstentions,"
                + " decided_on, recorded_by, recorded_at, seats, quorum, without_statement_cents, statement_given,"
                + " item_id, vote_id, wording) select gen_random_uuid(), 'agreed', 0, 'Das hat alle überzeugt.', r.yes,"
                + " r.no, 0, (c.starts_at at time zone 'Europe/Berlin')::date, " + by
                + ", now(), v.seats, v.needed, 100000, false, " + item + ", v.id, '" + wording
                + "' from council_votes v join council_vote_results r on r.vote_id = v.id join council_calendar c on"
                + " c.id = v.session_id where v.id = " + vote);
        end(item, "resolved");
    }

    public void end(long item, String outcome) {
        town.change("update item_treatments set ended_at = now(), ended_by = called_by, outcome = '" + outcome
                + "' where item_id = " + item);
    }

    public void close() {
        town.change("insert into council_room_ends (session_id, at, by) select session_id, now(), opened_by from"
                + " council_rooms where session_id = " + session);
    }
}
