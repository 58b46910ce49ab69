-- Who somebody is. Of passwords and tokens there are only hashes; folded_name is the same for names that a reader takes for one.
create table account (
  id text not null primary key,
  kind text not null check (kind in ('person', 'bot')),
  name text not null,
  folded_name text not null unique,
  owner text references account (id),
  administers integer not null,
  password text,
  sign_in_epoch integer not null,
  created_at bigint not null
);

create index account_by_time on account (created_at);
create index account_by_owner on account (owner);

create table account_token (
  id text not null primary key,
  account text not null references account (id),
  hash text not null unique,
  label text not null,
  scopes text not null,
  created_at bigint not null,
  last_used_at bigint,
  revoked_at bigint
);

create index account_token_by_account on account_token (account);
create index account_token_by_revocation on account_token (revoked_at);

-- What the server alone knows, such as the key that seals its cookies.
create table server_secret (
  name text not null primary key,
  secret text not null
);
