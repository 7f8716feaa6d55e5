-- A resolution keeps the rules it was made under, so that the database holds it to them and anybody can check it later.
alter table resolutions
    add column seats                    int     not null,
    add column quorum                   int     not null,
    add column without_statement_cents  bigint  not null check (without_statement_cents >= 0),
    add column statement_given          boolean not null,
    add constraint no_more_votes_than_seats check (votes_yes + votes_no + abstentions <= seats),
    add constraint a_resolution_has_its_quorum check (votes_yes + votes_no + abstentions >= quorum and quorum > 0),
    add constraint above_the_limit_a_statement_is_given check (amount_cents <= without_statement_cents or statement_given);
comment on column resolutions.seats is 'Members with a vote when it was made.';
comment on column resolutions.quorum is 'Members with a vote who had to be present (SächsGemO § 39, see rules_of_procedure).';
comment on column resolutions.without_statement_cents is 'Euro cents up to which no statement of the administration was needed, by the rules of that day.';
comment on column resolutions.statement_given is 'Whoever recorded it said that the statement of the administration was in the papers of the session.';
