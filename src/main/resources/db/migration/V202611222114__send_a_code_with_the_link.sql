alter table sign_in_links
    add column code_hash bytea check (octet_length(code_hash) = 32),
    add column browser_hash bytea check (octet_length(browser_hash) = 32),
    add column tries smallint not null default 0 check (tries between 0 and 5),
    add check (code_hash is null or browser_hash is not null);
comment on table sign_in_links is 'Single-use links sent by mail, with a code for the browser that asked; only hashes of both are kept.';
comment on column sign_in_links.code_hash is 'Keyed hash over the code and the secret of the browser that asked; null where the mail carries a link only.';
comment on column sign_in_links.browser_hash is 'SHA-256 of the secret in a cookie of the browser that asked: nobody else can type the code.';
comment on column sign_in_links.tries is 'Wrong codes typed; with the fifth the link and its code are over.';
create index sign_in_links_by_browser on sign_in_links (browser_hash);
