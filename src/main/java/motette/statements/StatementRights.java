package motette.statements;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import motette.applications.ApplicationSight;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** Who reads statements, asks for them, gives them, and decides on an appeal. What somebody may not know of is not there for them. */
@Singleton
class StatementRights {

    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Offices offices;
    private final ApplicationSight applications;

    StatementRights(Roles roles, SecondFactor secondFactor, Offices offices, ApplicationSight applications) {
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.offices = offices;
        this.applications = applications;
    }

    /** May they know of it? Everybody of what is public; else its author, the administration, and who reads the application. */
    @Transactional(readOnly = true)
    public boolean sees(Visitor visitor, Matter matter) {
        return matter.isPublic()
                || visitor.isSignedIn()
                        && (matter.authorId() == visitor.personId()
                                || isOfficer(visitor)
                                || !matter.subject().isIdea()
                                        && applications.sees(
                                                visitor, matter.subject().number()));
    }

    @Transactional(readOnly = true)
    public boolean isOfficer(Visitor visitor) {
        return visitor.isSignedIn() && roles.holds(visitor.personId(), RoleName.OFFICER, "");
    }

    /** Have they a desk? The administration. */
    @Transactional(readOnly = true)
    public Optional<Refusal> desk(Visitor visitor) {
        return isOfficer(visitor)
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "statements.refusal.officer"));
    }

    /** May they ask offices, or say that no statement is needed? The administration, with a second factor. */
    @Transactional(readOnly = true)
    public Optional<Refusal> asking(Visitor visitor) {
        return desk(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** May they answer, forward and give back for an office? Whoever works there, with a second factor. */
    @Transactional(readOnly = true)
    public Optional<Refusal> working(Visitor visitor, Request request) {
        return desk(visitor)
                .or(() -> offices.isOf(visitor.personId(), request.officeKey())
                        ? Optional.empty()
                        : Optional.of(Refusal.of("statements.refusal.office", request.officeName())
                                .withWayOut("/statements/desk", "statements.to-desk")))
                .or(() -> secondFactor.refusal(visitor));
    }

    /** May they decide on the appeal? Somebody of the administration who has neither answered nor appealed. */
    @Transactional(readOnly = true)
    public Optional<Refusal> deciding(Visitor visitor, Appeal appeal, Collection<Answer> answers) {
        return desk(visitor)
                .or(() -> appeal.personId() == visitor.personId()
                                || answers.stream().anyMatch(answer -> answer.by() == visitor.personId())
                        ? Optional.of(Refusal.of("statements.refusal.same-person")
                                .withWayOut("/statements/desk", "statements.to-desk"))
                        : Optional.empty())
                .or(() -> secondFactor.refusal(visitor));
    }

    /** May they say who works for which office? */
    @Transactional(readOnly = true)
    public Optional<Refusal> assigning(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? secondFactor.refusal(visitor)
                : Optional.of(roles.refusal(
                        visitor.personId(), RoleName.ADMINISTRATOR, "", "statements.refusal.administrator"));
    }
}
