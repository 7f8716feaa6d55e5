package motette.bodies;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Rows of terms, meeting places and labels of seats. */
@Singleton
class BodyRepository {

    private final Sql sql;

    BodyRepository(Sql sql) {
        this.sql = sql;
    }

    /** Every body as it is on a day, with the number of seats that are taken at a moment. */
    @Transactional(readOnly = true)
    List<BodiesPage.Row> all(LocalDate day, Instant now) {
        return sql.list(
                """
                select b.key, b.kind, b.name, o.seats, (select count(*) from roles r where r.scope = b.key and r.seat is not null
                         and r.begins_at <= ? and r.acts_until > ?), o.venue, o.address
                  from bodies b join body_on(?) o on o.body_key = b.key order by b.name collate "und-x-icu"\
                """,
                row -> new BodiesPage.Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getString(6),
                        row.getString(7)),
                now,
                now,
                day);
    }

    @Transactional(readOnly = true)
    List<Term> terms(String bodyKey) {
        return sql.list(
                "select from_date, to_date, seats, chair_votes, source from body_terms where body_key = ? order by"
                        + " from_date desc",
                row -> new Term(
                        row.getObject(1, LocalDate.class),
                        row.getObject(2, LocalDate.class),
                        row.getInt(3),
                        row.getBoolean(4),
                        row.getString(5)),
                bodyKey);
    }

    /** The latest first; of two for the same day the later recorded first. */
    @Transactional(readOnly = true)
    List<MeetingPlace> places(String bodyKey) {
        return sql.list(
                "select valid_from, venue, address, accessibility, email, phone, source from meeting_places where"
                        + " body_key = ? order by valid_from desc, id desc",
                row -> new MeetingPlace(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                bodyKey);
    }

    /** @param isDefault whether the city pack says it, and nobody has recorded anything else */
    record Label(int seat, String label, boolean isDefault) {}

    /** Organisations that hold a seat on a day. */
    @Transactional(readOnly = true)
    List<Label> labels(String bodyKey, LocalDate day) {
        return sql.list(
                "select seat, label, is_default from seat_labels_on(?) where body_key = ? order by seat",
                row -> new Label(row.getInt(1), row.getString(2), row.getBoolean(3)),
                day,
                bodyKey);
    }

    static Map<Integer, String> named(List<Label> labels) {
        return labels.stream().collect(Collectors.toMap(Label::seat, Label::label));
    }

    /** Deeds about one body follow each other until the transaction ends. */
    void lock(String bodyKey) {
        sql.list("select from bodies where key = ? for no key update", row -> true, bodyKey);
    }

    boolean isRecorded(String table, UUID request) {
        return sql.holds("select from " + table + " where request_id = ?", request);
    }

    /** A term that is open ends on the day before the next. */
    void endOpenTerm(String bodyKey, LocalDate lastDay) {
        sql.change(
                "update body_terms set to_date = ? where body_key = ? and to_date is null and from_date <= ?",
                lastDay,
                bodyKey,
                lastDay);
    }

    /** Whether another term lies in that time, but for an open one that began before and ends when this one begins. */
    boolean overlaps(String bodyKey, LocalDate from, @Nullable LocalDate to) {
        return sql.holds(
                "select from body_terms where body_key = ? and daterange(from_date, to_date, '[]') && daterange(?,"
                        + " ?::date, '[]') and not (to_date is null and from_date < ?)",
                bodyKey,
                from,
                Optional.ofNullable(to),
                from);
    }

    /** The highest seat that somebody holds at some time of a term; of a chair too where the chair is to have no vote. */
    int highestSeat(String bodyKey, LocalDate from, @Nullable LocalDate to) {
        return Math.toIntExact(sql.number(
                "select coalesce(max(seat), 0) from roles where scope = ? and acts_until > begins_at and"
                        + " days_of(begins_at, acts_until) && daterange(?, ?::date, '[]')",
                bodyKey,
                from,
                Optional.ofNullable(to)));
    }

    boolean chairSits(String bodyKey, LocalDate from, @Nullable LocalDate to) {
        return sql.holds(
                "select from roles where scope = ? and name = 'chair' and seat is not null and acts_until > begins_at"
                        + " and days_of(begins_at, acts_until) && daterange(?, ?::date, '[]')",
                bodyKey,
                from,
                Optional.ofNullable(to));
    }

    void insert(String bodyKey, Term term, UUID request, long recordedBy, Instant at) {
        sql.change(
                "insert into body_terms (body_key, from_date, to_date, seats, chair_votes, source, request_id,"
                        + " recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                bodyKey,
                term.from(),
                Optional.ofNullable(term.to()),
                term.seats(),
                term.chairVotes(),
                term.source(),
                request,
                recordedBy,
                at);
    }

    void insert(String bodyKey, LabelForm label, UUID request, long recordedBy, Instant at) {
        sql.change(
                "insert into seat_label_versions (body_key, seat, label, valid_from, source, request_id, recorded_by,"
                        + " recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                bodyKey,
                label.number(),
                label.label(),
                label.day(),
                label.source(),
                request,
                recordedBy,
                at);
    }

    void insert(String bodyKey, MeetingPlace place, UUID request, long recordedBy, Instant at) {
        sql.change(
                "insert into meeting_places (body_key, valid_from, venue, address, accessibility, email, phone, source,"
                        + " request_id, recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                bodyKey,
                place.validFrom(),
                place.venue(),
                place.address(),
                place.accessibility(),
                place.email(),
                place.phone(),
                place.source(),
                request,
                recordedBy,
                at);
    }
}
