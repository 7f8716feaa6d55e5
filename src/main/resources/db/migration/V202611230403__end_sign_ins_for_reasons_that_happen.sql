-- A role that ends and a block end no sign-in: deeds ask for running terms and blocks, on every copy, and who stays signed in
-- reads why not. An erased person's sign-ins go with their rows.
update sign_ins set end_reason = 'over' where end_reason in ('role-lost', 'blocked', 'erased');
alter table sign_ins drop constraint sign_ins_end_reason_check;
alter table sign_ins add constraint sign_ins_end_reason_check check (end_reason in (
    'signed-out', 'everywhere', 'device-ended', 'replaced', 'reuse', 'over', 'provider', 'factors-reset'));
