package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.shared.Denied;
import motette.shared.Message;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the new term of councils from a list. For every body and role that the list names, the list is the whole: whoever is not in
 * it leaves when the new term begins. Repeating it changes nothing.
 */
@Singleton
class TermsImport {

    private final PeopleRights rights;
    private final RoleRepository roles;
    private final PersonRepository people;
    private final Persons persons;
    private final PeopleFinder finder;
    private final Profiles profiles;
    private final Grants grants;
    private final Scopes scopes;
    private final Audit audit;
    private final Clock clock;

    TermsImport(
            PeopleRights rights,
            RoleRepository roles,
            PersonRepository people,
            Persons persons,
            PeopleFinder finder,
            Profiles profiles,
            Grants grants,
            Scopes scopes,
            Audit audit,
            Clock clock) {
        this.rights = rights;
        this.roles = roles;
        this.people = people;
        this.persons = persons;
        this.finder = finder;
        this.profiles = profiles;
        this.grants = grants;
        this.scopes = scopes;
        this.audit = audit;
        this.clock = clock;
    }

    /** What was planned, and whether it was done. */
    record Outcome(TermsPlan plan, boolean done) {}

    /** Changes nothing but what people read about themselves: that they were found by their address. */
    @Transactional
    public TermsPlan preview(Visitor visitor, String text) {
        demand(visitor);
        return plan(visitor, text);
    }

    /** Does all of it or, where it is no longer what was seen, nothing. */
    @Transactional
    Outcome takeOver(Visitor visitor, TermsForm form) {
        demand(visitor);
        roles.lock();
        var plan = plan(visitor, form.text());
        var seen = !plan.isRefused()
                && plan.fingerprint().equals(form.seen())
                && form.problems().isEmpty();
        if (seen) {
            plan.ends().forEach(ending -> end(visitor, ending.roleId(), ending.moment(), form.reason()));
            plan.goesOn().forEach(seat -> {
                end(visitor, seat.replaces(), RoleRepository.begin(seat.from()), form.reason());
                grant(visitor, seat, seat.personId(), form.reason());
            });
            plan.begins()
                    .forEach(seat -> grant(
                            visitor,
                            seat,
                            seat.isNew()
                                    ? persons.enrol(seat.email(), seat.name()).id()
                                    : seat.personId(),
                            form.reason()));
        }
        return new Outcome(plan, seen);
    }

    private void demand(Visitor visitor) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private void end(Visitor visitor, long roleId, Instant moment, String reason) {
        roles.end(roleId, moment, visitor.personId(), reason);
        audit.record(visitor.personId(), "role.ending", Grants.subject(roleId), reason);
    }

    private void grant(Visitor visitor, TermsPlan.Seat seat, long personId, String reason) {
        var role = RoleName.find(seat.role()).orElseThrow();
        if (roles.isFull(personId, role, seat.scope(), seat.from(), seat.to())) {
            throw new Refused(
                    Refusal.of("people.problem.full", seat.where()).withWayOut("/people/terms", "people.to-people"));
        }
        long id = roles.insert(personId, role, seat.scope(), seat.from(), seat.to(), visitor.personId(), reason)
                .orElseThrow();
        audit.record(visitor.personId(), "role.grant", Grants.subject(id), reason);
    }

    private TermsPlan plan(Visitor visitor, String text) {
        var content = TermsFile.read(text);
        var plan = new TermsPlan(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        content.faults().forEach(fault -> plan.refused().add(new TermsPlan.Refused(fault.line(), fault.why())));
        var seats = new ArrayList<TermsPlan.Seat>();
        var taken = new HashSet<String>();
        var names = new HashMap<String, String>();
        for (var line : content.lines()) {
            var why = read(visitor, line, seats, taken, names);
            why.ifPresent(message -> plan.refused().add(new TermsPlan.Refused(line.number(), message)));
        }
        var terms = new HashMap<String, List<RoleTerm>>();
        seats.forEach(seat -> terms.computeIfAbsent(seat.scope(), roles::in));
        refuseMoreThanSeats(seats, plan);
        seats.forEach(seat -> place(seat, terms.getOrDefault(seat.scope(), List.of()), plan));
        if (!plan.isRefused()) {
            addEndings(seats, terms, plan);
        }
        return plan;
    }

    /** Names the lines for which no seat is left in their body. A chair counts with those who have a vote where it has one. */
    private void refuseMoreThanSeats(List<TermsPlan.Seat> seats, TermsPlan plan) {
        var byBody = seats.stream()
                .filter(seat -> !seat.role().equals(RoleName.CHAIR.key()))
                .collect(Collectors.groupingBy(TermsPlan.Seat::scope));
        byBody.forEach((body, members) -> {
            var listed = seats.stream()
                    .filter(seat -> seat.scope().equals(body))
                    .map(TermsPlan.Seat::role)
                    .collect(Collectors.toSet());
            var first = members.stream()
                    .map(TermsPlan.Seat::from)
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            roles.seatsFor(body, listed, first)
                    .ifPresent(left -> members.stream()
                            .skip(Math.max(0, left))
                            .map(seat -> new TermsPlan.Refused(
                                    seat.line(),
                                    Message.of("people.terms.fault.full", seat.where(), Math.max(0, left))))
                            .forEach(plan.refused()::add));
        });
    }

    /** Reads a line into a seat, or says why it is none. */
    private Optional<Message> read(
            Visitor visitor,
            TermsFile.Line line,
            List<TermsPlan.Seat> seats,
            Set<String> taken,
            Map<String, String> names) {
        var role = TermsFile.role(line.role());
        var scope = scopes.all().stream()
                .filter(one -> one.key().equals(line.body()) || one.name().equalsIgnoreCase(line.body()))
                .findFirst();
        var from = TermsFile.day(line.from());
        var to = TermsFile.day(line.to());
        var email = EmailAddress.of(line.email());
        if (role.isEmpty()) {
            return Optional.of(Message.of("people.terms.fault.role", line.role()));
        } else if (scope.filter(one -> scopes.fits(role.get(), one.key())).isEmpty()) {
            return Optional.of(Message.of("people.terms.fault.body", line.body()));
        } else if (from.isEmpty()) {
            return Optional.of(Message.of("people.terms.fault.day", line.from()));
        } else if (!line.to().isEmpty() && to.isEmpty()) {
            return Optional.of(Message.of("people.terms.fault.day", line.to()));
        } else if (to.isPresent() && to.get().isBefore(from.get())) {
            return Optional.of(Message.of("people.terms.fault.order", line.from(), line.to()));
        } else if (to.isPresent() && to.get().isBefore(LocalDate.now(clock))) {
            return Optional.of(Message.of("people.terms.fault.past", line.to()));
        } else if (email.isEmpty() && !line.email().isEmpty()) {
            return Optional.of(Message.of("people.terms.fault.email"));
        } else {
            var found = find(visitor, email, line.name(), scope.get().key());
            var reading = found.isPresent()
                    ? new Reading(seat(line, role.get(), scope.get(), from.get(), to, found.get(), email), null)
                    : newcomer(line, role.get(), scope.get(), from.get(), to, email, names);
            return reading.seat() == null
                    ? Optional.ofNullable(reading.why())
                    : take(visitor, reading.seat(), seats, taken);
        }
    }

    /** A seat, or the reason why there is none. */
    private record Reading(
            TermsPlan.@Nullable Seat seat, @Nullable Message why) {}

    private Optional<Message> take(
            Visitor visitor, TermsPlan.Seat seat, List<TermsPlan.Seat> seats, Set<String> taken) {
        var who = seat.isNew() ? seat.email() : String.valueOf(seat.personId());
        if (!taken.add(who + " " + seat.role() + " " + seat.scope())) {
            return Optional.of(Message.of("people.terms.fault.twice", seat.name()));
        } else if (seat.personId() == visitor.personId()) {
            return Optional.of(Message.of("people.terms.fault.oneself"));
        }
        var role = RoleName.find(seat.role()).orElseThrow();
        var conflict = grants.conflict(roles.of(seat.personId()), role, seat.from(), seat.to());
        if (conflict.isEmpty()) {
            seats.add(seat);
        }
        return conflict;
    }

    private static TermsPlan.Seat seat(
            TermsFile.Line line,
            RoleName role,
            RoleScope scope,
            LocalDate from,
            Optional<LocalDate> to,
            Person person,
            Optional<String> email) {
        return new TermsPlan.Seat(
                line.number(),
                person.id(),
                person.pseudonym(),
                email.orElse(""),
                role.key(),
                scope.key(),
                scope.name(),
                from,
                to.orElse(null),
                0);
    }

    /** Somebody new needs an address to sign in with, and a name that the public may read. */
    private Reading newcomer(
            TermsFile.Line line,
            RoleName role,
            RoleScope scope,
            LocalDate from,
            Optional<LocalDate> to,
            Optional<String> email,
            Map<String, String> names) {
        if (email.isEmpty()) {
            return new Reading(null, Message.of("people.terms.fault.no-email", line.name()));
        }
        var problems = profiles.problems(line.name());
        if (!problems.isEmpty()) {
            return new Reading(null, problems.list().getFirst().getValue());
        }
        var name = Profiles.clean(line.name());
        var before = names.putIfAbsent(email.get(), name);
        return before != null && !before.equals(name)
                ? new Reading(null, Message.of("people.terms.fault.two-names", before, name))
                : new Reading(
                        new TermsPlan.Seat(
                                line.number(),
                                0,
                                name,
                                email.get(),
                                role.key(),
                                scope.key(),
                                scope.name(),
                                from,
                                to.orElse(null),
                                0),
                        null);
    }

    /** By address; without one by the name of somebody who sits in the body now, where that is one person only. */
    private Optional<Person> find(Visitor visitor, Optional<String> email, String name, String scope) {
        if (email.isPresent()) {
            return finder.byAddress(visitor, email.get());
        } else if (name.isEmpty()) {
            return Optional.empty();
        } else {
            var sitting = finder.find(visitor, new SearchForm(name, "", "", scope)).stream()
                    .filter(found -> found.pseudonym().equals(name))
                    .toList();
            return sitting.size() == 1 ? people.findById(sitting.getFirst().id()) : Optional.empty();
        }
    }

    /** Compares a seat with the terms that the person has in the body. */
    private static void place(TermsPlan.Seat seat, List<RoleTerm> terms, TermsPlan plan) {
        var since = RoleRepository.begin(seat.from());
        var until = seat.to() == null ? null : RoleRepository.begin(seat.to().plusDays(1));
        var overlapping = terms.stream()
                .filter(term -> term.personId() == seat.personId()
                        && term.name().key().equals(seat.role())
                        && term.overlaps(since, until))
                .toList();
        if (overlapping.isEmpty()) {
            plan.begins().add(seat);
        } else {
            var term = overlapping.getFirst();
            if (Objects.equals(term.actsUntil(), until) && !term.beginsAt().isAfter(since)) {
                plan.stays().add(seat);
            } else if (overlapping.size() == 1 && term.beginsAt().isBefore(since)) {
                plan.goesOn()
                        .add(new TermsPlan.Seat(
                                seat.line(),
                                seat.personId(),
                                seat.name(),
                                seat.email(),
                                seat.role(),
                                seat.scope(),
                                seat.where(),
                                seat.from(),
                                seat.to(),
                                term.id()));
            } else {
                plan.refused()
                        .add(new TermsPlan.Refused(
                                seat.line(), Message.of("people.terms.fault.other-term", seat.name(), term.from())));
            }
        }
    }

    private void addEndings(List<TermsPlan.Seat> seats, Map<String, List<RoleTerm>> terms, TermsPlan plan) {
        var begin = new HashMap<String, LocalDate>();
        var stays = new HashSet<String>();
        for (var seat : seats) {
            begin.merge(
                    seat.scope() + " " + seat.role(), seat.from(), (one, other) -> one.isBefore(other) ? one : other);
            stays.add(seat.scope() + " " + seat.role() + " " + seat.personId());
        }
        var now = clock.instant();
        terms.values().stream().flatMap(List::stream).forEach(term -> {
            var office = term.scope() + " " + term.name().key();
            var first = begin.get(office);
            if (first != null && !stays.contains(office + " " + term.personId())) {
                var planned = RoleRepository.begin(first);
                var moment = planned.isBefore(now) ? now : planned;
                if (!term.isOver(moment)) {
                    plan.ends()
                            .add(new TermsPlan.Ending(
                                    term.id(),
                                    people.findById(term.personId())
                                            .map(Person::pseudonym)
                                            .orElse(""),
                                    term.name().key(),
                                    scopes.name(term.scope()),
                                    moment,
                                    planned.isBefore(now) ? LocalDate.now(clock) : first.minusDays(1)));
                }
            }
        });
    }
}
