-- Keys on people's devices that sign them in. Nothing in here is secret: the private half never leaves the device.
create table passkey (
  id text not null primary key,
  account text not null references account (id),
  credential text not null,
  sign_count bigint not null,
  created_at bigint not null,
  last_used_at bigint
);

create index passkey_by_account on passkey (account);
