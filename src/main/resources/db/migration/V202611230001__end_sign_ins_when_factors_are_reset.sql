alter table sign_ins drop constraint sign_ins_end_reason_check;
alter table sign_ins add constraint sign_ins_end_reason_check check (end_reason in (
    'signed-out', 'everywhere', 'device-ended', 'replaced', 'reuse', 'over', 'role-lost', 'blocked', 'erased', 'provider',
    'factors-reset'));
