-- When the server was last known to run: while it is away nobody's time counts.
create table server_alive (
  id integer primary key,
  at bigint not null
);
