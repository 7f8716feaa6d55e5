alter table residence_keys alter column twin type bigint;
comment on column residence_keys.twin is '0; where staff decided that two people only look alike, the number of the person who came later.';

create table residence_twins (
    person_id  bigint      primary key references persons on delete cascade,
    since      timestamptz not null
);
comment on table residence_twins is 'Accounts that share name and date of birth with an account before them, as staff decided. So they stay two in the electoral roll, whoever ends or renews a proof.';

insert into residence_twins (person_id, since)
select p.person_id, min(p.shown_at) from residence_keys k join residence_proofs p on p.id = k.proof_id
where k.kind = 'birth' and k.twin > 0 group by p.person_id;
update residence_keys k set twin = p.person_id from residence_proofs p where p.id = k.proof_id and k.twin > 0;

alter table residence_proofs add column address_set_aside bytea check (octet_length(address_set_aside) = 32);
comment on column residence_proofs.address_set_aside is 'Keyed hash of name and address of a proof that a newer one of the same person replaced, for the minutes in which that can be undone.';
create index residence_proofs_by_set_aside on residence_proofs (ended_at) where address_set_aside is not null;
