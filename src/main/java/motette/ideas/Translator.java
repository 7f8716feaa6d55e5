package motette.ideas;

import java.util.List;

/** A service that translates texts: the slot for one that the city runs itself. What it answers is a draft for a person to go over. */
interface Translator {

    /** Whether the operator has named a service. */
    boolean isThere();

    /** Whether it may know both languages. */
    boolean speaks(String from, String to);

    /**
     * @param from  tag of the language of the texts
     * @param to    tag of the language wanted
     * @return as many texts, in their order
     * @throws Silent when the service does not answer, or not with as many texts
     */
    List<String> translate(String from, String to, List<String> texts) throws Silent;

    /** The service gave no translation; why is for the operator. */
    final class Silent extends Exception {

        Silent(String why) {
            super(why);
        }
    }
}
