package motette.ideas;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.limits.Blocked;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.limits.Pause;
import motette.limits.TooMany;
import motette.people.Visitor;

/**
 * How much one person may send in a time, and how much the guests of one network together. Whoever meets the limit of a full
 * network goes on at once by signing in: then only what they do themselves counts.
 */
@Singleton
class Allowance {

    private final Limits limits;
    private final Networks networks;
    private final Blocked blocked;

    Allowance(Limits limits, Networks networks, Blocked blocked) {
        this.blocked = blocked;
        this.limits = limits;
        this.networks = networks;
    }

    void handIn(Visitor visitor) {
        limits.take("ideas", visitor.personId()).ifPresent(pause -> {
            throw new TooMany(pause.withWayOut("/ideas/new/check", "limits.to-draft"));
        });
    }

    /** Giving is counted from the rows of supports; whoever gives and takes in turns meets the limit of taking back. */
    void takeBack(long number, Visitor visitor) {
        limits.take("support-withdrawals", visitor.personId()).ifPresent(pause -> {
            throw new TooMany(pause.withWayOut("/ideas/" + number, "support.to-idea"));
        });
    }

    /** Guests of one network hand in together; whoever signs in goes on at once. */
    void handInAsGuest(HttpRequest<?> request) {
        limits.take("guest-ideas-per-network", networks.of(request)).ifPresent(pause -> {
            throw new TooMany(pause.withWayOut("/sign-in?next=/ideas/new/check", "limits.sign-in"));
        });
    }

    /** Whether a guest's address may be asked now whether it is theirs: no stranger fills a mailbox with such questions. */
    boolean mayMail(Optional<String> address) {
        return address.filter(known -> !blocked.isBlocked(known)
                        && limits.take("mails-per-address", known).isEmpty())
                .isPresent();
    }

    void lookUp(HttpRequest<?> request) {
        limits.demand("look-ups-per-network", networks.of(request));
    }

    /**
     * Asked once a draft, before it is stored for the first time.
     *
     * @param form what was typed, which the page keeps
     */
    void begin(Visitor visitor, HttpRequest<?> request, Map<String, ?> form) {
        count("drafts", visitor, request).ifPresent(pause -> {
            throw new TooMany(pause).keeping(request.getPath(), form);
        });
    }

    /** The page of the draft says it beside the photo, and the words typed stay. */
    Optional<Pause> photo(UUID draft, Visitor visitor, HttpRequest<?> request) {
        return limits.take("photos", visitor.isSignedIn() ? "person " + visitor.personId() : "draft " + draft)
                .or(() -> visitor.isSignedIn()
                        ? Optional.empty()
                        : limits.take("photos-per-network", networks.of(request)));
    }

    private Optional<Pause> count(String limit, Visitor visitor, HttpRequest<?> request) {
        return visitor.isSignedIn()
                ? limits.take(limit, visitor.personId())
                : limits.take(limit + "-per-network", networks.of(request))
                        .map(pause -> pause.withWayOut("/sign-in?next=/ideas/new", "limits.sign-in"));
    }
}
