package motette.ideas;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import motette.people.Roles;
import motette.people.Visitor;

/** What somebody may see and change of an idea. What is not theirs is not there: the answer is yes or no, without a reason. */
@Singleton
class IdeaRights {

    private final Roles roles;

    IdeaRights(Roles roles) {
        this.roles = roles;
    }

    /** Did they write it? Its author revises it, withdraws it, and sees it at any time. */
    boolean owns(Visitor visitor, long authorId) {
        return visitor.isSignedIn() && authorId == visitor.personId();
    }

    /** Do they coordinate its quarter? They publish what it says in other languages. */
    @Transactional(readOnly = true)
    public boolean coordinates(Visitor visitor, String quarterKey) {
        return visitor.isSignedIn()
                && roles.coordinatorArea(visitor.personId(), quarterKey).isPresent();
    }

    /** May they see it while it is not public? Its author, and whoever coordinates its quarter. */
    @Transactional(readOnly = true)
    public boolean seesUnpublished(Visitor visitor, long authorId, String quarterKey) {
        return visitor.isSignedIn() && (owns(visitor, authorId) || coordinates(visitor, quarterKey));
    }
}
