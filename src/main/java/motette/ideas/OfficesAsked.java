package motette.ideas;

/** Whether the administration says something on an idea, or was asked to; the storey of the statements above answers. */
public interface OfficesAsked {

    /** Asked for every page of an idea, so it must be answered without the database. */
    boolean areAskedOn(long ideaNumber);
}
