package motette.ideas;

/** Whether somebody asks a fund for money for an idea; the storey of the applications above answers. */
public interface MoneyAsked {

    /** Asked for every page of an idea, so it must be answered without the database. Says nothing of who asks. */
    boolean isAskedFor(long ideaNumber);
}
