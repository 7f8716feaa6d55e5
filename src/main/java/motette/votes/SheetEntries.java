package motette.votes;

import static motette.votes.OnSiteRights.demand;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Typing ballot papers: each by two different people, the second without seeing the first. What both typed alike goes into the
 * urn; where they differ, one looks a third time with the paper in hand. Until then it stands sealed under the key of the round.
 */
@Singleton
class SheetEntries {

    private final RoundGuard guard;
    private final RoundRepository rounds;
    private final RoundKeys keys;
    private final Papers papers;
    private final Urn urn;
    private final OnSiteRights rights;
    private final Sql sql;
    private final Audit audit;

    SheetEntries(
            RoundGuard guard,
            RoundRepository rounds,
            RoundKeys keys,
            Papers papers,
            Urn urn,
            OnSiteRights rights,
            Sql sql,
            Audit audit) {
        this.guard = guard;
        this.rounds = rounds;
        this.keys = keys;
        this.papers = papers;
        this.urn = urn;
        this.rights = rights;
        this.sql = sql;
        this.audit = audit;
    }

    /** What somebody reads from a sheet. */
    record Reading(SheetOutcome outcome, Choice choice) {

        static Reading of(SheetOutcome outcome, Choice choice) {
            return new Reading(outcome, outcome == SheetOutcome.VALID ? choice : Choice.NOTHING);
        }

        /** Never in a log. */
        @Override
        public String toString() {
            return "Reading";
        }
    }

    /** Where a sheet stands for somebody who has it in hand. */
    sealed interface Look {

        /** To be typed; whether it is the first time is not said. */
        record Type(SheetNumber number, long batch, String districtKey) implements Look {}

        /** Typed differently: what both read. */
        record Differs(SheetNumber number, long batch, String districtKey, Reading one, Reading other)
                implements Look {}

        record Wrong(Problems problems) implements Look {}
    }

    /** What came of typing. */
    enum Result {
        FIRST,
        AGREED,
        DIFFERENT
    }

    /** @param problems empty unless nothing was kept */
    record Typed(Optional<Result> result, Problems problems) {

        static Typed wrong(Problems problems) {
            return new Typed(Optional.empty(), problems);
        }
    }

    private record Sheet(SheetNumber number, long batch, String districtKey, boolean settled) {}

    private record Entry(int turn, long personId, byte[] sealed) {}

    /** Looks a typed number up; changes nothing. */
    @Transactional
    public Look look(Visitor visitor, String slug, String typed) {
        var round = guard.paper(slug);
        var sheet = SheetNumber.typed(typed).flatMap(number -> find(round, number));
        if (sheet.isEmpty()) {
            return new Look.Wrong(unknown());
        }
        demand(rights.typing(visitor, sheet.get().districtKey()));
        var entries = entries(sheet.get().number());
        var problems = problems(visitor.personId(), round, sheet.get(), entries);
        if (!problems.isEmpty()) {
            return new Look.Wrong(problems);
        } else if (entries.size() == 2) {
            return new Look.Differs(
                    sheet.get().number(),
                    sheet.get().batch(),
                    sheet.get().districtKey(),
                    open(round, sheet.get(), entries.getFirst()),
                    open(round, sheet.get(), entries.getLast()));
        } else {
            return new Look.Type(
                    sheet.get().number(), sheet.get().batch(), sheet.get().districtKey());
        }
    }

    /**
     * Takes what somebody reads from a sheet.
     *
     * @throws Refused when papers are no longer taken
     */
    @Transactional
    public Typed type(Visitor visitor, String slug, SheetNumber number, SheetOutcome outcome, Choice choice) {
        var round = guard.paper(slug);
        var sheet = locked(visitor, round, number);
        if (sheet.isEmpty()) {
            return Typed.wrong(unknown());
        }
        var entries = entries(number);
        var problems = problems(visitor.personId(), round, sheet.get(), entries);
        if (problems.isEmpty() && entries.size() == 2) {
            problems.add("code", "votes.paper.problem.different", number.spaced());
        }
        if (problems.isEmpty()) {
            check(problems, round, sheet.get(), outcome, choice);
        }
        return problems.isEmpty()
                ? new Typed(
                        Optional.of(keep(visitor.personId(), round, sheet.get(), entries, Reading.of(outcome, choice))),
                        problems)
                : Typed.wrong(problems);
    }

    private Result keep(long personId, Round round, Sheet sheet, List<Entry> before, Reading reading) {
        int turn = before.size() + 1;
        sql.change(
                "insert into vote_sheet_entries (number, turn, person_id, sealed) values (?, ?, ?, ?)",
                sheet.number().code(),
                turn,
                personId,
                keys.of(round.id())
                        .seal(
                                place(sheet.number(), turn),
                                reading.outcome().key(),
                                List.of(sheet.districtKey()),
                                reading.choice()));
        audit.record(personId, "votes.paper-entry", Papers.subject(sheet.batch()), "");
        if (turn == 1) {
            return Result.FIRST;
        } else if (open(round, sheet, before.getFirst()).equals(reading)) {
            settle(round, sheet, reading, Optional.empty());
            return Result.AGREED;
        } else {
            return Result.DIFFERENT;
        }
    }

    /** A third look, with the paper in hand, where two typed differently. */
    @Transactional
    public Typed mend(Visitor visitor, String slug, SheetNumber number, SheetOutcome outcome, Choice choice) {
        var round = guard.paper(slug);
        var sheet = locked(visitor, round, number);
        if (sheet.isEmpty()) {
            return Typed.wrong(unknown());
        }
        var problems = Problems.none();
        if (sheet.get().settled()) {
            problems.add("code", "votes.paper.problem.settled", number.spaced());
        } else if (entries(number).size() < 2) {
            problems.add("code", "votes.paper.problem.once", number.spaced());
        } else {
            check(problems, round, sheet.get(), outcome, choice);
        }
        if (problems.isEmpty()) {
            settle(round, sheet.get(), Reading.of(outcome, choice), Optional.of(visitor.personId()));
            audit.record(
                    visitor.personId(),
                    "votes.paper-third-look",
                    Papers.subject(sheet.get().batch()),
                    "");
            return new Typed(Optional.of(Result.AGREED), problems);
        } else {
            return Typed.wrong(problems);
        }
    }

    /** Numbers of sheets that two typed differently. */
    @Transactional(readOnly = true)
    public List<String> differing(long roundId) {
        return sql.list("""
            select s.number from vote_sheets s join vote_sheet_batches b on b.id = s.batch_id
            where b.round_id = ? and not exists (select from vote_sheet_outcomes o where o.number = s.number)
              and exists (select from vote_sheet_entries e where e.number = s.number and e.turn = 2)
            order by s.number\
            """, row -> new SheetNumber(row.getString(1)).spaced(), roundId);
    }

    /** A stack yields no more sheets than were handed out of it; who typed a sheet does not type it again. */
    private Problems problems(long personId, Round round, Sheet sheet, List<Entry> entries) {
        var problems = Problems.none();
        var number = sheet.number().spaced();
        if (sheet.settled()) {
            problems.add("code", "votes.paper.problem.settled", number);
        } else if (entries.size() == 1 && entries.getFirst().personId() == personId) {
            problems.add("code", "votes.paper.problem.yours", number);
        } else if (entries.isEmpty()) {
            guard.firstEntry(round, papers.window(round.id())).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            var batch = papers.batch(round.id(), sheet.batch()).orElseThrow();
            if (batch.typed() >= batch.handedOut()) {
                problems.add(
                        "code",
                        "votes.paper.problem.more",
                        number,
                        (long) batch.handedOut(),
                        String.valueOf(batch.id()));
            }
        }
        return problems;
    }

    private void check(Problems problems, Round round, Sheet sheet, SheetOutcome outcome, Choice choice) {
        if (outcome == SheetOutcome.VALID && choice.isEmpty()) {
            problems.add("outcome", "votes.paper.problem.nothing");
        } else if (outcome == SheetOutcome.EMPTY && !choice.isEmpty()) {
            problems.add("outcome", "votes.paper.problem.not-empty");
        } else if (outcome == SheetOutcome.VALID) {
            var against = choice.problemsOnPaper(round, rounds.candidates(round.id()), sheet.districtKey());
            if (!against.isEmpty()) {
                problems.add("outcome", "votes.paper.problem.rules", against.get("choice"));
            }
        }
    }

    private void settle(Round round, Sheet sheet, Reading reading, Optional<Long> lookedBy) {
        sql.change(
                "insert into vote_sheet_outcomes (number, outcome, looked_by) values (?, ?, ?)",
                sheet.number().code(),
                reading.outcome().key(),
                lookedBy);
        sql.change(
                "update vote_sheet_entries set sealed = null where number = ?",
                sheet.number().code());
        if (reading.outcome().isBallot()) {
            urn.putAside(round, List.of(sheet.districtKey()), Channel.PAPER, reading.choice());
        }
    }

    /** Locks the stack of the sheet, so that its totals hold while one is typed. */
    private Optional<Sheet> locked(Visitor visitor, Round round, SheetNumber number) {
        var found = find(round, number);
        found.ifPresent(sheet -> {
            demand(rights.typing(visitor, sheet.districtKey()));
            papers.lock(sheet.batch());
        });
        return found.flatMap(sheet -> find(round, number));
    }

    private Optional<Sheet> find(Round round, SheetNumber number) {
        return sql.one(
                """
                select b.id, b.district_key, o.number is not null as settled
                  from vote_sheets s join vote_sheet_batches b on b.id = s.batch_id
                  left join vote_sheet_outcomes o on o.number = s.number
                 where s.number = ? and b.round_id = ?\
                """,
                row -> new Sheet(number, row.getLong("id"), row.getString("district_key"), row.getBoolean("settled")),
                number.code(),
                round.id());
    }

    private List<Entry> entries(SheetNumber number) {
        return sql.list(
                "select turn, person_id, coalesce(sealed, ''::bytea) as sealed from vote_sheet_entries where number = ?"
                        + " order by turn",
                row -> new Entry(row.getInt("turn"), row.getLong("person_id"), row.getBytes("sealed")),
                number.code());
    }

    private Reading open(Round round, Sheet sheet, Entry entry) {
        var opened = keys.of(round.id()).open(place(sheet.number(), entry.turn()), entry.sealed());
        return new Reading(SheetOutcome.valueOf(opened.method().toUpperCase(Locale.ROOT)), opened.choice());
    }

    private static Problems unknown() {
        return Problems.none().add("code", "votes.paper.problem.unknown");
    }

    /** Sealed for one sheet and turn, it opens at no other. */
    private static byte[] place(SheetNumber number, int turn) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("sheet " + number.code() + " " + turn).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
