package motette.budgets;

import io.micronaut.context.BeanProvider;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Optional;
import motette.shared.Money;
import motette.shared.Refusal;

/**
 * Moves the money of a budget from account to account, always in the transaction of the deed that it pays for. Whoever
 * locks an idea as well locks the idea first. A refusal is an answer and changes nothing; the transaction goes on.
 */
@Singleton
public class Ledger {

    private final JdbcOperations jdbc;
    private final BeanProvider<MoneyUnderWay> underWay;
    private final Clock clock;

    Ledger(JdbcOperations jdbc, BeanProvider<MoneyUnderWay> underWay, Clock clock) {
        this.jdbc = jdbc;
        this.underWay = underWay;
        this.clock = clock;
    }

    /**
     * Sets money aside for what a body has decided.
     *
     * @param reason    why, in words that the public reads
     * @param reference what for, as "idea:128"
     * @param personId  who recorded it; 0 for the application itself
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> reserve(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.AVAILABLE, Account.RESERVED, amount, reason, reference, personId);
    }

    /** Frees money that was set aside for a resolution which holds no longer; what went further since is freed by whoever took it there. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> release(long budgetId, Money amount, String reason, String reference, long personId) {
        for (var money : underWay) {
            if (money.free(budgetId, reference, reason, personId)) {
                return Optional.empty();
            }
        }
        return move(budgetId, Account.RESERVED, Account.AVAILABLE, amount, reason, reference, personId);
    }

    /** What was set aside and not used by the end of its year is free again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> lapse(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.RESERVED, Account.AVAILABLE, amount, reason, reference, personId);
    }

    /** The grant notice is out: the money that was set aside is promised. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> grant(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.RESERVED, Account.GRANTED, amount, reason, reference, personId);
    }

    /** Pays out what was promised. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> pay(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.GRANTED, Account.PAID, amount, reason, reference, personId);
    }

    /** What was promised and is not needed is free again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> takeBack(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.GRANTED, Account.AVAILABLE, amount, reason, reference, personId);
    }

    /** What was paid and not needed comes back and is free again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Refusal> giveBack(long budgetId, Money amount, String reason, String reference, long personId) {
        return move(budgetId, Account.PAID, Account.AVAILABLE, amount, reason, reference, personId);
    }

    /** The first entry of a budget. */
    @Transactional(propagation = Propagation.MANDATORY)
    void appropriate(long budgetId, Money amount, String reason, String reference) {
        insert(budgetId, Account.APPROPRIATION, Account.AVAILABLE, amount, reason, reference, 0);
    }

    private Optional<Refusal> move(
            long budgetId, Account from, Account to, Money amount, String reason, String reference, long personId) {
        var there = lockedBalance(budgetId, from);
        if (amount.compareTo(there) > 0) {
            return Optional.of(Refusal.of("budgets.too-little." + from.key(), there, amount));
        } else {
            insert(budgetId, from, to, amount, reason, reference, personId);
            return Optional.empty();
        }
    }

    /** Two statements: one alone would wait for the lock and then still read the balance from before the wait. */
    private Money lockedBalance(long budgetId, Account account) {
        jdbc.prepareStatement("select from budgets where id = ? for no key update", statement -> {
            statement.setLong(1, budgetId);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("There is no budget " + budgetId);
                }
                return budgetId;
            }
        });
        return jdbc.prepareStatement(
                "select balance_cents from budget_accounts where budget_id = ? and account = ?", statement -> {
                    statement.setLong(1, budgetId);
                    statement.setString(2, account.key());
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return new Money(row.getLong(1));
                    }
                });
    }

    private void insert(
            long budgetId, Account from, Account to, Money amount, String reason, String reference, long personId) {
        if (amount.isZero()) {
            throw new IllegalArgumentException(
                    "Nothing moves from " + from.key() + " to " + to.key() + " of budget " + budgetId);
        }
        jdbc.prepareStatement(
                "insert into ledger_entries (budget_id, from_account, to_account, amount_cents, reason, reference,"
                        + " person_id, at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    statement.setLong(1, budgetId);
                    statement.setString(2, from.key());
                    statement.setString(3, to.key());
                    statement.setLong(4, amount.cents());
                    statement.setString(5, reason);
                    statement.setString(6, reference);
                    if (personId == 0) {
                        statement.setNull(7, Types.BIGINT);
                    } else {
                        statement.setLong(7, personId);
                    }
                    statement.setTimestamp(8, Timestamp.from(clock.instant()));
                    return statement.executeUpdate();
                });
    }
}
