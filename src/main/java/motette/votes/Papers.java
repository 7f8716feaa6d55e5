package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Ballot papers from the printer to the box. A sheet is handed out against an entry in the roll; which sheet it was, nobody writes
 * down. Every stack has totals that must agree: handed out, counted in the box, typed, accepted.
 */
@Singleton
class Papers implements BeforeCount {

    static final int LEAST_SHEETS = 10;
    static final int MOST_SHEETS = 500;
    static final int MOST_MINUTES = 10_080;
    static final Duration UNDO_WITHIN = Duration.ofMinutes(2);

    private static final String BATCHES = """
        select b.id, b.district_key, d.name, b.sheets, s.first, s.last, coalesce(p.pseudonym, '') as by, b.made_at, b.printed_at,
               (select count(*) from vote_hand_outs h where h.batch_id = b.id) as handed_out,
               (select c.sheets from vote_box_counts c where c.batch_id = b.id order by c.id desc limit 1) as box,
               s.once, s.different, s.valid, s.empty, s.invalid, s.unreadable
          from vote_sheet_batches b
          join districts d on d.key = b.district_key
          left join persons p on p.id = b.made_by
          cross join lateral (
            select min(t.number) as first, max(t.number) as last,
                   count(*) filter (where o.outcome is null and e.turns = 1) as once,
                   count(*) filter (where o.outcome is null and e.turns = 2) as different,
                   count(*) filter (where o.outcome = 'valid') as valid,
                   count(*) filter (where o.outcome = 'empty') as empty,
                   count(*) filter (where o.outcome = 'invalid') as invalid,
                   count(*) filter (where o.outcome = 'unreadable') as unreadable
              from vote_sheets t
              left join vote_sheet_outcomes o on o.number = t.number
              left join (select n.number, count(*) as turns from vote_sheet_entries n group by n.number) e on e.number = t.number
             where t.batch_id = b.id) s
        """;

    private final RoundGuard guard;
    private final RoundRepository rounds;
    private final Urn urn;
    private final Sql sql;
    private final Audit audit;
    private final Clock clock;
    private final int usualMinutes;
    private final SecureRandom random = new SecureRandom();

    /** @param usualMinutes after the close in which papers are still typed, for rounds of which nobody said anything else */
    Papers(
            RoundGuard guard,
            RoundRepository rounds,
            Urn urn,
            Sql sql,
            Audit audit,
            Clock clock,
            @Value("${motette.votes.paper-minutes}") int usualMinutes) {
        this.guard = guard;
        this.rounds = rounds;
        this.urn = urn;
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
        this.usualMinutes = usualMinutes;
    }

    /** In the order in which they were made. */
    @Transactional(readOnly = true)
    public List<SheetBatch> batches(long roundId) {
        return sql.list(BATCHES + " where b.round_id = ? order by b.id", Papers::batch, roundId);
    }

    @Transactional(readOnly = true)
    public Optional<SheetBatch> batch(long roundId, long id) {
        return sql.one(BATCHES + " where b.round_id = ? and b.id = ?", Papers::batch, roundId, id);
    }

    /** What keeps a round from being counted; empty when its papers are in order. The count asks this. */
    @Transactional(readOnly = true)
    public List<PaperMatter> openMatters(long roundId) {
        var round = rounds.find(roundId).orElseThrow();
        boolean stillTyped = guard.firstEntry(round, window(roundId)).isEmpty();
        var matters = new ArrayList<PaperMatter>();
        for (var batch : batches(roundId)) {
            if (batch.handedOut() > 0 && stillTyped) {
                if (batch.box().isEmpty()) {
                    matters.add(matter("box", batch, batch.handedOut()));
                } else if (batch.box().get() != batch.settled()) {
                    matters.add(matter("missing", batch, Math.abs(batch.box().get() - batch.settled())));
                }
            }
            if (batch.once() > 0) {
                matters.add(matter("once", batch, batch.once()));
            }
            if (batch.different() > 0) {
                matters.add(matter("different", batch, batch.different()));
            }
        }
        return List.copyOf(matters);
    }

    @Override
    public Optional<Refusal> hindrance(Round round) {
        var sheets =
                openMatters(round.id()).stream().mapToLong(PaperMatter::sheets).sum();
        return sheets == 0
                ? Optional.empty()
                : Optional.of(Refusal.of("votes.paper.refused.count", sheets)
                        .withWayOut("/votes/" + round.slug() + "/paper", "votes.paper.back"));
    }

    private static PaperMatter matter(String kind, SheetBatch batch, int sheets) {
        return new PaperMatter(kind, batch.id(), batch.district(), sheets);
    }

    // Printing

    /** Makes the numbers of a stack; the list must be fixed and the round not over. @return the stack */
    @Transactional
    public long make(long personId, String slug, String districtKey, int sheets) {
        var round = rounds.beside(slug).orElseThrow(() -> new Refused(Refusal.of("votes.refused.none")));
        var phase = round.phase(clock.instant());
        if (!phase.isPublic() || phase.isOver()) {
            throw refused("votes.paper.refused.phase", round);
        }
        sql.change(
                "insert into vote_paper_windows (round_id, minutes, at, by) values (?, ?, ?, ?) on conflict do nothing",
                round.id(),
                usualMinutes,
                clock.instant(),
                personId);
        long batch = sql.number(
                "insert into vote_sheet_batches (round_id, district_key, sheets, made_at, made_by) values (?, ?, ?, ?,"
                        + " ?) returning id",
                round.id(),
                districtKey,
                sheets,
                clock.instant(),
                personId);
        int made = 0;
        while (made < sheets) {
            made += sql.change(
                    "insert into vote_sheets (number, batch_id) values (?, ?) on conflict do nothing",
                    SheetNumber.random(random).code(),
                    batch);
        }
        audit.record(personId, "votes.paper-batch", subject(batch), "");
        return batch;
    }

    /** @param numbers in an order that nobody keeps: the stack tells nothing of who got which */
    record Printing(Round round, SheetBatch batch, List<SheetNumber> numbers) {}

    /** Once more after a jam, but not once a sheet is handed out: then there could be two of one number. */
    @Transactional
    public Optional<Printing> print(long personId, Round round, long id) {
        lock(id);
        return batch(round.id(), id).map(batch -> {
            if (batch.handedOut() > 0) {
                throw refused("votes.paper.refused.printed", round);
            }
            sql.change("update vote_sheet_batches set printed_at = ? where id = ?", clock.instant(), id);
            audit.record(personId, "votes.paper-printing", subject(id), "");
            var numbers = new ArrayList<>(sql.list(
                    "select number from vote_sheets where batch_id = ?", row -> new SheetNumber(row.getString(1)), id));
            Collections.shuffle(numbers, random);
            return new Printing(round, batch, List.copyOf(numbers));
        });
    }

    // Handing out

    /** What came of a form that was sent before: its number of the hand-out. */
    @Transactional(readOnly = true)
    public Optional<Long> attempted(long personId, Round round, String attempt) {
        return sql.one(
                "select h.id from vote_hand_outs h join vote_sheet_batches b on b.id = h.batch_id"
                        + " where h.attempt = ? and h.by = ? and b.round_id = ?",
                row -> row.getLong(1),
                attempt,
                personId,
                round.id());
    }

    /**
     * Enters somebody in the roll who takes a sheet: of the stack of their district, or of another where the round allows it, or one
     * of each.
     *
     * @param batchIds one stack or two of different districts
     * @param attempt  of one filled-in form: sent twice, it hands out once
     * @return number of the hand-out
     * @throws Refused when the round is not open, they voted already, or nothing is left of a stack
     */
    @Transactional
    public long handOut(long personId, String slug, List<Long> batchIds, Voter voter, String attempt) {
        var round = guard.open(slug);
        batchIds.stream().sorted().forEach(this::lock);
        return attempted(personId, round, attempt)
                .orElseGet(() -> handOutNow(personId, round, batchIds, voter, attempt));
    }

    private long handOutNow(long personId, Round round, List<Long> batchIds, Voter voter, String attempt) {
        var batches = batchIds.stream().map(id -> ready(round, id)).toList();
        urn.handOut(round.slug(), voter, further(round, batches, voter));
        forget();
        long first = 0;
        for (var batch : batches) {
            long id = handOut(personId, batch, voter, first == 0 ? attempt : attempt + SECOND);
            first = first == 0 ? id : first;
        }
        return first;
    }

    /** Ends the attempt of the second sheet that somebody takes. */
    private static final String SECOND = "-2";

    private SheetBatch ready(Round round, long id) {
        return batch(round.id(), id)
                .filter(one -> one.printedAt().isPresent() && one.left() > 0)
                .orElseThrow(() -> refused("votes.paper.refused.stack", round));
    }

    /** The district besides their own that the sheets are for; empty where there is none. */
    private static String further(Round round, List<SheetBatch> batches, Voter voter) {
        var districts = batches.stream().map(SheetBatch::districtKey).distinct().toList();
        var others = districts.stream()
                .filter(key -> !key.equals(voter.districtKey()))
                .toList();
        if (districts.size() < batches.size() || others.size() > (round.furtherDistrict() ? 1 : 0)) {
            throw refused("votes.paper.refused.district", round);
        } else {
            return others.isEmpty() ? "" : others.getFirst();
        }
    }

    private long handOut(long personId, SheetBatch batch, Voter voter, String attempt) {
        var now = clock.instant();
        audit.record(personId, "votes.paper-hand-out", subject(batch.id()), "");
        return sql.number(
                "insert into vote_hand_outs (batch_id, by, hour, attempt, voter, undo_until) values (?, ?, ?, ?, ?, ?)"
                        + " returning id",
                batch.id(),
                personId,
                now.truncatedTo(ChronoUnit.HOURS),
                attempt,
                voter.key(),
                now.plus(UNDO_WITHIN));
    }

    /**
     * @param batches   the stack, or both
     * @param undoUntil empty once it can be undone no more
     */
    @io.micronaut.core.annotation.Introspected
    record HandOut(long id, List<Long> batches, Optional<Instant> undoUntil) {}

    /** One of this coordinator's. */
    @Transactional(readOnly = true)
    public Optional<HandOut> handOut(long personId, long roundId, long id) {
        return sql.one(
                """
                select h.id, h.undo_until,
                       array(select o.batch_id from vote_hand_outs o where o.attempt in (h.attempt, h.attempt || ?)
                             order by o.id) as batches
                  from vote_hand_outs h join vote_sheet_batches b on b.id = h.batch_id
                where h.id = ? and h.by = ? and b.round_id = ?\
                """,
                row -> new HandOut(
                        row.getLong("id"),
                        List.of((Long[]) row.getArray("batches").getArray()),
                        Sql.instant(row, "undo_until")
                                .filter(until -> clock.instant().isBefore(until))),
                SECOND,
                id,
                personId,
                roundId);
    }

    /** The sheet was not taken: the entry goes from the roll. False when there is no such hand-out of this coordinator. */
    @Transactional
    public boolean undo(long personId, String slug, long id) {
        var round = guard.open(slug);
        var handOut = handOut(personId, round.id(), id);
        handOut.ifPresent(one -> undo(personId, round, one));
        return handOut.isPresent();
    }

    private void undo(long personId, Round round, HandOut handOut) {
        handOut.batches().stream().sorted().forEach(this::lock);
        var voter = sql.one(
                "select voter from vote_hand_outs where id = ? and undo_until > ? for update",
                row -> row.getBytes(1),
                handOut.id(),
                clock.instant());
        boolean typed = handOut.batches().stream()
                .map(batch -> batch(round.id(), batch).orElseThrow())
                .anyMatch(batch -> batch.typed() >= batch.handedOut());
        if (voter.isEmpty() || typed) {
            throw refused("votes.paper.refused.undo", round);
        }
        sql.change(
                "delete from vote_roll where round_id = ? and voter = ? and channel = 'paper'",
                round.id(),
                voter.get());
        sql.change(
                "delete from vote_hand_outs where voter = ? and batch_id in (select id from vote_sheet_batches where"
                        + " round_id = ?)",
                voter.get(),
                round.id());
        handOut.batches().forEach(batch -> audit.record(personId, "votes.paper-reversal", subject(batch), ""));
    }

    /** Whose entry a hand-out was is known for two minutes. */
    private void forget() {
        sql.change("update vote_hand_outs set voter = null, undo_until = null where undo_until <= ?", clock.instant());
    }

    // The box

    /** So many sheets of the stack lie in the box. */
    @Transactional
    public void count(long personId, String slug, long batchId, int sheets) {
        guard.paper(slug);
        sql.change(
                "insert into vote_box_counts (batch_id, sheets, at, by) values (?, ?, ?, ?)",
                batchId,
                sheets,
                clock.instant(),
                personId);
        audit.record(personId, "votes.paper-box", subject(batchId), "");
    }

    // The time

    /** For how long after the close papers that nobody typed yet are taken. */
    @Transactional(readOnly = true)
    public Duration window(long roundId) {
        return Duration.ofMinutes(
                sql.one("select minutes from vote_paper_windows where round_id = ?", row -> row.getInt(1), roundId)
                        .orElse(0));
    }

    /** Until the round is counted, the administration may say otherwise. */
    @Transactional
    public void setWindow(long personId, Round round, int minutes) {
        var alone = rounds.alone(round.id()).orElseThrow();
        if (alone.countedAt().isPresent()) {
            throw refused("votes.paper.refused.counted", round);
        }
        sql.change("""
            insert into vote_paper_windows (round_id, minutes, at, by) values (?, ?, ?, ?)
            on conflict (round_id) do update set minutes = excluded.minutes, at = excluded.at, by = excluded.by\
            """, round.id(), minutes, clock.instant(), personId);
        audit.record(personId, "votes.paper-window", "vote-round:" + round.id(), "");
    }

    /** Deeds about one stack follow each other. */
    void lock(long batch) {
        sql.lockRow("vote_sheet_batches", batch);
    }

    private static Refused refused(String key, Round round) {
        return new Refused(Refusal.of(key).withWayOut("/votes/" + round.slug() + "/paper", "votes.paper.back"));
    }

    static String subject(long batch) {
        return "vote-batch:" + batch;
    }

    private static SheetBatch batch(ResultSet row) throws SQLException {
        return new SheetBatch(
                row.getLong("id"),
                row.getString("district_key"),
                row.getString("name"),
                row.getInt("sheets"),
                new SheetNumber(row.getString("first")).spaced(),
                new SheetNumber(row.getString("last")).spaced(),
                row.getString("by"),
                row.getTimestamp("made_at").toInstant(),
                Sql.instant(row, "printed_at"),
                row.getInt("handed_out"),
                Optional.ofNullable(row.getObject("box", Integer.class)),
                row.getInt("once"),
                row.getInt("different"),
                row.getInt("valid"),
                row.getInt("empty"),
                row.getInt("invalid"),
                row.getInt("unreadable"));
    }
}
