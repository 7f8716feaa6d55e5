-- How much somebody supports in a time is counted in the statement that adds one.
create index supports_by_person_and_time on supports (person_id, at);
drop index supports_by_person;
