package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.grants.ProofForm.PlannedCost;
import motette.shared.Money;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Files of grants, each put together from the rows that refer to its resolution. */
@Singleton
class GrantRepository {

    private static final String FILES = """
        select r.id, coalesce(g.kind, case when v.kind = 'own-project' then 'notice' else 'order' end) as kind,
               coalesce(v.title, i.title, t.title, '') as title, b.name as body, f.key as fund, f.name as fund_name, u.year, r.budget_id,
               case when r.application_id is null then 'idea:' || r.idea_number else 'application:' || r.application_id end as reference,
               r.amount_cents, r.decided_on, coalesce(r.application_id, 0) as application, coalesce(r.application_version, 0) as version,
               coalesce(a.applicant_id, 0) as applicant, coalesce(v.organisation, '') as organisation,
               coalesce(t.secrecy, '') = '' as public,
               resolution_rests(r.id) or s.resolution_id is null as rests, g.resolution_id is not null as opened,
               e.resolution_id is not null as ended, coalesce(m.reserved_cents, r.amount_cents) as reserved,
               coalesce(m.granted_cents, 0) as granted, coalesce(m.paid_cents, 0) as paid, n.issued_at, h.project_to, h.proof_due,
               coalesce(h.simple_proof, false) as simple, coalesce(h.version, 1) as notice_version, coalesce(h.amount_cents, r.amount_cents)
               as current_cents, coalesce(h.purpose, '') as purpose, coalesce(j.id, 0) as change, coalesce(j.asked_by, 0) as change_asked_by,
               y.resolution_id is not null as fallen, coalesce(l.id, 0) as spending, coalesce(l.amount_cents, 0) as spending_cents,
               coalesce(l.purpose, '') as spending_purpose, coalesce(l.entered_by, 0) as spending_by, c.served_on, c.objection_to, w.resolution_id is not null as waived,
               k.resolution_id is not null as has_account, coalesce(p.id, 0) as payout, coalesce(p.amount_cents, 0) as payout_cents,
               coalesce(p.asked_by, 0) as asked_by, coalesce(p.releases, 0) as releases, coalesce(p.released_by, 0) as released_by,
               coalesce(o.version, 0) as proof, coalesce(o.kind, '') as proof_kind, coalesce(o.spent_cents, 0) as spent,
               coalesce(o.report, '') as report, coalesce(o.outcome, '') as outcome, coalesce(o.note, '') as answer,
               exists (select from grant_proof_answers x where x.resolution_id = r.id and x.outcome = 'accepted') as proven,
               coalesce(q.id, 0) as repayment, coalesce(q.amount_cents, 0) as repayment_cents, q.due_on, coalesce(z.step, '') as step,
               coalesce(z.office, '') as office, coalesce(z.note, '') as note
          from resolutions r
          join budgets u on u.id = r.budget_id
          join funds f on f.key = u.fund_key
          join bodies b on b.key = u.body_key
          left join ideas i on i.number = r.idea_number
          left join agenda_items t on t.id = r.item_id
          left join applications a on a.id = r.application_id
          left join application_versions v on (v.application_id, v.version) = (r.application_id, r.application_version)
          left join standing_resolutions s on s.resolution_id = r.id
          left join grants g on g.resolution_id = r.id
          left join grant_ends e on e.resolution_id = r.id
          left join grant_balances m on m.resolution_id = r.id
          left join grant_notices n on n.resolution_id = r.id
          left join lateral grant_terms(r.id) h on true
          left join grant_falls y on y.resolution_id = r.id
          left join lateral (select * from grant_change_requests x where x.resolution_id = r.id
                                and not exists (select from grant_change_answers z where z.change_id = x.id) limit 1) j on true
          left join lateral (select * from order_spendings x where x.resolution_id = r.id
                                and not exists (select from spending_answers w where w.spending_id = x.id) limit 1) l on true
          left join grant_services c on c.resolution_id = r.id
          left join grant_waivers w on w.resolution_id = r.id
          left join grant_accounts k on k.resolution_id = r.id
          left join lateral (select y.*, (select count(*) from payout_releases x where x.payout_id = y.id)::int as releases,
                                    (select max(person_id) from payout_releases x where x.payout_id = y.id) as released_by
                               from grant_payouts y where y.resolution_id = r.id
                                and not exists (select from grant_movements x where x.payout_id = y.id)
                                and not exists (select from payout_endings x where x.payout_id = y.id) limit 1) p on true
          left join lateral (select y.*, x.outcome, x.note from grant_proofs y
                               left join grant_proof_answers x on (x.resolution_id, x.version) = (y.resolution_id, y.version)
                              where y.resolution_id = r.id order by y.version desc limit 1) o on true
          left join lateral (select y.* from grant_repayments y where y.resolution_id = r.id
                                and not exists (select from grant_receipts x where x.repayment_id = y.id) order by y.id limit 1) q on true
          left join lateral (select y.* from order_steps y where y.resolution_id = r.id order by y.turn desc limit 1) z on true
         where r.kind in ('granted', 'granted-in-part') and r.budget_id is not null\
        """;

    private final Sql sql;

    GrantRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional(readOnly = true)
    public Optional<GrantFile> find(long resolution) {
        return sql.one(FILES + " and r.id = ?", GrantRepository::file, resolution);
    }

    /** Those of a year, newest resolution first. */
    @Transactional(readOnly = true)
    public List<GrantFile> ofYear(int year) {
        return sql.list(FILES + " and u.year = ? order by r.id desc", GrantRepository::file, year);
    }

    @Transactional(readOnly = true)
    public List<GrantFile> ofApplicant(long person) {
        return sql.list(FILES + " and a.applicant_id = ? order by r.id desc", GrantRepository::file, person);
    }

    /** Years with granting resolutions, newest first. */
    @Transactional(readOnly = true)
    public List<Integer> years() {
        return sql.list(
                "select distinct u.year from resolutions r join budgets u on u.id = r.budget_id where r.amount_cents >"
                        + " 0 order by 1 desc",
                row -> row.getInt(1));
    }

    /** Deeds on one grant follow each other until the transaction ends. */
    void lock(long resolution) {
        sql.lockRow("resolutions", resolution);
    }

    /** The rule of a fund on a day. */
    @Transactional(readOnly = true)
    public GrantRule rule(String fund, LocalDate day) {
        return sql.one(
                        "select * from grant_rules where fund_key = ? and valid_from <= ? order by valid_from desc"
                                + " limit 1",
                        row -> new GrantRule(
                                new Money(row.getLong("single_payout_cents")),
                                row.getInt("first_percent"),
                                new Money(row.getLong("simple_proof_cents")),
                                row.getInt("proof_days"),
                                row.getInt("repay_days"),
                                row.getBoolean("carries_over")),
                        fund,
                        day)
                .orElseThrow(() -> new IllegalStateException("No rule of " + fund + " on " + day));
    }

    /** Pieces of the notice as they hold on a day. */
    @Transactional(readOnly = true)
    public Map<String, String> texts(LocalDate day) {
        var texts = new HashMap<String, String>();
        sql.list(
                        "select distinct on (piece) piece, words from grant_texts where valid_from <= ? order by"
                                + " piece, valid_from desc",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        day)
                .forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }

    /** What the application said, by field, as it lay before the body. */
    @Transactional(readOnly = true)
    public Map<String, String> fields(GrantFile file) {
        var fields = new LinkedHashMap<String, String>();
        sql.list(
                        "select x.key, x.value from application_versions v, jsonb_each_text(v.fields) x where"
                                + " v.application_id = ? and v.version = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        file.applicationId(),
                        file.version())
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** Lines of cost and of finance as the application planned them, without what it asks the fund for. */
    @Transactional(readOnly = true)
    public List<PlannedCost> planned(GrantFile file) {
        return sql.list(
                "select side, position, what, amount_cents from application_lines where application_id = ? and version"
                        + " = ? and source <> 'fund' and what <> '' order by side, position",
                row -> new PlannedCost(row.getString(1), row.getInt(2), row.getString(3), row.getLong(4)),
                file.applicationId(),
                file.version());
    }

    void open(GrantFile file, String kind, long person, Instant now) {
        sql.change("insert into grants values (?, ?, ?, ?, ?)", file.id(), kind, file.amountCents(), person, now);
    }

    long moved(GrantFile file, String kind, long payout) {
        return moved(file, kind, payout, 0);
    }

    /** The last entry of a budget, which this transaction has locked and just written, moved this grant. */
    long moved(GrantFile file, String kind, long payout, long spending) {
        return sql.number(
                "insert into grant_movements (entry_id, resolution_id, kind, payout_id, spending_id) select max(id), ?,"
                        + " ?, nullif(?, 0), nullif(?, 0) from ledger_entries where budget_id = ? returning entry_id",
                file.id(),
                kind,
                payout,
                spending,
                file.budgetId());
    }

    void notice(
            GrantFile file,
            String content,
            byte[] pdf,
            LocalDate from,
            LocalDate to,
            LocalDate due,
            boolean simple,
            long person,
            Instant now) {
        sql.change(
                "insert into grant_notices (resolution_id, content, pdf, project_from, project_to, proof_due,"
                        + " simple_proof, issued_by, issued_at) values (?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                content,
                pdf,
                from,
                to,
                due,
                simple,
                person,
                now);
    }

    /** The standing resolution that set money of this budget aside under a reference. */
    Optional<Long> standing(long budget, String reference) {
        return sql.one(
                "select r.id from resolutions r join standing_resolutions s on s.resolution_id = r.id where"
                    + " r.budget_id = ? and r.kind in ('granted', 'granted-in-part') and case when r.application_id is"
                    + " null then 'idea:' || r.idea_number else 'application:' || r.application_id end = ?",
                row -> row.getLong(1),
                budget,
                reference);
    }

    void fall(GrantFile file, long person, Instant now) {
        sql.change("insert into grant_falls values (?, ?, ?)", file.id(), person, now);
    }

    /** Cents that were asked back and did not come yet. */
    long owed(GrantFile file) {
        return sql.number(
                "select coalesce(sum(p.amount_cents), 0) from grant_repayments p where p.resolution_id = ? and not"
                        + " exists (select from grant_receipts x where x.repayment_id = p.id)",
                file.id());
    }

    @Transactional(readOnly = true)
    public Optional<byte[]> pdf(long resolution) {
        return sql.one("select pdf from grant_notices where resolution_id = ?", row -> row.getBytes(1), resolution);
    }

    void serve(GrantFile file, String channel, LocalDate sent, ServicePeriod period, long person, Instant now) {
        sql.change(
                "insert into grant_services values (?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                channel,
                sent,
                period.served(),
                period.lastDay(),
                person,
                now);
    }

    void waive(GrantFile file, long person, Instant now) {
        sql.change("insert into grant_waivers values (?, ?, ?)", file.id(), person, now);
    }

    void account(GrantFile file, String holder, String iban, long person, Instant now) {
        sql.change(
                "insert into grant_accounts values (?, ?, ?, ?, ?) on conflict (resolution_id) do update set holder ="
                        + " excluded.holder, iban = excluded.iban, person_id = excluded.person_id, at = excluded.at",
                file.id(),
                holder,
                iban,
                person,
                now);
    }

    /** Holder and IBAN, for whoever releases and for whoever typed it. */
    @Transactional(readOnly = true)
    public Optional<Bank> bank(long resolution) {
        return sql.one(
                "select holder, iban from grant_accounts where resolution_id = ?",
                row -> new Bank(row.getString(1), row.getString(2)),
                resolution);
    }

    boolean asked(UUID request) {
        return sql.holds("select from grant_payouts where request_id = ?", request);
    }

    void ask(GrantFile file, UUID request, long cents, long person, Instant now) {
        sql.change(
                "insert into grant_payouts (request_id, resolution_id, amount_cents, asked_by, asked_at) values (?, ?,"
                        + " ?, ?, ?)",
                request,
                file.id(),
                cents,
                person,
                now);
    }

    void release(long payout, int turn, long person, Instant now) {
        sql.change("insert into payout_releases values (?, ?, ?, ?)", payout, turn, person, now);
    }

    void endPayout(long payout, String outcome, String reason, long person, Instant now) {
        sql.change("insert into payout_endings values (?, ?, ?, ?, ?)", payout, outcome, reason, person, now);
    }

    /** Why the office did not pay what was asked for last; empty where it did, or nothing was asked for. */
    @Transactional(readOnly = true)
    public Optional<String> refusedPayout(long resolution) {
        return sql.one(
                "select coalesce(e.reason, '') from grant_payouts p left join payout_endings e on e.payout_id = p.id"
                        + " where p.resolution_id = ? order by p.id desc limit 1",
                row -> row.getString(1),
                resolution);
    }

    boolean askedBack(UUID request) {
        return sql.holds("select from grant_repayments where request_id = ?", request);
    }

    void askBack(GrantFile file, UUID request, long cents, String reason, LocalDate due, long person, Instant now) {
        sql.change(
                "insert into grant_repayments (request_id, resolution_id, amount_cents, reason, due_on, person_id, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                request,
                file.id(),
                cents,
                reason,
                due,
                person,
                now);
    }

    void receive(GrantFile file, long entry, LocalDate day, long person, Instant now) {
        sql.change("insert into grant_receipts values (?, ?, ?, ?, ?)", file.repaymentId(), entry, day, person, now);
    }

    boolean entered(UUID request) {
        return sql.holds("select from order_spendings where request_id = ?", request);
    }

    void enter(GrantFile file, UUID request, long cents, String purpose, long person, Instant now) {
        sql.change(
                "insert into order_spendings (request_id, resolution_id, amount_cents, purpose, entered_by, entered_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                request,
                file.id(),
                cents,
                purpose,
                person,
                now);
    }

    void answerSpending(long spending, String outcome, long person, Instant now) {
        sql.change("insert into spending_answers values (?, ?, ?, ?)", spending, outcome, person, now);
    }

    void step(GrantFile file, String step, String office, String note, long person, Instant now) {
        sql.change(
                "insert into order_steps (resolution_id, step, office, note, person_id, at) values (?, ?, ?, ?, ?, ?)",
                file.id(),
                step,
                office,
                note,
                person,
                now);
    }

    void end(GrantFile file, long person, Instant now) {
        sql.change("insert into grant_ends values (?, ?, ?)", file.id(), person, now);
    }

    /** Entries of a year's budgets with what the bookkeeping asks, oldest first. */
    @Transactional(readOnly = true)
    public List<Booking> bookings(int year) {
        return sql.list(
                """
                select l.id, l.at, u.fund_key, u.body_key, u.year, l.from_account, l.to_account, l.amount_cents, l.reference,
                       coalesce(m.kind, '') as kind, l.reason, coalesce(l.person_id, 0) as person
                  from ledger_entries l join budgets u on u.id = l.budget_id left join grant_movements m on m.entry_id = l.id
                 where u.year = ? order by l.id\
                """,
                row -> new Booking(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("fund_key") + "-" + row.getString("body_key") + "-" + row.getInt("year"),
                        row.getString("from_account"),
                        row.getString("to_account"),
                        row.getLong("amount_cents"),
                        row.getString("reference"),
                        row.getString("kind"),
                        row.getString("reason"),
                        row.getLong("person")),
                year);
    }

    @Introspected
    record Bank(String holder, String iban) {

        /** In groups of four, as people compare it with a card or a letter (DIN 5008). */
        String grouped() {
            return iban.replaceAll("(.{4})(?!$)", "$1 ");
        }
    }

    record Booking(
            long id,
            Instant at,
            String budget,
            String from,
            String to,
            long cents,
            String reference,
            String kind,
            String reason,
            long person) {}

    private static GrantFile file(ResultSet row) throws SQLException {
        return new GrantFile(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("title"),
                row.getString("body"),
                row.getString("fund"),
                row.getString("fund_name"),
                row.getInt("year"),
                row.getLong("budget_id"),
                row.getString("reference"),
                row.getLong("amount_cents"),
                row.getDate("decided_on").toLocalDate(),
                row.getLong("application"),
                row.getInt("version"),
                row.getLong("applicant"),
                row.getString("organisation"),
                row.getBoolean("public"),
                row.getBoolean("rests"),
                row.getBoolean("opened"),
                row.getBoolean("ended"),
                row.getLong("reserved"),
                row.getLong("granted"),
                row.getLong("paid"),
                Sql.instant(row, "issued_at").orElse(null),
                day(row, "project_to"),
                day(row, "proof_due"),
                row.getBoolean("simple"),
                row.getInt("notice_version"),
                row.getLong("current_cents"),
                row.getString("purpose"),
                row.getLong("change"),
                row.getLong("change_asked_by"),
                row.getBoolean("fallen"),
                row.getLong("spending"),
                row.getLong("spending_cents"),
                row.getString("spending_purpose"),
                row.getLong("spending_by"),
                day(row, "served_on"),
                day(row, "objection_to"),
                row.getBoolean("waived"),
                row.getBoolean("has_account"),
                row.getLong("payout"),
                row.getLong("payout_cents"),
                row.getLong("asked_by"),
                row.getInt("releases"),
                row.getLong("released_by"),
                row.getInt("proof"),
                row.getString("proof_kind"),
                row.getLong("spent"),
                row.getString("report"),
                row.getString("outcome"),
                row.getString("answer"),
                row.getBoolean("proven"),
                row.getLong("repayment"),
                row.getLong("repayment_cents"),
                day(row, "due_on"),
                row.getString("step"),
                row.getString("office"),
                row.getString("note"));
    }

    static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        var day = row.getDate(column);
        return day == null ? null : day.toLocalDate();
    }
}
