package motette.people;

import java.util.List;

/** Tells where roles act; a storey that has such places implements it. */
public interface RoleScopes {

    List<RoleScope> roleScopes();
}
