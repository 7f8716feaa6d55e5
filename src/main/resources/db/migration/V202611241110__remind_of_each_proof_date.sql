-- Who gets more time is reminded of the new day, too: each kind of mail once for each day on which the proof is due.
alter table grant_reminders add column proof_due date;
alter table grant_reminders disable trigger reminders_stay;
update grant_reminders r set proof_due = (select proof_due from grant_terms(r.resolution_id));
alter table grant_reminders enable trigger reminders_stay;
alter table grant_reminders alter column proof_due set not null;
alter table grant_reminders drop constraint grant_reminders_pkey;
alter table grant_reminders add primary key (resolution_id, kind, proof_due);
comment on column grant_reminders.proof_due is 'The day that the mail names.';
