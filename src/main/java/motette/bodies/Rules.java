package motette.bodies;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Sql;

/** Rows of rules of procedure. */
@Singleton
class Rules {

    private static final String COLUMNS = """
        r.id, r.valid_from, r.body_key is not null, r.quorum_numerator, r.quorum_denominator, r.after_bias_numerator,
        r.after_bias_denominator, r.second_session_quorum, r.majority, r.tie_is, r.abstentions_count, r.without_statement_cents,
        r.notice_days, r.lead_working_days, r.minutes_days, r.source, r.is_default, r.default_fields\
        """;

    private final Sql sql;

    Rules(Sql sql) {
        this.sql = sql;
    }

    /** Those that a body follows on a day. */
    @Transactional(readOnly = true)
    Optional<RulesOfProcedure> of(String bodyKey, LocalDate day) {
        return sql.one("select " + COLUMNS + " from rules_of(?, ?) r", Rules::rules, bodyKey, day);
    }

    /** Those that bodies of a kind without rules of their own follow on a day. */
    @Transactional(readOnly = true)
    Optional<RulesOfProcedure> ofKind(String bodyKind, LocalDate day) {
        return sql.one(
                "select " + COLUMNS + " from rules_of_procedure r where r.body_kind = ? and r.body_key is null and"
                        + " r.valid_from <= ? order by r.valid_from desc, r.id desc limit 1",
                Rules::rules,
                bodyKind,
                day);
    }

    /** A version with what is said about it. */
    record Version(RulesOfProcedure rules, String reason, Optional<Instant> recordedAt) {}

    /** All versions that concern a body, the latest first. */
    @Transactional(readOnly = true)
    List<Version> history(Body body) {
        return sql.list(
                "select " + COLUMNS + ", r.reason, r.recorded_at from rules_of_procedure r where r.body_key = ? or"
                        + " (r.body_key is null and r.body_kind = ?) order by r.body_key is null, r.valid_from desc,"
                        + " r.id desc",
                row -> new Version(rules(row), row.getString("reason"), Sql.instant(row, "recorded_at")),
                body.key(),
                body.kind());
    }

    /** False where this form was recorded before. */
    boolean insert(
            Body body, RulesOfProcedure rules, String reason, UUID request, long recordedBy, Instant recordedAt) {
        return sql.change(
                        """
                        insert into rules_of_procedure (body_kind, body_key, valid_from, quorum_numerator, quorum_denominator,
                            after_bias_numerator, after_bias_denominator, second_session_quorum, majority, tie_is,
                            abstentions_count, without_statement_cents, notice_days, lead_working_days, minutes_days, source,
                            is_default, reason, request_id, recorded_by, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (request_id) do nothing\
                        """,
                        body.kind(),
                        body.key(),
                        rules.validFrom(),
                        rules.quorumNumerator(),
                        rules.quorumDenominator(),
                        rules.afterBiasNumerator(),
                        rules.afterBiasDenominator(),
                        rules.secondSessionQuorum(),
                        rules.majority(),
                        rules.tieIs(),
                        rules.abstentionsCount(),
                        rules.withoutStatementCents(),
                        rules.noticeDays(),
                        rules.leadWorkingDays(),
                        rules.minutesDays(),
                        rules.source(),
                        rules.isDefault(),
                        reason,
                        request,
                        recordedBy,
                        recordedAt)
                == 1;
    }

    private static RulesOfProcedure rules(ResultSet row) throws SQLException {
        return new RulesOfProcedure(
                row.getLong(1),
                row.getObject(2, LocalDate.class),
                row.getBoolean(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8),
                row.getString(9),
                row.getString(10),
                row.getBoolean(11),
                row.getLong(12),
                row.getInt(13),
                row.getInt(14),
                row.getInt(15),
                row.getString(16),
                row.getBoolean(17),
                Arrays.stream((String[]) row.getArray(18).getArray()).toList());
    }
}
