package motette.grants;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.Problems;

/**
 * What people can do with a grant, each deed in one transaction behind the lock of its resolution, then of its budget. A deed that
 * was done already, by the same form or by a second press, changes nothing and is answered like the first time.
 */
@Singleton
class GrantDeeds {

    private final GrantRepository grants;
    private final GrantRights rights;
    private final NoticeDeeds notices;
    private final PayoutDeeds payouts;
    private final ProofDeeds proofs;
    private final OrderDeeds orders;
    private final ChangeDeeds changes;

    GrantDeeds(
            GrantRepository grants,
            GrantRights rights,
            NoticeDeeds notices,
            PayoutDeeds payouts,
            ProofDeeds proofs,
            OrderDeeds orders,
            ChangeDeeds changes) {
        this.grants = grants;
        this.rights = rights;
        this.notices = notices;
        this.payouts = payouts;
        this.proofs = proofs;
        this.orders = orders;
        this.changes = changes;
    }

    /**
     * Does one deed.
     *
     * @param deed notice, service, waiver, account, request, no-payout, release, proof, answer, repayment, receipt, order, progress, spending, spent, change,
     *     decision, revocation, change-service
     * @return what can be mended; empty optional where there is no such file for them, or no such deed
     */
    @Transactional
    public Optional<Problems> act(Visitor visitor, long resolution, String deed, Map<String, String> form) {
        grants.lock(resolution);
        var found = grants.find(resolution).filter(file -> rights.reads(visitor, file));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var file = found.get();
        if (deed.matches("waiver|account|request|proof|change")) {
            GrantBooks.allow(rights.asking(visitor, file));
        } else if (deed.equals("no-payout")) {
            GrantBooks.allow(
                    form.getOrDefault("outcome", "").equals("refused")
                            ? rights.deciding(visitor)
                            : rights.asking(visitor, file));
        } else if (deed.equals("release")) {
            if (file.payoutId() == 0 || !GrantForm.number(form, "payout").equals(file.payoutId())) {
                GrantBooks.allow(rights.reading(visitor));
                return Optional.of(Problems.none());
            }
            GrantBooks.allow(rights.releasing(visitor, file));
        } else if (deed.equals("spent")) {
            GrantBooks.allow(rights.releasingOrders(visitor));
        } else {
            GrantBooks.allow(rights.deciding(visitor));
        }
        if (file.rests() && !(file.fallen() && deed.matches("receipt|change-service"))) {
            throw GrantBooks.no(file, "rests");
        } else if (file.ended() && !deed.equals("change-service")) {
            throw GrantBooks.no(file, "ended");
        }
        return switch (deed) {
            case "notice" -> Optional.of(notices.issue(visitor, file, form));
            case "service" -> Optional.of(notices.serve(visitor, file, form));
            case "waiver" -> Optional.of(notices.waive(visitor, file));
            case "account" -> Optional.of(notices.account(visitor, file, form));
            case "request" -> Optional.of(payouts.ask(visitor, file, form));
            case "no-payout" -> Optional.of(payouts.end(visitor, file, form));
            case "release" -> Optional.of(payouts.release(visitor, file));
            case "proof" -> Optional.of(proofs.prove(visitor, file, form));
            case "answer" -> Optional.of(proofs.answer(visitor, file, form));
            case "repayment" -> Optional.of(payouts.askBack(visitor, file, form));
            case "receipt" -> Optional.of(payouts.receive(visitor, file, form));
            case "order" -> Optional.of(orders.order(visitor, file, form));
            case "progress" -> Optional.of(orders.goOn(visitor, file, form));
            case "spending" -> Optional.of(orders.enter(visitor, file, form));
            case "spent" -> Optional.of(orders.answer(visitor, file, form));
            case "change" -> Optional.of(changes.ask(visitor, file, form));
            case "decision" -> Optional.of(changes.decide(visitor, file, form));
            case "revocation" -> Optional.of(changes.revoke(visitor, file, form));
            case "change-service" -> Optional.of(changes.serve(visitor, file, form));
            default -> Optional.empty();
        };
    }
}
