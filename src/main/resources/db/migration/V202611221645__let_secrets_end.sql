alter table mails add column expires_at timestamptz;
comment on column mails.expires_at is 'Of a mail with a secret: it is not sent later, and its text is emptied once it is sent or this time is over.';
create index mails_to_empty on mails (expires_at) where body <> '';
update mails set expires_at = created_at + interval '15 minutes' where topic like 'sign-in-%';

create index sign_in_links_by_time on sign_in_links (created_at);
